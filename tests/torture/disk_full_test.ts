/** A disk that is full sooner or later: code 73 or 74, a clear word, nothing half-written, and no success that is none. */
import { describeRun, type ProgramRun, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { lookAndRunAgain } from "./aftermath.ts";
import { runOnSmallDisk, type SmallDisk, smallDisksAreMissing, within } from "./small_disk.ts";
import { torture, type Trial } from "./torture.ts";
import { prepare, type Undertaking, undertaking } from "./undertakings.ts";

/** KiB: all that the undertakings write. */
const MOST = 1500;

const UNDERTAKINGS = [
  ["import", "a full disk at a place of an import", 5, 100],
  ["undo", "a full disk at a place of an undo", 3, 100],
  ["prune", "a full disk at a place of the removal of old entries", 3, 100],
  ["job", "a full disk at a place of a job", 3, 100],
  ["atomicJob", "a full disk at a place of an atomic job", 3, 100],
  ["feed", "a full disk at a place of a file of a feed", 3, 100],
  ["feedUndo", "a full disk at a place of an undo of a file of a feed", 3, 100],
  ["feedJob", "a full disk at a place of a job of feeds", 3, 100],
] as const;

for (const [name, title, short, long] of UNDERTAKINGS) {
  torture({
    name: `disk_${name.toLowerCase()}`,
    title,
    unit: "sizes",
    short,
    long,
    async run(trial) {
      const missing = await smallDisksAreMissing();
      if (missing !== null) return trial.leftOut(missing);
      const wanted = await undertaking(name);
      for (let index = 0; index < trial.amount; index++) {
        const part = (index + trial.random.part(index).fraction()) / trial.amount;
        // A disk without any room is the commonest of all.
        const disk = { room: index === 0 ? 0 : Math.round(part ** 1.5 * MOST), hasReport: index % 2 === 1 };
        await fillOnce(name, wanted, disk, trial);
        trial.tried();
      }
    },
  });
}

function fillOnce(
  name: typeof UNDERTAKINGS[number][0],
  wanted: Undertaking,
  disk: SmallDisk,
  trial: Trial,
): Promise<void> {
  const what = `${disk.room} KiB of room${disk.hasReport ? ", the report on the disk" : ""}`;
  return withScratch(async (scratch) => {
    const files = within(scratch, "files");
    Deno.mkdirSync(files.folder);
    await prepare(name, files);
    const run = await runOnSmallDisk(wanted.args, disk, scratch);
    trial.count(`ended with ${run.exitCode}`);
    const left = within(scratch, "left");
    const report = disk.hasReport ? Deno.readTextFileSync(left.path("report")) : run.stdout;
    if (disk.hasReport) Deno.removeSync(left.path("report"));
    const state = await lookAndRunAgain(left, wanted, what, trial);
    lookAtWords({ ...run, stdout: report }, state, wanted.states.length - 1, what, trial);
  });
}

function lookAtWords(run: ProgramRun, state: number, last: number, what: string, trial: Trial): void {
  const lost = (why: string) => trial.lost(`${what}: ${why}, state ${state} of ${last}${describeRun(run)}`);
  if (![0, 73, 74].includes(run.exitCode)) lost("neither 73 nor 74");
  if (run.exitCode === 0 && state !== last) lost("it says that it was done");
  if (run.exitCode === 73 && state === last) lost("it says that nothing could be written");
  if (/^ +at /m.test(run.stderr)) lost("a stack");
  if (run.exitCode === 0) return;
  if (!/No space left|disk is full|could not be (written|opened|made)/.test(run.stderr)) lost("why is not told");
  if (run.args[0] !== "run") lookAtReport(run, state, lost);
}

/** An import alone: counts are printed when, and only when, they are true. */
function lookAtReport(run: ProgramRun, state: number, lost: (why: string) => void): void {
  if (state === 0 && run.stdout.includes("#Created: ")) lost("it reports what it has not done");
  if (state > 0 && !/what it wrote stays|all the same/.test(run.stderr)) {
    lost("it does not say that the rows are there");
  }
}

torture({
  name: "disk_init",
  title: "a full disk at a place of init",
  unit: "sizes",
  short: 3,
  long: 60,
  async run(trial) {
    const missing = await smallDisksAreMissing();
    if (missing !== null) return trial.leftOut(missing);
    for (let index = 0; index < trial.amount; index++) {
      const room = index === 0 ? 0 : Math.round(350 * (index + trial.random.part(index).fraction()) / trial.amount);
      await withScratch(async (scratch) => {
        Deno.mkdirSync(scratch.path("files"));
        const args = ["init", "--db=new.db", "--admin_user=admin", "--admin_pwd=admin"];
        const run = await runOnSmallDisk(args, { room, hasReport: false }, scratch);
        trial.count(`ended with ${run.exitCode}`);
        const left = [...Deno.readDirSync(scratch.path("left"))].map(({ name }) => name);
        const isWhole = run.exitCode === 0 ? left.join() === "new.db" : run.exitCode === 73 && left.length === 0;
        if (!isWhole) trial.lost(`${room} KiB of room: ${left} is there${describeRun(run)}`);
      });
      trial.tried();
    }
  },
});

torture({
  name: "disk_copy",
  title: "a full disk at a place of a copy of a database",
  unit: "sizes",
  short: 4,
  long: 60,
  async run(trial) {
    const missing = await smallDisksAreMissing();
    if (missing !== null) return trial.leftOut(missing);
    for (let index = 0; index < trial.amount; index++) {
      const room = index === 0 ? 0 : Math.round(1200 * (index + trial.random.part(index).fraction()) / trial.amount);
      await withScratch(async (scratch) => {
        Deno.mkdirSync(scratch.path("files"));
        await copyWorld(within(scratch, "files"));
        const run = await runOnSmallDisk(
          ["copy", "--from=world.db", "--to=new.db"],
          { room, hasReport: false },
          scratch,
        );
        trial.count(`ended with ${run.exitCode}`);
        const names = [...Deno.readDirSync(scratch.path("left"))].map(({ name }) => name).sort();
        const left = names.filter((name) => !name.startsWith("world.db"));
        const isWhole = run.exitCode === 0 ? left.join() === "new.db" : run.exitCode === 73 && left.length === 0;
        if (!isWhole) trial.lost(`${room} KiB of room: ${left} is there${describeRun(run)}`);
      });
      trial.tried();
    }
  },
});
