/** A program that is ended while it writes to a server: what it has begun is taken back, or done, and what was said is true. */
import { startProcess } from "../helpers/program_process.ts";
import { withScratch } from "../helpers/scratch.ts";
import { KILLED } from "./aftermath.ts";
import { judge, overNetwork, planOf, sessionsLeft, tortureAtServer, wait } from "./server_disturbed.ts";
import { prepare } from "./undertakings.ts";

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGKILL: KILLED } as const;

tortureAtServer({
  name: "server_signal",
  title: "SIGINT, SIGTERM or kill -9 at a moment of an import into a server",
  unit: "moments",
  short: 3,
  long: 100,
}, (trial, release) =>
  overNetwork(trial, release, async ({ server }) => {
    const plan = await planOf(0);
    const { name, wanted } = plan;
    const life = await withScratch(async (scratch) => {
      await prepare(name, scratch);
      const begin = performance.now();
      await startProcess(wanted.args, { folder: scratch.folder }).ended();
      return performance.now() - begin;
    });
    for (let index = 0; index < trial.amount; index++) {
      const random = trial.random.part(index);
      const signal = (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])[index % 3] ?? "SIGKILL";
      await withScratch(async (scratch) => {
        await prepare(name, scratch);
        const running = startProcess(wanted.args, { folder: scratch.folder });
        await wait(life * (0.3 + 0.75 * random.fraction()));
        send(running.child, signal);
        const run = await running.ended();
        const what = `${signal} ${index}`;
        for (const left of await sessionsLeft(server)) {
          trial.lost(`${what}: the server still has ${JSON.stringify(left)}`);
        }
        await judge(trial, plan, scratch, run, what, [SIGNALS[signal]]);
      });
      trial.tried();
    }
  }));

function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
}
