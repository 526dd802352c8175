/** kill -9 of init: there is a database or there is none, never half of one that must be deleted by hand. */
import { startProcess } from "../helpers/program_process.ts";
import { describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { KILLED, requireDisturbances } from "./aftermath.ts";
import { torture, type Trial } from "./torture.ts";
import { countCalls, killAtCall, requireKills, tracingIsMissing } from "./traced.ts";
import { flawsOfCopy } from "./content.ts";
import { DATABASE } from "./undertakings.ts";

const INIT = ["init", `--db=${DATABASE}`, "--admin_user=admin", "--admin_pwd=admin"];
const LOAD = [`--db=${DATABASE}`, "--auth_user=admin", "--auth_pwd=admin", "--class=Organization", "--csvfile=one.csv"];

torture({
  name: "kill_init",
  title: "kill -9 at a moment of init",
  unit: "moments",
  short: 4,
  long: 60,
  async run(trial) {
    if (Deno.build.os === "windows") return trial.leftOut("Windows has no such signals");
    const life = await withScratch(async ({ folder }) => {
      const begin = performance.now();
      await startProcess(INIT, { folder }).ended();
      return performance.now() - begin;
    });
    const disturbances = { killed: 0, before: 0 };
    for (let index = 0; index < trial.amount; index++) {
      const delay = 1.05 * life * (index + trial.random.part(index).fraction()) / trial.amount;
      await withScratch(async (scratch) => {
        const running = startProcess(INIT, { folder: scratch.folder });
        await new Promise((resolve) => setTimeout(resolve, delay));
        try {
          running.child.kill("SIGKILL");
        } catch (error) {
          // It has ended already.
          if (!(error instanceof TypeError)) throw error;
        }
        if ((await running.ended()).exitCode === KILLED) disturbances.killed++;
        const what = `moment ${index}, ${delay.toFixed(1)} ms after the start`;
        if (!await lookAndInitAgain(scratch, what, trial)) disturbances.before++;
      });
      trial.tried();
    }
    requireDisturbances(disturbances, trial);
  },
});

torture({
  name: "write_init",
  title: "kill -9 at a write of init",
  unit: "moments",
  short: 3,
  long: 60,
  async run(trial) {
    const missing = await withScratch(tracingIsMissing);
    if (missing !== null) return trial.leftOut(missing);
    const calls = await withScratch((scratch) => countCalls(INIT, [], scratch));
    trial.count("different writes", calls);
    let killed = 0;
    for (let index = 0; index < trial.amount; index++) {
      const call = 1 + Math.floor(calls * (index + trial.random.part(index).fraction()) / trial.amount);
      await withScratch(async (scratch) => {
        if (await killAtCall(call, INIT, [], scratch)) killed++;
        await lookAndInitAgain(scratch, `moment ${index}, at write ${call} of ${calls}`, trial);
      });
      trial.tried();
    }
    requireKills(killed, trial);
  },
});

/**
 * The database that is there is whole; where there is none, init makes it; and nothing else stays.
 * @returns whether there was one
 */
async function lookAndInitAgain(scratch: Scratch, what: string, { count, lost }: Trial): Promise<boolean> {
  const isThere = filesOf(scratch).includes(DATABASE);
  count(isThere ? "after" : "before");
  if (filesOf(scratch).some((name) => name.endsWith(".unfinished"))) count("files left for the next init");
  makeOld(scratch);
  const again = await scratch.run(INIT);
  if (again.exitCode !== (isThere ? 73 : 0)) lost(`${what}: the next init${describeRun(again)}`);
  scratch.write("one.csv", "Name,Code\nDemo,DEMO\n");
  const load = await scratch.run(LOAD);
  if (load.exitCode !== 0) lost(`${what}: the database cannot be used${describeRun(load)}`);
  for (const flaw of flawsOfCopy(scratch.path(DATABASE))) lost(`${what}: ${flaw}`);
  const litter = filesOf(scratch).filter((name) => name !== DATABASE && name !== "one.csv");
  if (litter.length > 0) lost(`${what}: ${litter} was left behind`);
  return isThere;
}

function filesOf({ folder }: Scratch): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

/** A file that has just been made may belong to a program that has not locked it yet, and is left alone. */
function makeOld(scratch: Scratch): void {
  for (const name of filesOf(scratch)) Deno.utimeSync(scratch.path(name), 1_000_000, 1_000_000);
}
