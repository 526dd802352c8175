/** Searches of databases that we did not make (rules 15, 19, 24). */
import { assertEquals } from "@std/assert";
import { rowIdOf } from "../../../lib/databases/foreign/row_ids.ts";
import { rawText } from "../../../lib/databases/sqlite/raw_value.ts";
import { found, tableIn, withForeign } from "./foreign_world.ts";

Deno.test("rows are found by the value of any column", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n REAL);
     INSERT INTO t VALUES (1, 'x', 1.5), (2, 'y', 2), (3, 'y', 0.30000000000000004)`,
    async (world) => {
      assertEquals(await found(world, "t", ["a"], ["x"], ["y"], ["z"]), [1, "2 rows", null]);
      assertEquals(await found(world, "t", ["n"], [1.5], [2], [0.3], [0.30000000000000004]), [1, 2, null, 3]);
      assertEquals(await found(world, "t", ["id"], [3], [4]), [3, null]);
      assertEquals(await found(world, "t", ["a", "n"], ["y", 2], ["x", 2]), [2, null]);
      assertEquals(await found(world, "t", ["friendlyname"], ["1"], ["X"]), [1, null]);
    },
  ));

Deno.test("nothing finds null and the empty text", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
     INSERT INTO t VALUES (1, NULL, 'x'), (2, '', 'y'), (3, 'a', '')`,
    async (world) => {
      assertEquals(await found(world, "t", ["a", "b"], [null, "x"], ["", "y"], ["a", null], ["a", "x"]), [
        1,
        2,
        3,
        null,
      ]);
      assertEquals(await found(world, "t", ["a"], [""], ["a"], [null]), ["2 rows", 3, "2 rows"]);
    },
  ));

Deno.test("several rows are counted, and the first ones come by id", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) INSERT INTO t SELECT i, 'a' || (i % 3) FROM n`,
    async ({ searches }) => {
      const search = searches.search({ class: "t", conditions: ["a"], read: ["a"], includeHidden: true });
      const [one, two] = await search.find([["a1"], ["a9"], ["a1"], ["a0"]]);
      assertEquals(two?.kind, "none");
      if (one?.kind !== "several") throw new Error("not several");
      assertEquals(await one.count(), 300);
      assertEquals((await one.first(3)).map(({ id, values }) => [String(id), values]), [["1", ["a1"]], ["4", ["a1"]], [
        "7",
        ["a1"],
      ]]);
      assertEquals((await search.all(["a2"])).length, 300);
      const lists = await search.allOf([["a2"], ["nope"], ["a0"]]);
      assertEquals(lists, [await search.all(["a2"]), [], await search.all(["a0"])]);
      assertEquals(await search.fewOf([["a2"], ["nope"], ["a0"]], 600), lists);
      assertEquals(await search.fewOf([["a2"], ["nope"], ["a0"]], 599), null);
      assertEquals(await search.anyFor([["a1"], ["nope"], ["a2"]]), [true, false, true]);
    },
  ));

Deno.test("columns are searched by their own collation, or that of their only unique index", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, own TEXT COLLATE NOCASE, indexed TEXT, plain TEXT);
     CREATE UNIQUE INDEX i ON t (indexed COLLATE NOCASE);
     INSERT INTO t VALUES (1, 'Own', 'Indexed', 'Plain')`,
    async (world) => {
      assertEquals(await found(world, "t", ["own"], ["oWN"]), [1]);
      assertEquals(await found(world, "t", ["indexed"], ["iNDEXED"]), [1]);
      assertEquals(await found(world, "t", ["plain"], ["pLAIN"], ["Plain"]), [null, 1]);
    },
  ));

Deno.test("integers of 64 bits keep all their digits, as keys and as values", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);
     INSERT INTO t VALUES (9007199254740993, 9223372036854775807), (9007199254740992, -9223372036854775808)`,
    async (world) => {
      assertEquals(await found(world, "t", ["id"], ["9007199254740993"], ["9007199254740992"]), [
        "9007199254740993",
        "9007199254740992",
      ]);
      assertEquals(await found(world, "t", ["n"], ["9223372036854775807"], ["9223372036854775806"]), [
        "9007199254740993",
        null,
      ]);
    },
  ));

Deno.test("what a column's affinity makes of a value is looked for", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, s STRING, x, t TEXT);
     INSERT INTO t VALUES (1, '007', 7, '007'), (2, '1e2', '7', '1e2'), (3, 'a', 'a', 'a')`,
    async (world) => {
      assertEquals(await found(world, "t", ["s"], ["007"], [7], [100], ["a"]), [1, 1, 2, 3]);
      // A cell cannot say whether its 7 is a text.
      assertEquals(await found(world, "t", ["x"], ["7"], ["07"], ["a"]), ["2 rows", null, 3]);
      assertEquals(await found(world, "t", ["t"], ["7"], ["007"]), [null, 1]);
    },
  ));

Deno.test("a table without rowid, and keys of several columns", () =>
  withForeign(
    `CREATE TABLE t (a TEXT, b INTEGER, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
     INSERT INTO t VALUES ('x', 1, 'one'), ('x', 2, 'two')`,
    async (world) => {
      const { key } = tableIn(world, "t");
      const id = rowIdOf(key, ["x", 2n], null);
      assertEquals(await found(world, "t", ["a", "b"], ["x", 2]), [id]);
      assertEquals(await found(world, "t", ["c"], ["two"]), [id]);
      assertEquals(await found(world, "t", ["id"], [id], [rowIdOf(key, ["x", 3n], null)]), [id, null]);
    },
  ));

