/** kill -9 exactly at a write of an import into a database of others: its log and its rows agree when the next run is over. */
import { withScratch } from "../helpers/scratch.ts";
import {
  filesOf,
  FOREIGN_WORLDS,
  foreignImport,
  type ForeignWorld,
  lookAtForeign,
  prepareForeign,
} from "./foreign_worlds.ts";
import { torture, type Trial } from "./torture.ts";
import { countCalls, killAtCall, requireKills, tracingIsMissing } from "./traced.ts";

for (const world of FOREIGN_WORLDS) {
  torture({
    name: `foreign_kill_${world.name}`,
    title: `kill -9 at a write of an import into a database of others ${world.title}`,
    unit: "moments",
    short: 4,
    long: 120,
    async run(trial) {
      const missing = await withScratch(tracingIsMissing);
      if (missing !== null) return trial.leftOut(missing);
      const calls = await withScratch(async (scratch) => {
        await prepareForeign(world, scratch);
        return await countCalls(foreignImport(world), filesOf(scratch), scratch);
      });
      trial.count("different writes", calls);
      let killed = 0;
      for (let index = 0; index < trial.amount; index++) {
        if (await killOnce(world, index, calls, trial)) killed++;
        trial.tried();
      }
      requireKills(killed, trial);
    },
  });
}

/** @returns whether it came to that */
function killOnce(world: ForeignWorld, index: number, calls: number, trial: Trial): Promise<boolean> {
  // Those of the commits, at the end, count as much as all others together.
  const part = (index + trial.random.part(index).fraction()) / trial.amount;
  const call = index % 2 === 0 ? 1 + Math.floor(calls * part) : calls - Math.floor(Math.min(calls, 24) * part);
  return withScratch(async (scratch) => {
    const before = await prepareForeign(world, scratch);
    const isKilled = await killAtCall(call, foreignImport(world), filesOf(scratch), scratch);
    await lookAtForeign(world, scratch, { before, what: `moment ${index}, at write ${call} of ${calls}` }, trial);
    return isKilled;
  });
}
