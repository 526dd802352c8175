/** Imports and jobs to be disturbed: what they need, and what they may leave behind at any moment. */
import { assertEquals } from "@std/assert";
import { EXIT } from "../../lib/errors.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";
import { onlyDatabase, serverInUse } from "../helpers/server_in_use.ts";
import { copyWorld, wholeFile } from "../helpers/world.ts";
import { type Content, contentOf } from "./content.ts";

/** The name of a file. */
export const DATABASE = "world.db";

/** Something that writes to a database in one or several transactions. */
export interface Undertaking {
  readonly args: readonly string[];
  /** All that the database may hold, from before the first transaction to behind the last. */
  readonly states: readonly Content[];
  /** The exit code when it is done once more. */
  readonly codeAgain: number;
}

const LOGIN = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
const ACCESS = "db = world.db\nauth_user = admin\nauth_pwd = admin\nno_localize = 1\n";
const IMPORTS = "import = departments.params\nimport = persons.params\n";

/** Enough for a temporary file of the report, for an index, and for pages that SQLite writes before the commit. */
const PERSONS = 1000;
/** A third of those of a feed's first file are gone from the second, a third is others, as many are new. */
const STAFF = 600;

function files(): Readonly<Record<string, string>> {
  const persons = Array.from(
    { length: PERSONS },
    (_, row) =>
      `Last${row},First${row % 97},user${row}@example.com,${row % 2 === 0 ? "D1" : "MYCO"},${"x".repeat(60)}\n`,
  );
  return {
    "persons.csv": "name,first_name,email,org_id->code,function\n" + persons.join(""),
    "departments.csv": "name,code\nDepartment 1,D1\nMy company,MYCO\n",
    "teams.csv": teamsFile(["Night", "Day"]),
    "teams2.csv": teamsFile(["Day", "Week"]),
    "staff.csv": staffFile(0, "clerk"),
    "staff2.csv": staffFile(STAFF / 3, "officer"),
    "persons.params": "class = Person\ncsvfile = persons.csv\nreconciliationkeys = email\noutput = details\n",
    "departments.params": "class = Organization\ncsvfile = departments.csv\nreconciliationkeys = code\n",
    "teams.params": `class = Team\ncsvfile = teams.csv\nreconciliationkeys = name\n${FEED}`,
    "teams2.params": `class = Team\ncsvfile = teams2.csv\nreconciliationkeys = name\n${FEED}gone = update\n` +
      'gone_set = "status=inactive"\n',
    "staff.params": `class = Person\ncsvfile = staff.csv\nreconciliationkeys = email\n${FEED}`,
    "staff2.params": `class = Person\ncsvfile = staff2.csv\nreconciliationkeys = email\n${FEED}gone = delete\n`,
    "nightly.job": `${ACCESS}${IMPORTS}`,
    "atomic.job": `${ACCESS}atomic = 1\n${IMPORTS}`,
    "begun.job": `${ACCESS}name = nightly\nimport = departments.params\n`,
    "feeds.job": `${ACCESS}import = teams2.params\nimport = staff2.params\n`,
    "feeds_begun.job": `${ACCESS}name = feeds\nimport = teams2.params\n`,
  };
}

const FEED = "source = hr\ngone_limit = 100%\nonce = 1\n";

function teamsFile(names: readonly string[]): string {
  return "name,org_id->code\n" + names.map((name) => `${name},D1\n`).join("");
}

/** Every tenth is in a team, and everybody but the first has a manager: links go with who is gone, and keys are emptied. */
function staffFile(first: number, work: string): string {
  const rows = Array.from({ length: STAFF }, (_, index) => {
    const [row, email] = [first + index, (number: number) => `staff${number}@example.com`];
    const isNew = row >= STAFF || row % 2 === 0;
    const manager = index === 0 ? "" : email(first + Math.floor(index / 2));
    return `Last${row},First,${email(row)},D1,${isNew ? work : "same"},${manager},${
      row % 10 === 0 ? "team_id->name:Day" : ""
    }\n`;
  });
  return "name,first_name,email,org_id->code,function,manager_id->email,team_list\n" + rows.join("");
}

const IMPORT_DEPARTMENTS = [...LOGIN, "--class=Organization", "--csvfile=departments.csv", "--reconciliationkeys=code"];
const IMPORT_PERSONS = [
  ...LOGIN,
  "--class=Person",
  "--csvfile=persons.csv",
  "--reconciliationkeys=email",
  "--output=details",
];
/** Two files of feeds. */
const FIRST_NIGHT = [
  [...LOGIN, "--param_file=teams.params"],
  [...LOGIN, "--param_file=staff.params"],
];
const SECOND_NIGHT = [...LOGIN, "--param_file=staff2.params", "--output=details"];

/** Those of the world, and the first import. */
const CHANGES_BEFORE = 7;
const undo = (change: number) => ["undo", ...LOGIN.slice(0, 3), `--change=${change}`, "--output=details"];
const PRUNE = ["history", ...LOGIN.slice(0, 3), "--prune=1", "--before=2021-01-01"];
/** When everything was done that comes before an undertaking: entries that are removed are old. */
const BEFORE = new Date("2020-01-01T12:00:00Z");
const NOTHING = ["model", "show", "--db=world.db"];

