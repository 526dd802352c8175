/** kill -9 exactly at a write of an import into a database of others: its log and its rows agree when the next run is over. */
import { DatabaseSync } from "node:sqlite";
import { rowsBefore, rowsOf } from "../helpers/rows_back.ts";
import { describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { torture, type Trial } from "./torture.ts";
import { countCalls, killAtCall, requireKills, tracingIsMissing } from "./traced.ts";

const SCHEMA = `CREATE TABLE part (code TEXT PRIMARY KEY, price REAL, note TEXT);
INSERT INTO part VALUES ('P1', 1.5, NULL), ('P2', 2.5, 'x'), ('P3', 3.5, 'y');`;

/** Large enough that pages of both files are written before they are committed. */
const ROWS = 6000;

const FIRST = ["--db=case.db", "--class=part", "--csvfile=first.csv", "--output=retcode"];
const IMPORT = ["--db=case.db", "--class=part", "--csvfile=in.csv", "--output=retcode"];

/** What is before the import that is killed. */
const STARTS = [
  ["foreign_kill_first", "kill -9 at a write of the first import into a database of others", false],
  ["foreign_kill_next", "kill -9 at a write of a later import into a database of others", true],
] as const;

for (const [name, title, hasLog] of STARTS) {
  torture({
    name,
    title,
    unit: "moments",
    short: 5,
    long: 120,
    async run(trial) {
      const missing = await withScratch(tracingIsMissing);
      if (missing !== null) return trial.leftOut(missing);
      const calls = await withScratch(async (scratch) => {
        await prepare(scratch, hasLog);
        return await countCalls(IMPORT, filesOf(scratch), scratch);
      });
      trial.count("different writes", calls);
      let killed = 0;
      for (let index = 0; index < trial.amount; index++) {
        // Those of the commits, at the end, count as much as all others together.
        const part = (index + trial.random.part(index).fraction()) / trial.amount;
        const call = index % 2 === 0 ? 1 + Math.floor(calls * part) : calls - Math.floor(Math.min(calls, 24) * part);
        await withScratch(async (scratch) => {
          await prepare(scratch, hasLog);
          const before = rowsOf(scratch.path("case.db"));
          if (await killAtCall(call, IMPORT, filesOf(scratch), scratch)) killed++;
          await look(scratch, before, `moment ${index}, at write ${call} of ${calls}`, trial);
        });
        trial.tried();
      }
      requireKills(killed, trial);
    },
  });
}

function filesOf(scratch: Scratch): readonly string[] {
  return ["", "-journal", ".csvrecon", ".csvrecon-journal"].map((ending) => scratch.path(`case.db${ending}`));
}

async function prepare(scratch: Scratch, hasLog: boolean): Promise<void> {
  const database = new DatabaseSync(scratch.path("case.db"));
  database.exec(SCHEMA);
  database.close();
  await scratch.write("first.csv", "code,note\nP3,z\n");
  const rows = Array.from({ length: ROWS }, (_, index) => `P${index + 2},${index}.25,${"n".repeat(20)}`);
  await scratch.write("in.csv", `code,price,note\n${rows.join("\n")}\n`);
  if (hasLog) await scratch.run(FIRST);
}

async function look(scratch: Scratch, before: string, what: string, trial: Trial): Promise<void> {
  const { lost, count } = trial;
  const path = scratch.path("case.db");
  checkpoint(path);
  const isBefore = rowsOf(path) === before;
  count(isBefore ? "before" : "after");
  const history = await scratch.run(["history", "--db=case.db", "--output=json"]);
  const told = history.stdout.split("\n").filter((line) => line.includes("in.csv")).length;
  if (told !== (isBefore ? 0 : 1)) lost(`${what}: the history tells ${told} runs of the file${describeRun(history)}`);
  const next = await scratch.run(IMPORT);
  if (next.exitCode !== 0) lost(`${what}: the next run failed${describeRun(next)}`);
  const states = statesIn(`${path}.csvrecon`);
  if (states.some((state) => state === "writing")) lost(`${what}: a run is not settled: ${states.join()}`);
  if (states.includes("taken_back")) count("taken back by the next run");
  try {
    const firstOfFile = [...rowsBefore(path, scratch.path("copy.db"))][0]?.[1];
    if (firstOfFile !== before) lost(`${what}: the log does not tell the rows before`);
  } catch (error) {
    lost(`${what}: the log and the rows differ: ${error}`);
  }
}

/** What a killed program has left half is taken back by whoever opens the database for writing. */
function checkpoint(path: string): void {
  const database = new DatabaseSync(path);
  database.prepare("SELECT count(*) FROM part").get();
  database.close();
}

function statesIn(path: string): readonly string[] {
  const log = new DatabaseSync(path);
  try {
    return log.prepare("SELECT state FROM change ORDER BY id").all().map(({ state }) => String(state));
  } finally {
    log.close();
  }
}
