/** kill -9 exactly at a write to the disk: each of them is a moment that counts. */
import { withScratch } from "../helpers/scratch.ts";
import { lookAndRunAgain } from "./aftermath.ts";
import { torture } from "./torture.ts";
import { countCalls, killAtCall, requireKills, tracingIsMissing } from "./traced.ts";
import { DATABASE, prepare, undertaking } from "./undertakings.ts";

const UNDERTAKINGS = [
  ["import", "kill -9 at a write of an import", 3, 80],
  ["undo", "kill -9 at a write of an undo", 2, 80],
  ["prune", "kill -9 at a write of the removal of old entries", 2, 80],
  ["job", "kill -9 at a write of a job", 2, 80],
  ["atomicJob", "kill -9 at a write of an atomic job", 2, 80],
  ["feed", "kill -9 at a write of a file of a feed", 2, 80],
  ["feedUndo", "kill -9 at a write of an undo of a file of a feed", 2, 80],
  ["feedJob", "kill -9 at a write of a job of feeds", 2, 80],
] as const;

const WRITTEN = [
  "",
  "-wal",
  "-shm",
  ".nightly.lock",
  ".nightly.running",
  ".atomic.lock",
  ".atomic.running",
  ".feeds.lock",
  ".feeds.running",
];

for (const [name, title, short, long] of UNDERTAKINGS) {
  torture({
    name: `write_${name.toLowerCase()}`,
    title,
    unit: "moments",
    short,
    long,
    async run(trial) {
      const missing = await withScratch(tracingIsMissing);
      if (missing !== null) return trial.leftOut(missing);
      const wanted = await undertaking(name);
      const calls = await withScratch(async (scratch) => {
        await prepare(name, scratch);
        return await countCalls(wanted.args, WRITTEN.map((suffix) => scratch.path(DATABASE + suffix)), scratch);
      });
      trial.count("different writes", calls);
      let killed = 0;
      for (let index = 0; index < trial.amount; index++) {
        const call = 1 + Math.floor(calls * (index + trial.random.part(index).fraction()) / trial.amount);
        await withScratch(async (scratch) => {
          await prepare(name, scratch);
          const files = WRITTEN.map((suffix) => scratch.path(DATABASE + suffix));
          if (await killAtCall(call, wanted.args, files, scratch)) killed++;
          await lookAndRunAgain(scratch, wanted, `moment ${index}, at write ${call} of ${calls}`, trial);
        });
        trial.tried();
      }
      requireKills(killed, trial);
    },
  });
}
