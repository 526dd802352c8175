/** What rows lose that refer to values of others by a unique column: the log has it, and an undo gives it back. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withTables } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const MAKERS = `
  CREATE TABLE maker (id INTEGER PRIMARY KEY, code TEXT UNIQUE COLLATE NOCASE, n INTEGER UNIQUE);
  INSERT INTO maker VALUES (1, 'a', 1), (2, 'b', 2);`;

/** `leaf` refers to what follows its maker. */
const UPDATED = `${MAKERS}
  CREATE TABLE part (id INTEGER PRIMARY KEY, maker TEXT REFERENCES maker (code) ON UPDATE SET NULL);
  CREATE TABLE kit (id INTEGER PRIMARY KEY, maker TEXT DEFAULT 'b' REFERENCES maker (code) ON UPDATE SET DEFAULT);
  CREATE TABLE follow (id INTEGER PRIMARY KEY, maker TEXT UNIQUE REFERENCES maker (code) ON UPDATE CASCADE);
  CREATE TABLE leaf (id INTEGER PRIMARY KEY, maker TEXT REFERENCES follow (maker) ON UPDATE SET NULL);
  INSERT INTO part VALUES (1, 'a'), (2, 'b');
  INSERT INTO kit VALUES (1, 'a');
  INSERT INTO follow VALUES (1, 'a');
  INSERT INTO leaf VALUES (1, 'a');`;

const DELETED = `${MAKERS}
  CREATE TABLE part (id INTEGER PRIMARY KEY, maker TEXT REFERENCES maker (code) ON DELETE SET NULL);
  CREATE TABLE follow (id INTEGER PRIMARY KEY, maker TEXT UNIQUE NOT NULL REFERENCES maker (code) ON DELETE CASCADE);
  CREATE TABLE leaf (id INTEGER PRIMARY KEY, maker TEXT NOT NULL REFERENCES follow (maker) ON DELETE CASCADE);
  INSERT INTO part VALUES (1, 'a'), (2, 'b');
  INSERT INTO follow VALUES (1, 'a');
  INSERT INTO leaf VALUES (1, 'a');`;

const BY_NUMBER = { reconciliationkeys: "n" };
const FEED = { ...BY_NUMBER, source: "feed", gone: "delete", gone_limit: "100%" };

function rows({ query }: Loading): readonly string[] {
  return query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'csvrecon%' ORDER BY 1")
    .flatMap((table) => query(`SELECT '${table}', * FROM ${table} ORDER BY id`));
}

const undo = ({ scratch }: Loading, ...args: string[]) => scratch.run(["undo", "--db=tables.db", ...args]);

for (const place of ["beside", "inside"]) {
  Deno.test(`what is lost by ON UPDATE comes back with an undo, and goes with the undo of that, with the log ${place}`, () =>
    withTables(UPDATED, async (loading) => {
      const before = rows(loading);
      await loading.load("maker", "n,code\n1,c\n", { ...BY_NUMBER, change_log: place });
      const after = rows(loading);
      for (const line of ["part 1 -", "kit 1 b", "follow 1 c", "leaf 1 -"]) assert(after.includes(line), line);
      assertExit(await undo(loading, `--change_log=${place}`), 0);
      assertEquals(rows(loading), before);
      assertExit(await undo(loading, "--change=2", `--change_log=${place}`), 0);
      assertEquals(rows(loading), after);
    }));
}

Deno.test("a spelling that the column takes for the same loses nothing, and nothing is logged of others", () =>
  withTables(UPDATED, async (loading) => {
    await loading.load("maker", "n,code\n1,A\n", BY_NUMBER);
    const kept = rows(loading);
    assert(kept.includes("part 1 a"));
    const history = await loading.scratch.run(["history", "--db=tables.db", "--change=1"]);
    assertStringIncludes(history.stdout, "code: a → A");
    assert(!history.stdout.includes("part"), history.stdout);
  }));

Deno.test("what goes with a row that others know by a unique column comes back with one undo", () =>
  withTables(DELETED, async (loading) => {
    const before = rows(loading);
    for (const file of ["n\n1\n2\n", "n\n2\n"]) assertExit((await loading.load("maker", file, FEED)).run, 0);
    assertEquals(rows(loading), ["maker 2 b 2", "part 1 -", "part 2 b"]);
    assertExit(await undo(loading), 0);
    assertEquals(rows(loading), before);
  }));

Deno.test("a reference to a value that nobody has any more does not come back, and the undo says so", () =>
  withTables(UPDATED, async (loading) => {
    await loading.load("maker", "n,code\n1,c\n", BY_NUMBER);
    const owner = new DatabaseSync(loading.database);
    owner.exec("UPDATE maker SET code = 'd' WHERE id = 1");
    owner.close();
    const undone = await undo(loading);
    assertExit(undone, 1);
    assertStringIncludes(undone.stdout, "#Kept: 1");
    assertStringIncludes(undone.stdout, "#Impossible: 3");
    assertStringIncludes(undone.stdout, "part::1: the change of maker cannot be taken back: ");
    assert(rows(loading).includes("part 1 -"));
  }));
