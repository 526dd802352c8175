/** Lists, examples and ids of databases that we did not make. */
import { assertEquals } from "@std/assert";
import { countObjects, createForeignSearches } from "../../../lib/databases/foreign/foreign_searches.ts";
import { rowIdOf } from "../../../lib/databases/foreign/row_ids.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { found, listed, tableIn, withForeign } from "./foreign_world.ts";

Deno.test("rows are listed in the order that is asked for, some at a time, and as often as one likes", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n INTEGER);
     INSERT INTO t VALUES (1, 'b', 10), (2, 'A', 9), (3, 'a', 9), (4, NULL, 100)`,
    async (world) => {
      assertEquals((await listed(world, "t", ["a"], ["a"])).flat(), ["", "A", "a", "b"]);
      assertEquals((await listed(world, "t", ["n"], ["n"])).flat(), [9, 9, 10, 100]);
      const list = world.searches.list({ class: "t", orderedBy: ["n"], read: ["a"], textsOnly: true });
      for (const _ of [1, 2]) {
        const pages: unknown[] = [];
        for await (const page of list.pages(2)) pages.push(page.map(({ id }) => id));
        assertEquals(pages, [[2, 3], [1]]);
      }
      assertEquals(world.database.prepare("SELECT name FROM temp.sqlite_schema").all(), []);
    },
  ));

Deno.test("rows without a rowid, and long ones, are listed", () =>
  withForeign(
    `CREATE TABLE w (a TEXT, b INTEGER, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO w VALUES ('x', 2, printf('%.*c', 20000, 'y')), ('x', 1, 'z')`,
    async (world) => {
      const values = await listed(world, "w", ["b", "c"]);
      assertEquals(values.map(([b, c]) => [b, String(c).length]), [[1, 1], [2, 20000]]);
    },
  ));

Deno.test("rows whose key tells more apart than its column does are listed once, and found by keys without an index", () =>
  withForeign(
    `CREATE TABLE w (a TEXT COLLATE NOCASE, v TEXT, PRIMARY KEY (a COLLATE BINARY)) WITHOUT ROWID;
     INSERT INTO w VALUES ('x', '1'), ('X', '2');
     WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO w SELECT 'k' || i, i FROM n`,
    async (world) => {
      const values = (await listed(world, "w", ["a"], ["a"])).flat();
      assertEquals([values.length, values.slice(-2)], [2000, ["X", "x"]]);
      const keys = Array.from({ length: 600 }, (_, index) => [String(index + 1)]);
      const ids = await found(world, "w", ["v"], ...keys);
      assertEquals(ids.slice(0, 3), ["x", "X", "k3"]);
    },
  ));

Deno.test("examples come by friendly name, with ids as people see them", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, d DATE); INSERT INTO t VALUES (1, 'c', NULL), (2, 'B', '2024-01-02'), (3, 'a', NULL);
     CREATE TABLE w (a TEXT, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO w VALUES ('x', 1)`,
    async ({ searches, context }) => {
      assertEquals(await searches.examples("t", ["name", "id", "d"], 2), {
        rows: [["a", 3, null], ["B", 2, "2024-01-02"]],
        more: true,
        hidden: false,
      });
      assertEquals((await searches.examples("w", ["id"], 5)).rows, [["x|1"]]);
      assertEquals(await countObjects(context, "t"), 3);
      const simulated = createForeignSearches(context, (code, id) => code === "t" && Number(id) === 3);
      assertEquals((await simulated.examples("t", ["id"], 1)).rows, [[0]]);
    },
  ));

const KEYS =
  `CREATE TABLE i (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE s (code TEXT PRIMARY KEY); CREATE TABLE u (uid uuid PRIMARY KEY);
  CREATE TABLE n (n INT PRIMARY KEY); CREATE TABLE c (a TEXT, b INTEGER, PRIMARY KEY (a, b)); CREATE TABLE none (v TEXT);
  CREATE TABLE b (uid BLOB PRIMARY KEY); CREATE TABLE d (day DATE PRIMARY KEY); CREATE TABLE r (r REAL PRIMARY KEY)`;

const TYPED: readonly (readonly [string, string, ObjectId | number | string | null])[] = [
  ["i", "7", 7],
  ["i", " 007 ", 7],
  ["i", "+7", 7],
  ["i", "-7", -7],
  ["i", "7.0", 7],
  ["i", "1e3", 1000],
  ["i", "9007199254740993", "9007199254740993"],
  ["i", "9223372036854775808", null],
  ["i", "7a", null],
  ["i", "7.5", null],
  ["i", "", null],
  ["s", "007", "007"],
  ["s", " A b ", "A b"],
  ["s", "a\u0000b", null],
  ["u", "0012", 12],
  ["u", "a-1", "a-1"],
  ["n", "07", 7],
  ["n", "x", null],
  ["none", "1", null],
  ["b", "01", null],
  ["d", "2024-01-02", "2024-01-02"],
  ["r", "7", 7],
  ["r", "7.50", 7.5],
];

for (const [table, text, id] of TYPED) {
  Deno.test(`as an id of ${table} ${JSON.stringify(text)} means ${JSON.stringify(id)}`, () =>
    withForeign(KEYS, ({ searches }) => {
      assertEquals(searches.idFromText(table, text) as unknown, id);
    }));
}

Deno.test("the id of a key of several columns is written as it is shown", () =>
  withForeign(KEYS, (world) => {
    const id = rowIdOf(tableIn(world, "c").key, ["A-1", 7n], null);
    assertEquals(world.searches.shownId("c", id), "A-1|7");
    assertEquals(world.searches.shownKey("c", id), ["A-1", 7]);
    assertEquals(world.searches.idFromText("c", "A-1|07"), id);
    assertEquals(world.searches.idFromText("c", "A|1|7"), null);
    assertEquals(world.searches.shownKey("i", 7 as unknown as ObjectId), null);
  }));
