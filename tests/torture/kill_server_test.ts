import { killServer } from "../program/killed_server.ts";
import { requireDisturbances } from "./aftermath.ts";
import { torture } from "./torture.ts";

/** The three imports take less. */
const MOST_MILLISECONDS = 3000;

torture({
  name: "kill_server",
  title: "kill -9 of a server at a moment of an import leaves whole imports, and no files",
  unit: "moments",
  short: 3,
  long: 300,
  async run({ random, amount, tried, count, lost, leftOut }) {
    const disturbances = { killed: 0, before: 0 };
    if (Deno.build.os === "windows") return leftOut("there a process is ended in one way only");
    for (let trial = 0; trial < amount; trial++) {
      const milliseconds = trial === 0 ? 0 : random.part(trial).int(0, MOST_MILLISECONDS);
      const { moment, wasKilled, flaws } = await killServer(milliseconds);
      tried();
      if (wasKilled) disturbances.killed++;
      if (moment === "before") disturbances.before++;
      count(moment === "before" ? "before the first commit" : "after it");
      for (const flaw of flaws) lost(`trial ${trial}, after ${milliseconds} ms: ${flaw}`);
    }
    requireDisturbances(disturbances, { count, lost });
  },
});
