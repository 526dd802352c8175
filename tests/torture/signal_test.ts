/** SIGINT and SIGTERM at any moment: taken back and said so, or done and said so, within the time that SECURITY.md promises. */
import { startProcess } from "../helpers/program_process.ts";
import { describeRun, type ProgramRun, withScratch } from "../helpers/scratch.ts";
import { lookAndRunAgain } from "./aftermath.ts";
import { torture, type Trial } from "./torture.ts";
import { prepare, undertaking } from "./undertakings.ts";

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Milliseconds. The usual one must end within a second; or within the time of the whole, where other work makes that longer. */
const USUAL = 1000;
/** Milliseconds in which every one must end, whatever else the machine does. */
const LONGEST = 10_000;

const UNDERTAKINGS = [
  ["import", "SIGINT or SIGTERM at a moment of an import", 5, 80],
  ["undo", "SIGINT or SIGTERM at a moment of an undo", 4, 80],
  ["prune", "SIGINT or SIGTERM at a moment of the removal of old entries", 4, 80],
  ["job", "SIGINT or SIGTERM at a moment of a job", 4, 80],
  ["atomicJob", "SIGINT or SIGTERM at a moment of an atomic job", 4, 80],
  ["feed", "SIGINT or SIGTERM at a moment of a file of a feed", 4, 80],
  ["feedUndo", "SIGINT or SIGTERM at a moment of an undo of a file of a feed", 4, 80],
  ["feedJob", "SIGINT or SIGTERM at a moment of a job of feeds", 4, 80],
] as const;

for (const [name, title, short, long] of UNDERTAKINGS) {
  torture({
    name: `signal_${name.toLowerCase()}`,
    title,
    unit: "signals",
    short,
    long,
    async run(trial) {
      if (Deno.build.os === "windows") return trial.leftOut("Windows has no such signals");
      const wanted = await undertaking(name);
      const life = await withScratch(async (scratch) => {
        await prepare(name, scratch);
        const begin = performance.now();
        await startProcess(wanted.args, { folder: scratch.folder }).ended();
        return performance.now() - begin;
      });
      const times: number[] = [];
      for (let index = 0; index < trial.amount; index++) {
        const chance = trial.random.part(index);
        const signal = chance.pick(["SIGINT", "SIGTERM"] as const);
        // The first third is Deno's own start, when nobody listens yet.
        const delay = life * (0.3 + 0.75 * (index + chance.fraction()) / trial.amount);
        const what = `${signal} ${index}, ${delay.toFixed(1)} ms after the start`;
        await withScratch(async (scratch) => {
          await prepare(name, scratch);
          const running = startProcess(wanted.args, { folder: scratch.folder });
          await new Promise((resolve) => setTimeout(resolve, delay));
          const isSent = send(running.child, signal);
          const begin = performance.now();
          const run = await running.ended();
          const milliseconds = performance.now() - begin;
          times.push(milliseconds);
          if (milliseconds > LONGEST) trial.lost(`${what}: it took ${milliseconds} ms${describeRun(run)}`);
          const state = await lookAndRunAgain(scratch, wanted, what, trial);
          lookAtWords(run, isSent ? CODES[signal] : 0, state, wanted.states.length - 1, what, trial);
        });
        trial.tried();
      }
      times.sort((a, b) => a - b);
      const usual = times[Math.floor(times.length / 2)] ?? 0;
      if (usual > Math.max(USUAL, life)) trial.lost(`half of the signals took more than ${usual} ms`);
      trial.count("ms usually", Math.round(usual));
      trial.count("ms at most", Math.round(times.at(-1) ?? 0));
    },
  });
}

/** @returns false: it had ended before */
function send(child: Deno.ChildProcess, signal: Deno.Signal): boolean {
  try {
    child.kill(signal);
    return true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}

function lookAtWords(run: ProgramRun, code: number, state: number, last: number, what: string, trial: Trial): void {
  const lost = (why: string) => trial.lost(`${what}: ${why}${describeRun(run)}`);
  if (run.exitCode === 0) {
    if (state !== last) lost("exit code 0 for something that was not done");
    return trial.count("came to their end");
  }
  if (run.exitCode !== code) return lost(`not ${code}`);
  // Nothing is said by a program that had not begun.
  if (run.stderr === "") {
    if (state !== 0) lost("it wrote, and did not say a word");
    return trial.count("before the program had begun");
  }
  trial.count("told");
  const saysNothing = /Interrupted by SIG\w+\. Nothing was written/.test(run.stderr);
  const saysStays = run.stderr.includes("stays");
  if (!saysNothing && !saysStays) lost("it is not told what became of the data");
  if (run.args[0] !== "run" && saysNothing !== (state === 0)) lost("what is told is not true");
}
