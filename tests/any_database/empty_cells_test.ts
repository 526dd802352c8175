/** Empty cells, on a database that we did not make: what SQLite itself would give, a new row gets of it. */
import { assertEquals } from "@std/assert";
import { withTables } from "../helpers/loading.ts";

const PARTS = `
CREATE TABLE maker (code TEXT PRIMARY KEY NOT NULL);
CREATE TABLE part (
  code TEXT PRIMARY KEY NOT NULL,
  size INTEGER NOT NULL DEFAULT 7,
  weight INTEGER DEFAULT 5,
  maker TEXT REFERENCES maker (code) DEFAULT 'M1',
  note TEXT DEFAULT 'none'
);
INSERT INTO maker VALUES ('M1'), ('M2');
INSERT INTO part VALUES ('old', 1, 2, 'M2', 'as it was');
`;

Deno.test("with empty_cells=keep a new row gets the DEFAULT of a column whose cell is empty, and not NULL", () =>
  withTables(PARTS, async ({ load, query }) => {
    const file = "code,size,weight,maker,note\nA,,,,\nB,3,,M2,\nC,,<NULL>,<NULL>,n\nold,,,,\n";
    const { rows } = await load("part", file, { empty_cells: "keep" });
    assertEquals(rows, ["created part A", "created part B", "created part C", "unchanged part old"]);
    const stored = ["A 7 5 M1 none", "B 3 5 M2 none", "C 7 - - n", "old 1 2 M2 as it was"];
    assertEquals(query("SELECT * FROM part ORDER BY code"), stored);
    const again = await load("part", file, { empty_cells: "keep" });
    assertEquals(again.rows.map((row) => row.split(" ")[0]), ["unchanged", "unchanged", "unchanged", "unchanged"]);
  }));

Deno.test("with empty_cells=keep a new row without a value and without a DEFAULT is in error where one is needed", () =>
  withTables(
    "CREATE TABLE part (code TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL)",
    async ({ load, query }) => {
      const { rows } = await load("part", "code,size\nA,\n", { empty_cells: "keep" });
      assertEquals(rows.map((row) => row.split(":")[0]), ["rejected"]);
      assertEquals(query("SELECT * FROM part"), []);
    },
  ));
