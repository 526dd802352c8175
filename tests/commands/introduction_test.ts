/** Issue 12: bare csvrecon printed four errors and a wall of parameters. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { assertExit, describeRun, withScratch } from "../helpers/scratch.ts";

Deno.test("csvrecon alone says in a few lines what it is, with four examples, and that nothing was done", () =>
  withScratch(async ({ run }) => {
    const piped = await run([]);
    assertExit(piped, 64);
    const [what = "", examples = "", more = "", ...rest] = piped.stdout.split("\n\n");
    assertEquals(what.split("\n").length, 5);
    assertEquals(examples.split("\n").filter((line) => line.startsWith("      csvrecon ")).length, 4);
    assert(more.startsWith("csvrecon help lists the commands"));
    assertEquals(rest, []);
    assert(piped.stdout.split("\n").every((line) => line.length <= 110), describeRun(piped));
    assertEquals(piped.stderr, "csvrecon: No parameter is given: csvrecon help says which there are\n");
    const seen = await run([], { isTerminal: true });
    assertEquals([seen.exitCode, seen.stdout, seen.stderr], [64, piped.stdout, ""]);
  }));

Deno.test("its examples can be typed as they stand", () =>
  withScratch(async ({ run, write, path }) => {
    const shop = new DatabaseSync(path("shop.db"));
    shop.exec("CREATE TABLE Track (Name TEXT PRIMARY KEY, UnitPrice NUMERIC)");
    shop.close();
    write("prices.csv", "Name,UnitPrice\nTide,0.99\n");
    write("admin.pwd", "secret\n");
    write("persons.csv", "First Name,Last Name,Organization->Name\nAda,Lovelace,My Company/Department\n");
    const lines = (await run([])).stdout.split("\n").filter((line) => line.startsWith("      csvrecon "));
    for (const line of lines) {
      const ended = await run(line.trim().split(" ").slice(1));
      assert(ended.exitCode === 0 || ended.exitCode === 1, describeRun(ended));
    }
  }));

Deno.test("a command alone tells what is missing, as before", () =>
  withScratch(async ({ run }) => {
    const ended = await run(["import"]);
    assertExit(ended, 64);
    assert(ended.stdout.startsWith("ERROR: Missing argument 'auth_user'\n"), describeRun(ended));
  }));
