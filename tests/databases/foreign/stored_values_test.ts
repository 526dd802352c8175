/** What a column holds, what the program compares, and back (rules 11 to 15). */
import { assertEquals, assertThrows } from "@std/assert";
import type { StoredValue } from "../../../lib/model/model.ts";
import { type Raw, rawText } from "../../../lib/databases/sqlite/raw_value.ts";
import { ValueNotTold } from "../../../lib/databases/sqlite/sqlite_refusal.ts";
import { columnIn, type ForeignWorld, found, listed, tableIn, withForeign } from "./foreign_world.ts";

function written(world: ForeignWorld, column: string, value: StoredValue, old: Raw = null): Raw {
  return world.context.values.write(tableIn(world, "t"), columnIn(world, "t", column), value, old);
}

Deno.test("null and the empty text are one, and what stands for nothing is the column's", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL DEFAULT '', n INTEGER, d DATE, x);
     INSERT INTO t (a, b, n, d, x) VALUES (NULL, '', NULL, NULL, NULL), ('', '', '', '', '')`,
    async (world) => {
      assertEquals(await listed(world, "t", ["a", "b", "n", "d", "x"]), [
        ["", "", null, null, null],
        ["", "", null, null, null],
      ]);
      assertEquals(["a", "b", "n", "d", "x"].map((name) => written(world, name, null)), [null, "", null, null, null]);
      assertEquals(["a", "b", "n", "d", "x"].map((name) => written(world, name, "")), [null, "", null, null, null]);
    },
  ));

Deno.test("numbers are bound as integers where they are whole", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, i INTEGER, r REAL, m NUMERIC(10,2), x, u uuid, s TEXT)`,
    (world) => {
      assertEquals(written(world, "i", 7), 7n);
      assertEquals(written(world, "i", "9007199254740993"), 9007199254740993n);
      assertEquals(written(world, "r", 7), 7);
      assertEquals(written(world, "r", 0.1), 0.1);
      assertEquals(written(world, "m", 7), 7n);
      assertEquals(written(world, "m", 1.29), 1.29);
      assertEquals(written(world, "u", 7), 7n);
      assertEquals(written(world, "u", "7a"), "7a");
      assertEquals(written(world, "s", "007"), "007");
      assertEquals(written(world, "x", "7"), "7");
      // A number stays one.
      assertEquals(written(world, "x", "7", 5n), 7n);
      assertEquals(written(world, "x", "07", 5n), "07");
    },
  ));

Deno.test("reals, infinities and integers of 64 bits are read to the last digit", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, r REAL, i INTEGER);
     INSERT INTO t (r, i) VALUES (0.30000000000000004, 9007199254740993), (9e999, -9223372036854775808), (-9e999, 'abc'), (5, 1.5)`,
    async (world) => {
      assertEquals(await listed(world, "t", ["r", "i"]), [
        [0.30000000000000004, "9007199254740993"],
        [Infinity, "-9223372036854775808"],
        [-Infinity, "abc"],
        [5, 1.5],
      ]);
    },
  ));

Deno.test("bytes, broken texts and texts that look like our marks are no value of a cell, and are written back as they are", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB);
     INSERT INTO t (a, b) VALUES (x'00ff', x'0102'), (char(0) || 'raw:5', NULL), (CAST(x'ff41' AS TEXT), 'text')`,
    async (world) => {
      const [[bytes, blob] = [], [marked] = [], [broken, text] = []] = await listed(world, "t", ["a", "b"]);
      assertEquals([bytes, blob, marked], [
        rawText(new Uint8Array([0, 255])),
        rawText(new Uint8Array([1, 2])),
        rawText("\0raw:5"),
      ]);
      assertEquals([broken, text], ["\ufffdA", "text"]);
      assertEquals(written(world, "a", bytes ?? null), new Uint8Array([0, 255]));
      assertEquals(written(world, "a", marked ?? null), "\0raw:5");
      assertEquals(await found(world, "t", ["a"], [bytes ?? null], [marked ?? null]), [1, 2]);
    },
  ));

Deno.test("booleans are 0 and 1, and what is neither is in error when it is replaced", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, ok BOOLEAN); INSERT INTO t (ok) VALUES (1), (0), (NULL), ('t'), (2), (1.0)`,
    async (world) => {
      const unknown = [rawText("t"), rawText(2n)];
      assertEquals((await listed(world, "t", ["ok"])).flat(), ["yes", "no", null, ...unknown, "yes"]);
      assertEquals([written(world, "ok", "yes", 0n), written(world, "ok", "no"), written(world, "ok", null, 1n)], [
        1n,
        0n,
        null,
      ]);
      const refused = assertThrows(() => written(world, "ok", "yes", "t"), ValueNotTold);
      assertEquals(
        refused.message,
        `the database holds 't' in 'ok', which is neither yes nor no: say in the overlay how it is stored, such as "stored": ["f", "t"]`,
      );
      // Only what takes a run back writes it.
      assertEquals(written(world, "ok", rawText("t"), 1n), "t");
      assertEquals(await found(world, "t", ["ok"], ["no"], ["yes"], [null]), [2, "2 rows", 3]);
    },
  ));

Deno.test("booleans as an overlay has them", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, ok BOOLEAN); INSERT INTO t (ok) VALUES ('t'), ('f'), (1)`,
    async (world) => {
      assertEquals((await listed(world, "t", ["ok"])).flat(), ["yes", "no", rawText(1n)]);
      assertEquals(written(world, "ok", "yes", "f"), "t");
      assertEquals(await found(world, "t", ["ok"], ["no"]), [2]);
    },
    { overlay: { classes: { t: { attributes: { ok: { kind: "boolean", stored: ["f", "t"] } } } } } },
  ));

Deno.test("enumerations of integers are stored as such", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, k INTEGER CHECK (k IN (1, 2)), s TEXT CHECK (s IN ('a', 'b')));
     INSERT INTO t (k, s) VALUES (1, 'a'), (NULL, NULL)`,
    async (world) => {
      assertEquals(await listed(world, "t", ["k", "s"]), [["1", "a"], [null, null]]);
      assertEquals([written(world, "k", "2"), written(world, "s", "b"), written(world, "s", null)], [2n, "b", null]);
      assertEquals(await found(world, "t", ["k"], ["1"], ["2"]), [1, null]);
    },
  ));

Deno.test("generated columns are read, and are keys", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT, name TEXT GENERATED ALWAYS AS (upper(body)) VIRTUAL); INSERT INTO t (body) VALUES ('a'), ('b')`,
    async (world) => {
      assertEquals(await listed(world, "t", ["name"]), [["A"], ["B"]]);
      assertEquals(await found(world, "t", ["name"], ["B"]), [2]);
    },
  ));
