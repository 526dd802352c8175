/** Imports and jobs to be disturbed: what they need, and what they may leave behind at any moment. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { EXIT } from "../../lib/errors.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { copyWorld, wholeFile } from "../helpers/world.ts";

export const DATABASE = "world.db";

/** Something that writes to a database in one or several transactions. */
export interface Undertaking {
  readonly args: readonly string[];
  /** All that the database may hold, from before the first transaction to behind the last. */
  readonly states: readonly Content[];
  /** The exit code when it is done once more. */
  readonly codeAgain: number;
}

/** What a database holds, but for dates. */
export type Content = readonly string[];

const LOGIN = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
const ACCESS = "db = world.db\nauth_user = admin\nauth_pwd = admin\nno_localize = 1\n";
const IMPORTS = "import = departments.params\nimport = persons.params\n";

/** Enough for a temporary file of the report, for an index, and for pages that SQLite writes before the commit. */
const PERSONS = 1000;

function files(): Readonly<Record<string, string>> {
  const persons = Array.from(
    { length: PERSONS },
    (_, row) =>
      `Last${row},First${row % 97},user${row}@example.com,${row % 2 === 0 ? "D1" : "MYCO"},${"x".repeat(60)}\n`,
  );
  return {
    "persons.csv": "name,first_name,email,org_id->code,function\n" + persons.join(""),
    "departments.csv": "name,code\nDepartment 1,D1\nMy company,MYCO\n",
    "persons.params": "class = Person\ncsvfile = persons.csv\nreconciliationkeys = email\noutput = details\n",
    "departments.params": "class = Organization\ncsvfile = departments.csv\nreconciliationkeys = code\n",
    "nightly.job": `${ACCESS}${IMPORTS}`,
    "atomic.job": `${ACCESS}atomic = 1\n${IMPORTS}`,
    "begun.job": `${ACCESS}name = nightly\nimport = departments.params\n`,
  };
}

const IMPORT_DEPARTMENTS = [...LOGIN, "--class=Organization", "--csvfile=departments.csv", "--reconciliationkeys=code"];
const IMPORT_PERSONS = [
  ...LOGIN,
  "--class=Person",
  "--csvfile=persons.csv",
  "--reconciliationkeys=email",
  "--output=details",
];

/** Those of the world, and the first import. */
const CHANGES_BEFORE = 7;
const UNDO_PERSONS = [
  "undo",
  ...LOGIN.slice(0, 3),
  `--change=${CHANGES_BEFORE + 1}`,
  "--output=details",
];

const PRUNE = ["history", ...LOGIN.slice(0, 3), "--prune=1", "--before=2021-01-01"];
/** When everything was done that comes before an undertaking: entries that are removed are old. */
const BEFORE = new Date("2020-01-01T12:00:00Z");

export type UndertakingName = "import" | "undo" | "prune" | "job" | "atomicJob";

/** By name: the steps whose contents it goes through. The first of them make what it begins with, the last is the undertaking itself. */
const STEPS: Readonly<Record<UndertakingName, readonly (readonly string[])[]>> = {
  import: [IMPORT_DEPARTMENTS, IMPORT_PERSONS],
  undo: [IMPORT_DEPARTMENTS, IMPORT_PERSONS, UNDO_PERSONS],
  prune: [IMPORT_DEPARTMENTS, IMPORT_PERSONS, PRUNE],
  job: [["model", "show", "--db=world.db"], ["run", "begun.job"], ["run", "nightly.job"]],
  atomicJob: [["model", "show", "--db=world.db"], ["run", "atomic.job"]],
};

/** How many steps make what it begins with. */
function beginning(name: UndertakingName): number {
  return name === "undo" || name === "prune" ? 2 : 1;
}

/** Does everything once, undisturbed, and tells what it went through. */
export function undertaking(name: UndertakingName): Promise<Undertaking> {
  return withScratch(async (scratch) => {
    const steps = STEPS[name];
    await writeWorld(scratch);
    const states: Content[] = [];
    for (const [index, step] of steps.entries()) {
      assertExit(await scratch.run(step, index < beginning(name) ? { now: BEFORE } : {}), 0);
      states.push(contentOf(scratch.path(DATABASE)));
    }
    states.splice(0, beginning(name) - 1);
    assertEquals(new Set(states.map(String)).size, states.length, "each step is to change something");
    return { args: steps.at(-1) ?? [], states, codeAgain: name === "undo" ? EXIT.usage : EXIT.done };
  });
}

const prepared = new Map<string, Promise<Uint8Array>>();

/** Fills a scratch folder with what the undertaking begins with; its database is made at the first call only. */
export async function prepare(name: UndertakingName, scratch: Scratch): Promise<void> {
  const database = prepared.get(name) ?? withScratch((other) => prepareDatabase(name, other));
  prepared.set(name, database);
  scratch.write(DATABASE, await database);
  writeFiles(scratch);
}

async function prepareDatabase(name: UndertakingName, scratch: Scratch): Promise<Uint8Array> {
  await writeWorld(scratch);
  for (const step of STEPS[name].slice(0, beginning(name))) {
    assertExit(await scratch.run(step, { now: BEFORE }), 0);
  }
  return wholeFile(scratch.path(DATABASE));
}

async function writeWorld(scratch: Scratch): Promise<void> {
  await copyWorld(scratch, DATABASE);
  writeFiles(scratch);
}

function writeFiles(scratch: Scratch): void {
  for (const [file, text] of Object.entries(files())) scratch.write(file, text);
}

/** What a database holds, read from a copy: to read a database may mend what a crash has left, and that is for the program to do. */
export function contentOf(database: string): Content {
  return withCopy(database, (copy) => everythingStored(copy).map(withoutDate));
}

function withoutDate(row: string): string {
  return row.startsWith("change: ") ? row.replace(/"date":"[^"]*"/, '"date":""') : row;
}

/** What SQLite finds wrong with a database, looking at a copy. */
export function flawsOfCopy(database: string): string[] {
  return withCopy(database, (copy) => {
    const opened = new DatabaseSync(copy);
    try {
      const integrity = opened.prepare("PRAGMA integrity_check").all().map((row) => String(row["integrity_check"]));
      const keys = opened.prepare("PRAGMA foreign_key_check").all().map((row) => JSON.stringify(row));
      return [...integrity.filter((answer) => answer !== "ok"), ...keys];
    } finally {
      opened.close();
    }
  });
}

function withCopy<T>(database: string, use: (copy: string) => T): T {
  const folder = Deno.makeTempDirSync({ prefix: "csvrecon-copy-" });
  try {
    for (const suffix of ["", "-wal"]) copyIfThere(database + suffix, `${folder}/copy.db${suffix}`);
    return use(`${folder}/copy.db`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function copyIfThere(from: string, to: string): void {
  try {
    Deno.copyFileSync(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
