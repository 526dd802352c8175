/** Recorded cases of databases that we did not make (`fixtures/any_database`): a schema with rows, a command, and what is so when it has run. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { words } from "./example_console.ts";
import { copyFixtures, fixturePath, readFixture } from "./fixtures.ts";
import { describeRun, type ProgramRun, type Scratch } from "./scratch.ts";

const FOLDER = "any_database";

/** What is so when a command has run. */
interface Expected {
  readonly exit_code: number;
  /** Null: the report has none. */
  readonly counts?: Readonly<Record<"issues" | "created" | "updated" | "unchanged", number>> | null;
  readonly reconciliation_keys?: readonly string[];
  readonly stdout_contains?: readonly string[];
  readonly details_contain?: readonly string[];
  readonly queries?: readonly Query[];
  /** Of the change log beside the database. */
  readonly log_queries?: readonly Query[];
  readonly files_absent?: readonly string[];
  /** Lines of the JSON report, as far as they are told. */
  readonly json_rows?: readonly Readonly<Record<string, unknown>>[];
}

interface Query {
  readonly sql: string;
  readonly rows: readonly unknown[];
}

export interface AnyDatabaseCase extends Expected {
  /** The rules that it shows. */
  readonly why: string;
  /** Another program that holds the lock of the database. */
  readonly needs?: string;
  /** The same command once more. */
  readonly second_run?: Expected;
  /** Further commands. */
  readonly also?: readonly (Expected & { readonly cmd: string })[];
}

/** The names of all cases. */
export function anyDatabaseCases(): string[] {
  return [...Deno.readDirSync(fixturePath(FOLDER))].map(({ name }) => name).sort();
}

export function readAnyDatabaseCase(name: string): AnyDatabaseCase {
  return JSON.parse(readFixture(FOLDER, name, "expected.json"));
}

/** Runs a case in an empty folder, and asserts what it expects. */
export async function playAnyDatabaseCase(name: string, scratch: Scratch): Promise<void> {
  const expected = readAnyDatabaseCase(name);
  copyFixtures(scratch, FOLDER, name);
  const database = new DatabaseSync(scratch.path("case.db"), { enableDoubleQuotedStringLiterals: true });
  database.exec(readFixture(FOLDER, name, "schema.sql"));
  if (expected.needs !== undefined) database.exec("BEGIN IMMEDIATE");
  else database.close();
  const command = commandOf(readFixture(FOLDER, name, "cmd").trim(), expected);
  await assertRun(command, expected, scratch);
  if (expected.needs !== undefined) database.close();
  if (expected.second_run !== undefined) await assertRun(command, expected.second_run, scratch);
  for (const also of expected.also ?? []) await assertRun(also.cmd, also, scratch);
}

function commandOf(command: string, { details_contain: details = [] }: Expected): string {
  return details.length > 0 && !command.includes("--output") ? `${command} --output=details` : command;
}

async function assertRun(command: string, expected: Expected, scratch: Scratch): Promise<void> {
  const [program, ...args] = words(command);
  assertEquals(program, "csvrecon");
  const run = await scratch.run(args);
  assertEquals(run.exitCode, expected.exit_code, describeRun(run));
  assertReport(run, expected);
  for (const { sql, rows } of expected.queries ?? []) assertRows(scratch.path("case.db"), sql, rows, run);
  for (const { sql, rows } of expected.log_queries ?? []) assertRows(scratch.path("case.db.csvrecon"), sql, rows, run);
  for (const file of expected.files_absent ?? []) assert(!isThere(scratch.path(file)), `${file} is there`);
}

function assertReport(run: ProgramRun, expected: Expected): void {
  const { counts = null, reconciliation_keys: keys } = expected;
  if (counts !== null) {
    const { issues, created, updated, unchanged } = counts;
    assertEquals(countsOf(run.stdout), { issues, created, updated, unchanged }, describeRun(run));
  }
  const told = /^#Reconciliation Keys: (.*)$/m.exec(run.stdout)?.[1];
  if (keys !== undefined && told !== undefined) assertEquals(told.split(",").map((key) => key.trim()), keys);
  for (const text of [...expected.stdout_contains ?? [], ...expected.details_contain ?? []]) {
    assertStringIncludes(run.stdout, text, describeRun(run));
  }
  const lines = jsonLines(run.stdout);
  for (const row of expected.json_rows ?? []) {
    const isTold = lines.some((line) => Object.entries(row).every(([name, value]) => isSame(line[name], value)));
    assert(isTold, `no line of the report says ${JSON.stringify(row)}${describeRun(run)}`);
  }
}

const COUNTED = { Issues: "issues", Created: "created", Updated: "updated", Unchanged: "unchanged" } as const;

function countsOf(report: string): Record<string, number> {
  const lines = Object.entries(COUNTED).flatMap(([told, name]) => {
    const count = new RegExp(`^#${told}: (\\d+)$`, "m").exec(report)?.[1];
    return count === undefined ? [] : [[name, Number(count)] as const];
  });
  const json = jsonLines(report).map(({ counts }) => counts).find((counts) => counts !== undefined);
  if (json === undefined) return Object.fromEntries(lines);
  const { in_error: issues, created, updated, unchanged } = json as Record<string, number>;
  return { issues: issues ?? NaN, created: created ?? NaN, updated: updated ?? NaN, unchanged: unchanged ?? NaN };
}

function jsonLines(report: string): readonly Readonly<Record<string, unknown>>[] {
  return report.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function assertRows(path: string, sql: string, rows: readonly unknown[], run: ProgramRun): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const found = database.prepare(sql).all().map((row) => Object.values(row));
    assertEquals(found, rows, `${sql}${describeRun(run)}`);
  } finally {
    database.close();
  }
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path) !== undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
