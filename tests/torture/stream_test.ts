/** Streams that end early, are closed or are full: no stack, a true exit code, and the import's result as if nothing had been. */
import { runProcess, startProcess } from "../helpers/program_process.ts";
import { describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import type { Random } from "./random.ts";
import { lookAndRunAgain, lookAtClaims } from "./aftermath.ts";
import { torture } from "./torture.ts";
import { prepare, undertaking } from "./undertakings.ts";

const FULL = Deno.build.os === "linux"
  ? [">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full", ">/dev/full 2>&-"]
  : [];
const REDIRECTIONS = [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", ...FULL];

for (const [name, short] of [["import", 6], ["job", 4], ["atomicJob", 4]] as const) {
  torture({
    name: `streams_${name.toLowerCase()}`,
    title: `broken, closed and full streams of ${
      { import: "an import", job: "a job", atomicJob: "an atomic job" }[name]
    }`,
    unit: "streams",
    short,
    long: 50,
    async run(trial) {
      if (Deno.build.os === "windows") return trial.leftOut("there is no sh");
      const wanted = await undertaking(name);
      for (let index = 0; index < trial.amount; index++) {
        const chance = trial.random.part(index);
        await withScratch(async (scratch) => {
          await prepare(name, scratch);
          const how = index % 2 === 0 ? "" : chance.pick(REDIRECTIONS);
          const run = how === ""
            ? await readSome(wanted.args, chance, scratch)
            : await runProcess(wanted.args, { folder: scratch.folder, redirection: how });
          const what = how === "" ? `${run.stdout} bytes read` : how;
          trial.count(`ended with ${run.exitCode}`);
          const expected = how === "" ? [0, 74] : how.includes(">/dev/full") && !how.startsWith("2") ? [74] : [0];
          if (!expected.includes(run.exitCode)) trial.lost(`${what}: not ${expected}${describeRun(run)}`);
          const state = await lookAndRunAgain(scratch, wanted, what, trial);
          lookAtClaims(run, state === wanted.states.length - 1, what, trial);
          if (state !== wanted.states.length - 1) trial.lost(`${what}: the rows are not there${describeRun(run)}`);
        });
        trial.tried();
      }
    },
  });
}

/** Reads the beginning of a report, as `head` does, and closes the pipe. @returns how many bytes it read, as the output */
async function readSome(args: readonly string[], chance: Random, { folder }: Scratch): Promise<ProgramRun> {
  const wanted = chance.pick([0, 1, chance.int(2, 1000), chance.int(1000, 200_000)]);
  const { child } = startProcess(args, { folder });
  const reader = child.stdout.getReader();
  let read = 0;
  while (read < wanted) {
    const { value } = await reader.read();
    if (value === undefined) break;
    read += value.length;
  }
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  const { code } = await child.status;
  return { args, folder, exitCode: code, stdout: String(read), stderr };
}
