/** External keys: what a column holds, and the id of what it refers to (rule 20). */
import { assertEquals } from "@std/assert";
import { rawText } from "../../../lib/databases/sqlite/raw_value.ts";
import { rowIdOf } from "../../../lib/databases/foreign/row_ids.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { columnIn, type ForeignWorld, found, listed, tableIn, withForeign } from "./foreign_world.ts";

function valuesOf(world: ForeignWorld, table: string, column: string, ids: readonly unknown[]) {
  const found = world.context.references.valuesOf(columnIn(world, table, column), ids as readonly ObjectId[]);
  return ids.map((id) => found.get(id as ObjectId));
}

Deno.test("a key to the key of its target is the value itself, be there a target or not", () =>
  withForeign(
    `CREATE TABLE c (code TEXT PRIMARY KEY); INSERT INTO c VALUES ('A'), ('B');
     CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT REFERENCES c, parent INTEGER REFERENCES t);
     INSERT INTO t VALUES (1, 'A', NULL), (2, 'gone', 1), (3, NULL, 99), (4, '', 1)`,
    async (world) => {
      assertEquals(await listed(world, "t", ["c", "parent"]), [["A", null], ["gone", 1], [null, 99], [null, 1]]);
      assertEquals(await found(world, "t", ["c"], ["A"], ["gone"], ["B"], [null]), [1, 2, null, "2 rows"]);
      assertEquals(await found(world, "t", ["parent"], [99], [7]), [3, null]);
      assertEquals(valuesOf(world, "t", "c", ["A", "new"]), ["A", "new"]);
      assertEquals(valuesOf(world, "t", "parent", [1, "9007199254740993"]), [1n, 9007199254740993n]);
    },
  ));

Deno.test("a key to another unique column is translated both ways, and what refers to nothing can be told apart", () =>
  withForeign(
    `CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE); INSERT INTO p VALUES (10, 'A'), (20, 'B');
     CREATE TABLE t (id INTEGER PRIMARY KEY, p TEXT REFERENCES p (code));
     INSERT INTO t VALUES (1, 'A'), (2, 'B'), (3, 'gone'), (4, 'lost'), (5, NULL)`,
    async (world) => {
      assertEquals(await listed(world, "t", ["p"]), [[10], [20], [rawText("gone")], [rawText("lost")], [null]]);
      assertEquals(await found(world, "t", ["p"], [10], [20], [rawText("gone")], [30], [null]), [1, 2, 3, null, 5]);
      assertEquals(valuesOf(world, "t", "p", [20, 10, 30, rawText("gone")]), ["B", "A", undefined, "gone"]);
      assertEquals(world.searches.shownId("p", rawText("gone") as string & ObjectId), "gone");
      // What refers to nothing is no row, whatever its value looks like.
      assertEquals(await found(world, "p", ["id"], [rawText(10n)], [10]), [null, 10]);
    },
  ));

Deno.test("a target with a key of several columns", () =>
  withForeign(
    `CREATE TABLE p (a TEXT, b INTEGER, uid TEXT UNIQUE, PRIMARY KEY (a, b)); INSERT INTO p VALUES ('x', 1, 'u1'), ('x', 2, 'u2');
     CREATE TABLE t (id INTEGER PRIMARY KEY, p TEXT REFERENCES p (uid)); INSERT INTO t VALUES (1, 'u2'), (2, 'u9')`,
    async (world) => {
      const id = rowIdOf(tableIn(world, "p").key, ["x", 2n], null);
      assertEquals(await listed(world, "t", ["p"]), [[id], [rawText("u9")]]);
      assertEquals(await found(world, "t", ["p"], [id]), [1]);
      assertEquals(valuesOf(world, "t", "p", [id]), ["u2"]);
    },
  ));

Deno.test("a target that is found by another spelling is told by its own", () =>
  withForeign(
    `CREATE TABLE p (code TEXT COLLATE NOCASE PRIMARY KEY); INSERT INTO p VALUES ('Alpha');
     CREATE TABLE t (id INTEGER PRIMARY KEY, p TEXT REFERENCES p); INSERT INTO t VALUES (1, 'ALPHA'), (2, 'beta')`,
    async (world) => {
      assertEquals(await listed(world, "t", ["p"]), [["Alpha"], [rawText("beta")]]);
    },
  ));

Deno.test("types that only the database takes for the same", () =>
  withForeign(
    `CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (7);
     CREATE TABLE q (code TEXT PRIMARY KEY); INSERT INTO q VALUES ('7');
     CREATE TABLE t (id INTEGER PRIMARY KEY, p TEXT REFERENCES p, n REFERENCES p, q INTEGER REFERENCES q);
     INSERT INTO t VALUES (1, '7', '7', 7)`,
    async (world) => {
      assertEquals(await listed(world, "t", ["p", "n", "q"]), [[7, 7, "7"]]);
      assertEquals(valuesOf(world, "t", "p", [7]), ["7"]);
      assertEquals(valuesOf(world, "t", "q", ["7"]), [7n]);
      assertEquals(await found(world, "t", ["p"], [7]), [1]);
      assertEquals(await found(world, "t", ["q"], ["7"]), [1]);
    },
  ));

Deno.test("bytes as the key of a target", () =>
  withForeign(
    `CREATE TABLE p (uid BLOB PRIMARY KEY, name TEXT); INSERT INTO p VALUES (x'01', 'one'), (x'02', 'two');
     CREATE TABLE t (id INTEGER PRIMARY KEY, p BLOB REFERENCES p); INSERT INTO t VALUES (1, x'02'), (2, x'03')`,
    async (world) => {
      const [two = null] = await found(world, "p", ["name"], ["two"]);
      assertEquals(await listed(world, "t", ["p"]), [[two as string], [rawText(new Uint8Array([3]))]]);
      assertEquals(await found(world, "t", ["p"], [two as string]), [1]);
    },
  ));
