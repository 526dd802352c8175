/** `backup=FILE` (SPEC 15): a copy of the database as it was before the run, or no run. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { integrityOf, wholeContent } from "../databases/backup_content.ts";
import { type Loading, withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

function filesIn({ scratch }: Loading): string[] {
  return [...Deno.readDirSync(scratch.folder)].map(({ name }) => name).sort();
}

Deno.test("the copy is the database as it was before the run, which can be worked with", () =>
  withWorld(async (loading) => {
    const backup = join(loading.scratch.folder, "before.db");
    const before = wholeContent(loading.database);
    assertExit(await loading.print("Brand", "name\nA\nB\n", { backup }), 0);
    assertEquals([wholeContent(backup), integrityOf(backup)], [before, "ok"]);
    const loaded = await loading.load("Brand", "name\nA\nB\n", { db: backup });
    assertEquals(loaded.rows.map((row) => row.replace(/\d+/, "N")), ["created Brand N", "created Brand N"]);
  }));

Deno.test("a run that only simulates makes no copy; one that is taken back has made it", () =>
  withWorld(async (loading) => {
    const backup = join(loading.scratch.folder, "before.db");
    const bad = `name\n${"x".repeat(300)}\n`;
    assertExit(await loading.print("Brand", "name\nA\n", { backup, simulate: "1" }), 0);
    assertEquals(filesIn(loading).includes("before.db"), false);
    assertExit(await loading.print("Brand", bad, { backup, max_errors: "0" }), 2);
    assertEquals(wholeContent(backup), wholeContent(loading.database));
  }));

Deno.test("when it cannot be made nothing is written, with exit code 73", () =>
  withWorld(async (loading) => {
    const before = loading.everything();
    loading.scratch.write("notes.txt", "mine");
    for (const name of ["notes.txt", "own.csv", "world.db", "world.db-wal", "no/such/x.db", "."]) {
      const backup = join(loading.scratch.folder, name);
      const run = await loading.print("Brand", "name\nA\n", { backup, output: "summary" });
      assertExit(run, 73);
      assertStringIncludes(run.stdout, "\n#The backup could not be made: '");
      assertStringIncludes(run.stderr, "Nothing was written to the database");
    }
    assertEquals(loading.everything(), before);
    assertEquals(Deno.readTextFileSync(join(loading.scratch.folder, "notes.txt")), "mine");
    const empty = await loading.print("Brand", "name\nA\n", { backup: "" });
    assertEquals([empty.exitCode, empty.stdout], [64, "#Parameter backup is empty\n"]);
  }));

Deno.test("a name with line breaks or commands of a terminal is a name, and spelt out", () =>
  withWorld(async (loading) => {
    const run = await loading.print("Brand", "name\nA\n", { backup: "no\n\u001b[31m/x.db", output: "summary" });
    assertExit(run, 73);
    assertStringIncludes(run.stdout, String.raw`'no\n\u001b[31m/x.db'`);
  }));

Deno.test("it is logged among the parameters", () =>
  withWorld(async (loading) => {
    assertExit(await loading.print("Brand", "name\nA\n", { backup: join(loading.scratch.folder, "b.db") }), 0);
    const [parameters = ""] = loading.query("SELECT parameters FROM change ORDER BY id DESC LIMIT 1");
    assertStringIncludes(JSON.parse(parameters).backup, "b.db");
  }));
