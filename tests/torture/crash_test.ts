/** A bug of ours at any stage: code 70, where to report it, nothing half-written, and no untrue word about what was. */
import { CollectedText } from "../../lib/collected_text.ts";
import type { ProgramIo } from "../../lib/io.ts";
import { runProgram } from "../../lib/program.ts";
import { describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { lookAndRunAgain, stateOf } from "./aftermath.ts";
import { torture, type Trial } from "./torture.ts";
import { prepare, type Undertaking, undertaking } from "./undertakings.ts";

/** The doors through which the world comes into the program: whatever happens behind one of them happens at some call of it. */
const DOORS = ["statement", "clock", "output", "environment"] as const;
type Door = typeof DOORS[number];

const BUG = "the roof came down";

const UNDERTAKINGS = [
  ["import", "an exception at a stage of an import", 16, 300],
  ["job", "an exception at a stage of a job", 10, 200],
  ["atomicJob", "an exception at a stage of an atomic job", 10, 200],
] as const;

for (const [name, title, short, long] of UNDERTAKINGS) {
  torture({
    name: `crash_${name.toLowerCase()}`,
    title,
    unit: "exceptions",
    short,
    long,
    async run(trial) {
      const wanted = await undertaking(name);
      const calls = await countCalls(name, wanted);
      for (let index = 0; index < trial.amount; index++) {
        // The clock, the output and the environment are asked some times, the database often.
        const door = DOORS[index % 8 < 5 ? 0 : index % 8 - 4] ?? "statement";
        const call = trial.random.part(index).int(1, calls[door]);
        await crashOnce(name, wanted, door, call, trial);
        trial.tried();
      }
    },
  });
}

function countCalls(name: typeof UNDERTAKINGS[number][0], { args }: Undertaking): Promise<Record<Door, number>> {
  return withScratch(async (scratch) => {
    await prepare(name, scratch);
    const calls = { statement: 0, clock: 0, output: 0, environment: 0 };
    await runWith(scratch, args, (door) => void calls[door]++);
    return calls;
  });
}

function crashOnce(
  name: typeof UNDERTAKINGS[number][0],
  wanted: Undertaking,
  door: Door,
  call: number,
  trial: Trial,
): Promise<void> {
  const what = `call ${call} of the ${door}`;
  return withScratch(async (scratch) => {
    await prepare(name, scratch);
    let calls = 0;
    let statement = "";
    const run = await runWith(scratch, wanted.args, (at, text) => {
      if (at !== door || ++calls !== call) return;
      statement = text.slice(0, 60);
      throw new Error(BUG);
    });
    const where = `${what} (${statement})`;
    // A report that cannot be printed is no bug.
    const expected = door === "output" ? 74 : 70;
    if (run.exitCode !== expected && !isRollback(statement)) lostRun(trial, `${where}: not ${expected}`, run);
    if (run.exitCode === 70) lookAtWords(run, stateOf(scratch, wanted) > 0, where, trial);
    await lookAndRunAgain(scratch, wanted, where, trial);
  });
}

/** To take something back is done with the first error in mind; a second one is not told. There is none in an undisturbed run. */
function isRollback(statement: string): boolean {
  return statement.startsWith("ROLLBACK");
}

function lookAtWords(run: ProgramRun, hasWritten: boolean, what: string, trial: Trial): void {
  const told = run.stderr;
  if (!told.includes(`Internal error: ${BUG}`)) lostRun(trial, `${what}: the error is not told`, run);
  if (!/Please report it \(https:\/\//.test(told)) lostRun(trial, `${what}: nobody learns where to report it`, run);
  if (!/\n {4}at /.test(told)) lostRun(trial, `${what}: the stack is missing`, run);
  if (hasWritten && run.args[0] !== "run" && told.includes("Nothing was written")) {
    lostRun(trial, `${what}: it says that nothing was written`, run);
  }
}

function lostRun({ lost }: Trial, what: string, run: ProgramRun): void {
  lost(`${what}${describeRun(run)}`);
}

/** Runs the program in this process, and tells of every call of a door. */
async function runWith(
  { folder }: Scratch,
  args: readonly string[],
  passes: (door: Door, text: string) => void,
): Promise<ProgramRun> {
  const stdout = new CollectedText();
  const stderr = new CollectedText();
  const io: ProgramIo = {
    workingFolder: folder,
    stdin: new Blob([]).stream(),
    stdout: {
      isTerminal: false,
      // deno-lint-ignore require-await -- what it throws is to be a rejection
      write: async (text) => (passes("output", ""), stdout.write(text)),
      // deno-lint-ignore require-await -- the same
      writeBytes: async (bytes) => (passes("output", ""), stdout.writeBytes(bytes)),
    },
    stderr,
    env: () => void passes("environment", ""),
    now: () => (passes("clock", ""), new Date()),
    onStatement: (sql) => passes("statement", sql),
    giveUpNetwork: () => {},
    passwordCost: { n: 16, r: 1, p: 1 },
  };
  return { args, folder, exitCode: await runProgram(args, io), stdout: stdout.text, stderr: stderr.text };
}
