/** Keys that no index of the database serves (rule 29). */
import { assert, assertEquals } from "@std/assert";
import type { StoredValue } from "../../../lib/model/model.ts";
import { type ForeignWorld, found, withForeign } from "./foreign_world.ts";

const MANY = 3000;
/** 3000 rows. */
const ROWS = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})`;

/** So many keys are worth a table. */
function many(key: (index: number) => readonly StoredValue[]): readonly (readonly StoredValue[])[] {
  return Array.from({ length: 600 }, (_, index) => key(index + 1));
}

function tempTables({ database }: ForeignWorld): readonly StoredValue[] {
  return database.prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'table'").all().map((row) =>
    row["name"] ?? null
  );
}

const PLAIN = `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, n INTEGER);
  ${ROWS} INSERT INTO t SELECT i, 'a' || i, 'b' || (i % 7), i FROM n`;

Deno.test("many keys without an index are looked for in a table of their own", () =>
  withForeign(PLAIN, async (world) => {
    const ids = await found(world, "t", ["a", "b"], ...many((index) => [`a${index}`, `b${index % 7}`]));
    assertEquals(ids, many((index) => [index]).flat());
    assertEquals(tempTables(world).length, 1);
    // Another search by the same columns has the same table.
    assertEquals(await found(world, "t", ["a", "b"], ["a8", "b1"], ["a8", "b2"], ["a8", null]), [8, null, null]);
    await found(world, "t", ["a", "b"], ...many((index) => [`a${index}`, null]));
    assertEquals(tempTables(world).length, 1);
    world.context.keyTables?.finish();
    assertEquals(world.database.prepare("SELECT name FROM temp.sqlite_schema").all(), []);
    assertEquals(await found(world, "t", ["a"], ["a8"]), [8]);
  }));

Deno.test("few keys, and keys that an index serves, make no table", () =>
  withForeign(
    `${PLAIN}; CREATE INDEX i ON t (n, b); CREATE TABLE k (id INTEGER PRIMARY KEY, u TEXT UNIQUE)`,
    async (world) => {
      assertEquals(await found(world, "t", ["a"], ["a9"]), [9]);
      assertEquals((await found(world, "t", ["a", "n"], ...many((index) => [`a${index}`, index])))[599], 600);
      await found(world, "k", ["u"], ...many((index) => [`u${index}`]));
      await found(world, "t", ["id"], ...many((index) => [index]));
      assertEquals(tempTables(world), []);
    },
  ));

Deno.test("an index that tells too little does not serve, nor one of another collation", () =>
  withForeign(
    `${PLAIN}; CREATE INDEX i ON t (b); CREATE INDEX j ON t (a COLLATE NOCASE)`,
    async (world) => {
      await found(world, "t", ["a", "b"], ...many((index) => [`a${index}`, `b${index % 7}`]));
      assertEquals(tempTables(world).length, 1);
    },
  ));

Deno.test("a table of keys stays true whatever is written", () =>
  withForeign(
    `${PLAIN};
     CREATE TABLE parent (id INTEGER PRIMARY KEY);
     CREATE TABLE child (p INTEGER REFERENCES parent ON DELETE CASCADE, a TEXT);
     INSERT INTO parent VALUES (1), (2); ${ROWS} INSERT INTO child SELECT 1 + i % 2, 'c' || i FROM n;
     CREATE TRIGGER other AFTER INSERT ON t WHEN NEW.b = 'copy' BEGIN INSERT INTO t (a, b) VALUES (NEW.a || ' copy', 'x'); END`,
    async (world) => {
      const { database } = world;
      database.exec("PRAGMA foreign_keys = ON");
      await found(world, "t", ["a"], ...many((index) => [`a${index}`]));
      await found(world, "child", ["a"], ...many((index) => [`c${index}`]));
      database.exec("INSERT INTO t (id, a, b) VALUES (5000, 'new', 'copy')");
      database.exec("UPDATE t SET a = 'changed' WHERE id = 2");
      database.exec("UPDATE t SET id = 6000 WHERE id = 3");
      database.exec("DELETE FROM t WHERE id = 4");
      database.exec("REPLACE INTO t (id, a) VALUES (5, 'replaced')");
      const keys = ["new", "new copy", "changed", "a2", "a3", "a4", "a5", "replaced"].map((a) => [a]);
      assertEquals(await found(world, "t", ["a"], ...keys), [5000, 5001, 2, null, 6000, null, null, 5]);
      database.exec("SAVEPOINT s; INSERT INTO t (a) VALUES ('gone'); ROLLBACK TO s; RELEASE s");
      assertEquals(await found(world, "t", ["a"], ["gone"]), [null]);
      database.exec("DELETE FROM child WHERE a = 'c1'");
      database.exec("DELETE FROM parent WHERE id = 2");
      assertEquals((await found(world, "child", ["a"], ["c1"], ["c3"], ["c2"])).map((id) => id !== null), [
        false,
        false,
        true,
      ]);
    },
  ));

Deno.test("a table of keys that was taken back is made again", () =>
  withForeign(PLAIN, async (world) => {
    world.database.exec("SAVEPOINT s");
    await found(world, "t", ["a"], ...many((index) => [`a${index}`]));
    const search = world.searches.search({ class: "t", conditions: ["a"], read: [], includeHidden: true });
    await search.find(many((index) => [`a${index}`]));
    world.database.exec("ROLLBACK TO s; RELEASE s");
    assertEquals(tempTables(world), []);
    const again = await search.find([["a7"]]);
    assertEquals(again[0]?.kind, "one");
  }));

Deno.test("rows without a rowid have tables of keys, too, and so has a search without regard to case", () =>
  withForeign(
    `CREATE TABLE w (k TEXT COLLATE NOCASE, m INTEGER, a TEXT COLLATE NOCASE, PRIMARY KEY (k, m)) WITHOUT ROWID;
     ${ROWS} INSERT INTO w SELECT 'k' || i, i, 'A' || i FROM n`,
    async (world) => {
      const ids = await found(world, "w", ["a"], ...many((index) => [`a${index}`]));
      assertEquals(new Set(ids).size, 600);
      assert(!ids.includes(null));
      world.database.exec("UPDATE w SET a = 'other' WHERE k = 'K1'; DELETE FROM w WHERE k = 'k2'");
      const [first] = ids;
      assertEquals(await found(world, "w", ["a"], ["OTHER"], ["a1"], ["a2"]), [first, null, null]);
    },
  ));

Deno.test("names of TEMP are none of the database's", () =>
  withForeign(
    `${PLAIN}; ${
      Array.from({ length: 300 }, (_, index) => `CREATE TABLE CSVRECON_keys_${index} (id INTEGER PRIMARY KEY)`).join(
        "; ",
      )
    }`,
    async (world) => {
      await found(world, "t", ["a"], ...many((index) => [`a${index}`]));
      const [name] = tempTables(world);
      const same = world.database.prepare("SELECT name FROM main.sqlite_schema WHERE lower(name) = ?").all(
        name ?? null,
      );
      assertEquals(same, []);
    },
  ));

Deno.test("who only looks makes no tables", () =>
  withForeign(
    PLAIN,
    async (world) => {
      assertEquals((await found(world, "t", ["a"], ...many((index) => [`a${index}`])))[9], 10);
      assertEquals(tempTables(world), []);
    },
    { isWriting: false },
  ));

Deno.test("rows that a run creates count before a table of keys is made", () =>
  withForeign("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", async (world) => {
    const search = world.searches.search({ class: "t", conditions: ["a"], read: [], includeHidden: true });
    for (let group = 0; group < 12; group++) {
      const keys = Array.from({ length: 100 }, (_, index) => [`a${group * 100 + index}`]);
      assertEquals((await search.find(keys)).filter(({ kind }) => kind !== "none"), []);
      for (const [a] of keys) world.database.prepare("INSERT INTO t (a) VALUES (?)").run(a ?? null);
    }
    assertEquals(tempTables(world).length, 1);
    assertEquals((await search.find([["a0"], ["a1199"]])).map(({ kind }) => kind), ["one", "one"]);
  }));
