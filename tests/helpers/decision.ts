/** Tests of the rules in which we differ from the reference on purpose, on the recorded inputs of fixtures/differs. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type GoldenCase, readCase, stepArguments } from "./golden_case.ts";
import { lines, parseOurReport } from "./our_report.ts";
import { assertExit, describeRun, type ProgramRun, type Scratch, withScratch } from "./scratch.ts";
import { everythingStored, storedObjects } from "./stored.ts";
import { POSTGRES_ONE_OF } from "./postgres_release.ts";
import { serverInUse, testPrefix } from "./server_in_use.ts";
import { copyWorld } from "./world.ts";

/** A case being played: its steps, and what they leave in the database. */
export interface Play {
  readonly scratch: Scratch;
  /** The case's database. */
  readonly database: string;
  /** Runs a step of the case, counted from 1, after those before it that were not run yet. */
  step(number: number): Promise<ProgramRun>;
  /** Runs an import of our own, with the administrator's login unless the parameters hold another. */
  load(csv: string | Uint8Array, params: Readonly<Record<string, string>>): Promise<ProgramRun>;
  /** Objects of a class by id. @param fields codes, separated by commas */
  objects(modelClass: string, fields: string): string[][];
  /** Asserts that a run writes nothing at all, not even a log. */
  writesNothing(run: () => Promise<ProgramRun>): Promise<ProgramRun>;
  /** Asserts that a run writes nothing but, as rows were in error, its entry in the log, and the count of those that tell of hidden objects. */
  changesNoObject(run: () => Promise<ProgramRun>): Promise<ProgramRun>;
}

const played = new Set<string>();
let registered = 0;

/** The cases that the decisions registered so far are tested on. */
export function playedCases(): string[] {
  return [...played].sort();
}

/** Registers a test; at a server, one of so many. @param rule a sentence @param name of the case whose inputs it plays */
export function decision(rule: string, name: string, body: (play: Play) => Promise<void>): void {
  played.add(name);
  if (serverInUse() !== null && registered++ % POSTGRES_ONE_OF !== 0) return;
  const golden = readCase("differs", name);
  Deno.test(`${testPrefix()}decision: ${rule} (${name})`, () =>
    withScratch(async (scratch) => {
      await body(playOf(golden, scratch, await copyWorld(scratch)));
    }));
}

function playOf(golden: GoldenCase, scratch: Scratch, database: string): Play {
  let done = 0;
  const runStep = (number: number) => {
    const step = golden.steps[number - 1];
    assert(step, `${golden.name} has no step ${number}`);
    done = number;
    return scratch.run(stepArguments(step, database), { folder: golden.folder });
  };
  return {
    scratch,
    database,
    step: async (number) => {
      while (done < number - 1) await runStep(done + 1);
      return await runStep(number);
    },
    load: (csv, params) => {
      const given = { csvfile: scratch.write("own.csv", csv), no_localize: "1", output: "details", ...params };
      const { auth_user, auth_pwd, ...rest } = given as Record<string, string>;
      const login = { ...(auth_user && { auth_user }), ...(auth_pwd && { auth_pwd }) };
      return scratch.run(stepArguments({ params: rest, report: "", ...login }, database));
    },
    objects: (modelClass, fields) => storedObjects(database, modelClass, fields.split(",")),
    writesNothing: (run) => without([], database, run),
    changesNoObject: (run) => without(["change: ", "sqlite_sequence: ", HIDDEN_REFUSALS], database, run),
  };
}

/** The beginning of the line that counts rows of the user `silo` which were refused because of objects that are not visible. */
const HIDDEN_REFUSALS = 'login_failure: {"login":"silo\\t(objects not visible)"';

/** Asserts that a run writes no rows but such as begin with one of `free`. */
async function without(free: readonly string[], database: string, run: () => Promise<ProgramRun>): Promise<ProgramRun> {
  const stored = () => everythingStored(database).filter((row) => !free.some((beginning) => row.startsWith(beginning)));
  const before = new Set(stored());
  const result = await run();
  const after = new Set(stored());
  assertEquals([...after.difference(before)], [], `this was written${describeRun(result)}`);
  assertEquals([...before.difference(after)], [], `this was overwritten or deleted${describeRun(result)}`);
  return result;
}

/** The organizations of a world in which nothing happened: id, name, code. */
export const UNTOUCHED = [["1", "My Company/Department", "SOMECODE"]];

export interface ExpectedCounts {
  readonly issues?: number;
  readonly created?: number;
  readonly updated?: number;
  readonly unchanged?: number;
  readonly warnings?: number;
}

/** Asserts that a run was done: its exit code, its counts, and the beginning of its rows, or the whole of them. */
export function assertReport(run: ProgramRun, counts: ExpectedCounts, rows?: readonly (readonly string[])[]): void {
  const { issues = 0, created = 0, updated = 0, unchanged = 0, warnings = 0 } = counts;
  assertExit(run, issues > 0 ? 1 : 0);
  const report = parseOurReport(run.stdout);
  assertEquals(
    report.comments.slice(-5),
    [
      `#Issues: ${issues}`,
      `#Warnings: ${warnings}`,
      `#Created: ${created}`,
      `#Updated: ${updated}`,
      `#Unchanged: ${unchanged}`,
    ],
    describeRun(run),
  );
  if (rows === undefined) return;
  const found = report.table?.rows ?? [];
  assertEquals(
    found.map((row, index) => row.slice(0, rows[index]?.length)),
    rows.map((row) => [...row]),
    describeRun(run),
  );
}

/** Asserts that a run was refused: its exit code, no counts, and what standard error says, which the report ends with too. */
export function assertRefused(run: ProgramRun, exitCode: number, ...parts: readonly string[]): void {
  assertExit(run, exitCode);
  assert(!/^#(Issues|Created): /m.test(run.stdout), `a refused run has no counts${describeRun(run)}`);
  const reason = lastLine(run).replace(/^#/, "");
  assert(
    reason !== "" && run.stderr.includes(reason),
    `standard error must repeat the report's reason${describeRun(run)}`,
  );
  for (const part of parts) {
    assertStringIncludes(run.stderr, part, `standard error must say ${part}${describeRun(run)}`);
  }
}

/** The last line of a run's report. */
export function lastLine(run: ProgramRun): string {
  return lines(run.stdout).at(-1) ?? "";
}

/** Asserts that a report has a comment line. */
export function assertComment(run: ProgramRun, line: string): void {
  assert(parseOurReport(run.stdout).comments.includes(line), `no comment line ${line}${describeRun(run)}`);
}

/** The table's row of a record. @param record its number, from 0 */
export function rowOf(run: ProgramRun, record: number): string[] {
  const row = parseOurReport(run.stdout).table?.rows.find((candidate) => candidate[0] === String(record));
  assert(row, `no row ${record}${describeRun(run)}`);
  return row;
}

/** The table's heading. */
export function headingOf(run: ProgramRun): readonly string[] {
  return parseOurReport(run.stdout).table?.heading ?? [];
}

/** What a row is told that says otherwise than an earlier one of the same object (SPEC 14). @param row its index, from 0, in a file of one line a row */
export function twinOf(row: number): string {
  return `Issue: Row ${row} (line ${row + 2}) is this object already, with other values`;
}