Deno.test("rows of which no key can tell are found by their rowid, or by bytes", () =>
  withForeign(
    `CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT); INSERT INTO t VALUES (x'00ff', 'bytes'), (NULL, 'null'), ('k', 'text');
     CREATE TABLE w (a BLOB PRIMARY KEY, b TEXT) WITHOUT ROWID; INSERT INTO w VALUES (x'01', 'one'), (x'02', 'two');
     CREATE TABLE n (b TEXT); INSERT INTO n VALUES ('x'), ('y')`,
    async (world) => {
      for (
        const [table, values] of [["t", ["bytes", "null", "text"]], ["w", ["one", "two"]], ["n", ["x", "y"]]] as const
      ) {
        const ids = await found(world, table, ["b"], ...values.map((value) => [value]));
        assertEquals(new Set(ids).size, values.length);
        const search = world.searches.search({ class: table, conditions: ["id"], read: ["b"], includeHidden: true });
        const again = await search.find(ids.map((id) => [id as string]));
        assertEquals(
          again.map((match) => match.kind === "one" ? match.object.values : match.kind),
          values.map((v) => [v]),
        );
      }
    },
  ));

Deno.test("a long row comes without its values, and has them when it is asked", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, n INTEGER);
     INSERT INTO t VALUES (1, 'short', 'x', 1), (2, printf('%.*c', 9000, 'y'), 'x', 2), (3, 'é', 'x', printf('%.*c', 9000, 'z'))`,
    async ({ searches }) => {
      const search = searches.search({ class: "t", conditions: ["id"], read: ["a", "b", "n"], includeHidden: true });
      const matches = await search.find([[1], [2], [3]]);
      const objects = matches.flatMap((match) => match.kind === "one" ? [match.object] : []);
      assertEquals(objects.map(({ values }) => values === null), [false, true, true]);
      const values = await Promise.all(objects.map((object) => search.valuesOf(object)));
      assertEquals(values.map(([a, b, n]) => [String(a).length, b, String(n).length]), [[5, "x", 1], [9000, "x", 1], [
        1,
        "x",
        9000,
      ]]);
    },
  ));

Deno.test("names of tables and columns are names, whatever they look like", () =>
  withForeign(
    `CREATE TABLE "we""ird'; DROP TABLE x --" ("ke y" INTEGER PRIMARY KEY, "select" TEXT, "a.b" TEXT, "temp" TEXT);
     INSERT INTO "we""ird'; DROP TABLE x --" VALUES (1, 'x', 'y', 'z')`,
    async (world) => {
      const table = `we"ird'; DROP TABLE x --`;
      assertEquals(await found(world, table, ["select", "a.b", "temp"], ["x", "y", "z"]), [1]);
    },
  ));

Deno.test("ids that differ only by what a column's collation takes for the same are those of two rows, where its index tells them apart", () =>
  withForeign(
    `CREATE TABLE t (a TEXT NOT NULL COLLATE NOCASE, b TEXT); CREATE UNIQUE INDEX i ON t (a COLLATE BINARY);
     INSERT INTO t VALUES ('x', 'small'), ('X', 'large')`,
    async (world) => {
      assertEquals(await found(world, "t", ["id"], ["x"], ["X"]), ["x", "X"]);
      assertEquals(await found(world, "t", ["b"], ["small"], ["large"]), ["x", "X"]);
    },
  ));

Deno.test("a search goes by the best index, whatever others there are", () =>
  withForeign(
    `CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2);
     CREATE TABLE t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p, code TEXT, kind TEXT CHECK (kind IN ('a', 'b')), name TEXT);
     CREATE INDEX by_p ON t (p); CREATE INDEX by_kind ON t (kind); CREATE INDEX by_code ON t (code); CREATE INDEX by_name ON t (name, kind);
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
     INSERT INTO t SELECT i, 1 + i % 2, 'c' || i, iif(i % 2, 'a', 'b'), 'n' || (i % 1500) FROM n`,
    async (world) => {
      const used = async (conditions: readonly string[], ...key: readonly (string | number)[]) => {
        const before = world.traced.length;
        await found(world, "t", conditions, key);
        const search = world.traced.slice(before).find((sql) => sql.startsWith("WITH k"));
        return world.database.prepare(`EXPLAIN QUERY PLAN ${search}`).all(...key).map((row) => String(row["detail"]))
          .filter((detail) => / t /.test(detail)).map((detail) => /INDEX (\w+)/.exec(detail)?.[1] ?? detail);
      };
      assertEquals(await used(["p", "code"], 1, "c7"), ["by_code"]);
      assertEquals(await used(["kind", "code", "p"], "a", "c7", 1), ["by_code"]);
      assertEquals(await used(["kind", "name"], "a", "n7"), ["by_name"]);
    },
  ));

Deno.test("a table of very many columns", () => {
  const names = Array.from({ length: 700 }, (_, index) => `c${index}`);
  return withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, ${names.join(", ")}); INSERT INTO t VALUES (1, ${
      names.map((_, index) => index % 3 === 0 ? index : index % 3 === 1 ? `'${index}'` : `x'0${index % 10}'`).join(", ")
    }), (2, ${names.map(() => `printf('%.*c', 100, 'x')`).join(", ")})`,
    async ({ searches }) => {
      const search = searches.search({ class: "t", conditions: ["c1", "c0"], read: names, includeHidden: true });
      const [one, two] = await search.find([["1", "0"], ["x".repeat(100), "x".repeat(100)]]);
      if (one?.kind !== "one" || two?.kind !== "one") throw new Error("not found");
      assertEquals(one.object.values?.slice(0, 3), [0, "1", rawText(new Uint8Array([2]))]);
      assertEquals(one.object.values?.length, 700);
      assertEquals(two.object.values, null);
      assertEquals((await search.valuesOf(two.object)).length, 700);
      assertEquals((await search.valuesOf(two.object))[699], "x".repeat(100));
    },
  );
});