export type UndertakingName =
  | "import"
  | "undo"
  | "prune"
  | "job"
  | "atomicJob"
  | "feed"
  | "feedUndo"
  | "feedJob";

interface Steps {
  /** What makes the database that it begins with. */
  readonly before: readonly (readonly string[])[];
  /** What leads to the contents that it goes through; the last is the undertaking itself. */
  readonly through: readonly (readonly string[])[];
}

const STEPS: Readonly<Record<UndertakingName, Steps>> = {
  import: { before: [IMPORT_DEPARTMENTS], through: [IMPORT_PERSONS] },
  undo: { before: [IMPORT_DEPARTMENTS, IMPORT_PERSONS], through: [undo(CHANGES_BEFORE + 1)] },
  prune: { before: [IMPORT_DEPARTMENTS, IMPORT_PERSONS], through: [PRUNE] },
  job: { before: [NOTHING], through: [["run", "begun.job"], ["run", "nightly.job"]] },
  atomicJob: { before: [NOTHING], through: [["run", "atomic.job"]] },
  feed: { before: [IMPORT_DEPARTMENTS, ...FIRST_NIGHT], through: [SECOND_NIGHT] },
  feedUndo: { before: [IMPORT_DEPARTMENTS, ...FIRST_NIGHT, SECOND_NIGHT], through: [undo(CHANGES_BEFORE + 3)] },
  feedJob: {
    before: [IMPORT_DEPARTMENTS, ...FIRST_NIGHT],
    through: [["run", "feeds_begun.job"], ["run", "feeds.job"]],
  },
};

/** Does everything once, undisturbed, and tells what it went through. */
export function undertaking(name: UndertakingName): Promise<Undertaking> {
  return withScratch(async (scratch) => {
    const { through } = STEPS[name];
    await prepare(name, scratch);
    const states: Content[] = [contentOf(databaseIn(scratch))];
    for (const step of through) {
      assertExit(await scratch.run(inUse(step)), 0);
      states.push(contentOf(databaseIn(scratch)));
    }
    assertEquals(new Set(states.map(String)).size, states.length, "each step is to change something");
    const args = inUse(through.at(-1) ?? []);
    return { args, states, codeAgain: args[0] === "undo" ? EXIT.usage : EXIT.done };
  });
}

/** Its path; or its address, where a server is in use. */
export function databaseIn(scratch: Scratch): string {
  return onlyDatabase() ?? scratch.path(DATABASE);
}

/** With the address of the database, where a server is in use. */
function inUse(args: readonly string[]): readonly string[] {
  return args.map((arg) => arg.replace(`--db=${DATABASE}`, `--db=${onlyDatabase() ?? DATABASE}`));
}

const prepared = new Map<string, Promise<Uint8Array>>();

/** Fills a scratch folder with what the undertaking begins with; its database is made at the first call only. */
export async function prepare(name: UndertakingName, scratch: Scratch): Promise<void> {
  const address = onlyDatabase();
  if (address !== null) return await prepareAtServer(name, scratch, address);
  const database = prepared.get(name) ?? withScratch((other) => prepareDatabase(name, other));
  prepared.set(name, database);
  scratch.write(DATABASE, await database);
  writeFiles(scratch);
}

async function prepareDatabase(name: UndertakingName, scratch: Scratch): Promise<Uint8Array> {
  await writeWorld(scratch);
  for (const step of STEPS[name].before) assertExit(await scratch.run(step, { now: BEFORE }), 0);
  return wholeFile(scratch.path(DATABASE));
}

/** As the other one, with a database that others are copied from. */
async function prepareAtServer(name: UndertakingName, scratch: Scratch, address: string): Promise<void> {
  const { copyDatabase, engineInUse } = await import("../helpers/world_at_server.ts");
  const template = `prepared_${name.toLowerCase()}_${engineInUse()}`;
  writeFiles(scratch);
  const done = preparedAtServer.get(serverInUse()) ?? new Set();
  preparedAtServer.set(serverInUse(), done);
  if (!done.has(name)) {
    await copyDatabase(null, address);
    for (const step of STEPS[name].before) assertExit(await scratch.run(inUse(step), { now: BEFORE }), 0);
    await copyDatabase(address, template);
    done.add(name);
  }
  await copyDatabase(template, address);
}

/** By the release of the server. */
const preparedAtServer = new Map<unknown, Set<UndertakingName>>();

async function writeWorld(scratch: Scratch): Promise<void> {
  await copyWorld(scratch, DATABASE);
  writeFiles(scratch);
}

function writeFiles(scratch: Scratch): void {
  const address = onlyDatabase() ?? DATABASE;
  for (const [file, text] of Object.entries(files())) {
    scratch.write(file, text.replace(`db = ${DATABASE}`, `db = ${address}`));
  }
}
