/** Databases that we did not make: every recorded case. */
import { assert } from "@std/assert";
import { anyDatabaseCases, playAnyDatabaseCase, readAnyDatabaseCase } from "./helpers/any_database_case.ts";
import { withScratch } from "./helpers/scratch.ts";

for (const name of anyDatabaseCases()) {
  Deno.test(`any database ${name}`, () => withScratch((scratch) => playAnyDatabaseCase(name, scratch)));
}

Deno.test("every case has rules that it shows", () => {
  for (const name of anyDatabaseCases()) assert(readAnyDatabaseCase(name).why !== "", name);
});
