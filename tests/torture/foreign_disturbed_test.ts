/** Signals at any moment of an import into a database of others, and disks that are full: its log and its rows agree all the same. */
import { startProcess } from "../helpers/program_process.ts";
import { describeRun, type ProgramRun, withScratch } from "../helpers/scratch.ts";
import { KILLED } from "./aftermath.ts";
import { FOREIGN_WORLDS, foreignImport, type ForeignWorld, lookAtForeign, prepareForeign } from "./foreign_worlds.ts";
import { runOnSmallDisk, smallDisksAreMissing, within } from "./small_disk.ts";
import { torture, type Trial } from "./torture.ts";

const CODES = { SIGKILL: KILLED, SIGTERM: 143, SIGINT: 130 } as const;

/** KiB: more than all that such an import writes. */
const MOST = 3500;

for (const world of FOREIGN_WORLDS) {
  torture({
    name: `foreign_signal_${world.name}`,
    title: `SIGINT, SIGTERM or kill -9 at a moment of an import into a database of others ${world.title}`,
    unit: "signals",
    short: 3,
    long: 120,
    async run(trial) {
      if (Deno.build.os === "windows") return trial.leftOut("Windows has no such signals");
      const life = await withScratch(async (scratch) => {
        await prepareForeign(world, scratch);
        const begin = performance.now();
        await startProcess(foreignImport(world), { folder: scratch.folder }).ended();
        return performance.now() - begin;
      });
      for (let index = 0; index < trial.amount; index++) {
        await signalOnce(world, index, life, trial);
        trial.tried();
      }
    },
  });
  torture({
    name: `foreign_disk_${world.name}`,
    title: `a full disk at a place of an import into a database of others ${world.title}`,
    unit: "sizes",
    short: 2,
    long: 60,
    async run(trial) {
      const missing = await smallDisksAreMissing();
      if (missing !== null) return trial.leftOut(missing);
      for (let index = 0; index < trial.amount; index++) {
        const part = (index + trial.random.part(index).fraction()) / trial.amount;
        await fillOnce(world, index === 0 ? 0 : Math.round(part * MOST), trial);
        trial.tried();
      }
    },
  });
}

function signalOnce(world: ForeignWorld, index: number, life: number, trial: Trial): Promise<void> {
  const chance = trial.random.part(index);
  const signal = chance.pick(["SIGKILL", "SIGTERM", "SIGINT"] as const);
  // The first third is Deno's own start, when nobody listens yet.
  const delay = life * (0.3 + 0.75 * (index + chance.fraction()) / trial.amount);
  const what = `${signal} ${index}, ${delay.toFixed(1)} ms after the start`;
  return withScratch(async (scratch) => {
    const before = await prepareForeign(world, scratch);
    const running = startProcess(foreignImport(world), { folder: scratch.folder });
    await new Promise((resolve) => setTimeout(resolve, delay));
    send(running.child, signal);
    const run = await running.ended();
    if (![0, CODES[signal]].includes(run.exitCode)) trial.lost(`${what}: ${describeRun(run)}`);
    const isBefore = await lookAtForeign(world, scratch, { before, what }, trial);
    lookAtWords(run, isBefore, what, trial);
  });
}

function fillOnce(world: ForeignWorld, room: number, trial: Trial): Promise<void> {
  const what = `${room} KiB of room`;
  return withScratch(async (scratch) => {
    const files = within(scratch, "files");
    Deno.mkdirSync(files.folder);
    const before = await prepareForeign(world, files);
    const run = await runOnSmallDisk(foreignImport(world), { room, hasReport: false }, scratch);
    trial.count(`ended with ${run.exitCode}`);
    if (![0, 73, 74].includes(run.exitCode)) trial.lost(`${what}: ${describeRun(run)}`);
    const isBefore = await lookAtForeign(world, within(scratch, "left"), { before, what }, trial);
    lookAtWords(run, isBefore, what, trial);
  });
}

/** What is told must be true. A process that was killed tells nothing. */
function lookAtWords(run: ProgramRun, isBefore: boolean, what: string, trial: Trial): void {
  const lost = (why: string) => trial.lost(`${what}: ${why}${describeRun(run)}`);
  if (/^ +at /m.test(run.stderr)) lost("a stack");
  if (run.exitCode === KILLED) return;
  if (run.exitCode === 0 && isBefore) lost("exit code 0 for something that was not done");
  if (run.exitCode !== 0 && !isBefore && !run.stderr.includes("stays")) lost("it does not say that the rows are there");
  if (isBefore && run.stderr.includes("stays")) lost("it says that rows are there");
}

/** A program that has ended gets none. */
function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
