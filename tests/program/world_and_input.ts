/** A scratch folder with the database `world.db` and a small `input.csv`, for tests that run the program as a process. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { assertExit, describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";

export const LOGIN: readonly string[] = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin"];

/** Loads `input.csv`. */
export const IMPORT: readonly string[] = [...LOGIN, "--class=Organization", "--csvfile=input.csv"];

/** Good for one new object of the class Organization. */
export const ONE_ROW = "Name,Code\nDemo,DEMO\n";

/** @param use is given the absolute path of the database */
export function withWorld(
  use: (scratch: Scratch, database: string) => Promise<void>,
  input: string | Uint8Array = ONE_ROW,
): Promise<void> {
  return withScratch(async (scratch) => {
    scratch.write("input.csv", input);
    await use(scratch, await copyWorld(scratch));
  });
}

/** Asserts that an import was refused with a code and words, told to the report and to standard error, without a stack. */
export function assertRefused(run: ProgramRun, exitCode: number, words: string): void {
  assertExit(run, exitCode);
  assertStringIncludes(run.stdout, words, describeRun(run));
  assertTold(run, words);
}

/** Asserts that standard error says something, as the program's own words. */
export function assertTold(run: ProgramRun, words: string): void {
  assertStringIncludes(run.stderr, "csvrecon: ", describeRun(run));
  assertStringIncludes(run.stderr, words, describeRun(run));
  assertEquals(run.stderr.match(/^ +at /m), null, describeRun(run));
}

/** Changes a database behind the program's back. */
export function changeDatabase(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

/** What SQLite itself finds wrong with a database: nothing, if all is well. */
export function flawsOf(path: string): unknown[] {
  const database = new DatabaseSync(path);
  const integrity = database.prepare("PRAGMA integrity_check").all().map((row) => row["integrity_check"]);
  const keys = database.prepare("PRAGMA foreign_key_check").all();
  database.close();
  return [...integrity.filter((answer) => answer !== "ok"), ...keys];
}

/** How many objects of a class there are. */
export function countOf(path: string, modelClass: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const count = database.prepare(`SELECT count(*) AS n FROM "view_${modelClass}"`).get()?.["n"];
  database.close();
  return Number(count);
}
