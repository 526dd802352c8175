import { assertEquals, assertInstanceOf, assertStringIncludes } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { translateError } from "../../lib/databases/sqlite/sqlite_error.ts";

const FACTS = { path: "cmdb.db", busyTimeoutSeconds: 10 };

function sqliteError(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR" });
}

const STOPS: readonly (readonly [string, number, string])[] = [
  ["database is locked", 75, "waited 10 s"],
  ["locking protocol", 75, "waited 10 s"],
  ["database or disk is full", 73, "disk is full"],
  ["attempt to write a readonly database", 73, "read-only"],
  ["disk I/O error", 73, "disk is full or reported an error"],
  ["unable to open database file: /x/cmdb.db", 73, "could not be opened"],
  ["file is not a database", 78, "Not an SQLite database"],
  ["database disk image is malformed", 78, "damaged"],
  ["malformed database schema (contact)", 78, "damaged"],
];

for (const [message, exitCode, words] of STOPS) {
  Deno.test(`"${message}" ends the run with ${exitCode}`, () => {
    const error = sqliteError(message);
    const stop = translateError(error, FACTS);
    assertInstanceOf(stop, RunStop);
    assertEquals(stop.exitCode, exitCode);
    assertStringIncludes(stop.message, words);
    assertStringIncludes(stop.message, "'cmdb.db'");
    assertEquals(stop.cause, error);
  });
}

Deno.test("other errors stay what they are, whatever they say", () => {
  const bug = sqliteError("CHECK constraint failed: database is locked");
  assertEquals(translateError(bug, FACTS), bug);
  const foreign = new Error("database is locked");
  assertEquals(translateError(foreign, FACTS), foreign);
  assertEquals(translateError("database is locked", FACTS), "database is locked");
});
