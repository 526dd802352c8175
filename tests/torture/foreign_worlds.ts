/** Databases of others into which a file is loaded that something disturbs, and what must be true of their rows and logs afterwards. */
import { DatabaseSync } from "node:sqlite";
import { type LogPlace, rowsBefore, rowsOf, statesOf } from "../helpers/rows_back.ts";
import { describeRun, type Scratch } from "../helpers/scratch.ts";
import type { Trial } from "./torture.ts";

export interface ForeignWorld {
  /** A word, for names of subjects. */
  readonly name: string;
  /** Goes on after "an import into a database of others". */
  readonly title: string;
  readonly journal: "DELETE" | "WAL";
  readonly place: LogPlace;
  /** Whether something was loaded before, by the same feed: then the file also deletes. */
  readonly hasLog: boolean;
}

export const FOREIGN_WORLDS: readonly ForeignWorld[] = [
  { name: "first", title: "that has no log yet", journal: "DELETE", place: "beside", hasLog: false },
  { name: "next", title: "with a log beside it", journal: "DELETE", place: "beside", hasLog: true },
  { name: "wal", title: "with a write-ahead log", journal: "WAL", place: "beside", hasLog: true },
  { name: "inside", title: "with a log inside", journal: "DELETE", place: "inside", hasLog: true },
];

export const FOREIGN_DATABASE = "case.db";

const SCHEMA = `CREATE TABLE part (code TEXT PRIMARY KEY, price REAL, note TEXT);
CREATE TABLE changed (code TEXT, was TEXT);
CREATE TRIGGER changes AFTER UPDATE OF note ON part WHEN old.note = 'never' BEGIN INSERT INTO changed VALUES (old.code, old.note); END;
INSERT INTO part VALUES ('P1', 1.5, NULL), ('P2', 2.5, 'x'), ('P3', 3.5, 'y');`;

/** Large enough that pages of both files are written before they are committed. */
const ROWS = 6000;
const NOTE = "n".repeat(20);

export function foreignImport({ place }: ForeignWorld, file = "in.csv"): readonly string[] {
  const feed = ["--source=parts", "--gone=delete", "--gone_limit=100%", "--once=1"];
  return ["--db=case.db", "--class=part", `--csvfile=${file}`, "--output=retcode", `--change_log=${place}`, ...feed];
}

/** All files that such an import writes. */
export function filesOf(scratch: Scratch): readonly string[] {
  const endings = ["", "-journal", "-wal", ".csvrecon", ".csvrecon-journal"];
  return endings.map((ending) => scratch.path(`${FOREIGN_DATABASE}${ending}`));
}

/** @returns the rows before the import */
export async function prepareForeign(world: ForeignWorld, scratch: Scratch): Promise<string> {
  const path = scratch.path(FOREIGN_DATABASE);
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = ${world.journal}; ${SCHEMA}`);
  database.close();
  await scratch.write("first.csv", "code,note\nP3,z\nGone1,a\nGone2,b\n");
  const rows = Array.from({ length: ROWS }, (_, index) => `P${index + 2},${index}.25,${NOTE}`);
  await scratch.write("in.csv", `code,price,note\n${rows.join("\n")}\n`);
  if (world.hasLog) await scratch.run(foreignImport(world, "first.csv"));
  return rowsOf(path);
}

/**
 * Looks at what was left, loads the file once more, and holds the log against the rows.
 * @param before the rows before the import
 * @returns whether the rows are those before
 */
export async function lookAtForeign(
  world: ForeignWorld,
  scratch: Scratch,
  { before, what }: { readonly before: string; readonly what: string },
  { lost, count }: Pick<Trial, "lost" | "count">,
): Promise<boolean> {
  const path = scratch.path(FOREIGN_DATABASE);
  const flaws = recover(path);
  if (flaws !== "ok") lost(`${what}: the database is damaged: ${flaws}`);
  const isBefore = rowsOf(path) === before;
  count(isBefore ? "before" : "after");
  const history = await scratch.run(["history", "--db=case.db", "--output=json", `--change_log=${world.place}`]);
  const told = history.stdout.split("\n").filter((line) => line.includes("in.csv")).length;
  if (told !== (isBefore ? 0 : 1)) lost(`${what}: the history tells ${told} runs of the file${describeRun(history)}`);
  const next = await scratch.run(foreignImport(world));
  if (next.exitCode !== 0) lost(`${what}: the next run failed${describeRun(next)}`);
  if (loadedOf(path) !== ROWS) {
    lost(`${what}: the next run leaves ${loadedOf(path)} of ${ROWS} rows of the file loaded`);
  }
  // Before anybody only reads it, who leaves some.
  for (const name of litter(scratch)) lost(`${what}: ${name} was left behind`);
  const states = statesOf(path, world.place);
  if (states.includes("writing")) lost(`${what}: a run is not settled: ${states.join()}`);
  if (states.includes("taken_back")) count("taken back by the next run");
  if (schemaOf(path) !== `${world.journal.toLowerCase()} 0 0`) lost(`${what}: not kept as it was: ${schemaOf(path)}`);
  try {
    const told = [...rowsBefore(path, scratch.path("copy.db"), world.place).values()];
    if (!told.includes(before)) lost(`${what}: the log does not tell the rows before`);
  } catch (error) {
    lost(`${what}: the log and the rows differ: ${error}`);
  }
  return isBefore;
}

/** What a killed program has left half is taken back by whoever opens the database for writing. */
function recover(path: string): string {
  const database = new DatabaseSync(path);
  try {
    return String(database.prepare("PRAGMA integrity_check").get()?.["integrity_check"]);
  } finally {
    database.close();
  }
}

/** How many rows are as the file says. */
function loadedOf(path: string): number {
  const database = new DatabaseSync(path);
  try {
    const as = "price = substr(code, 2) - 2 + 0.25 AND note = ?";
    return Number(database.prepare(`SELECT count(*) AS n FROM part WHERE ${as}`).get(NOTE)?.["n"]);
  } finally {
    database.close();
  }
}

function schemaOf(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return ["journal_mode", "application_id", "user_version"]
      .map((name) => String(database.prepare(`PRAGMA ${name}`).get()?.[name])).join(" ");
  } finally {
    database.close();
  }
}

function litter({ folder }: Scratch): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    /-(wal|shm|journal)$|\.tmp$/.test(name)
  );
}
