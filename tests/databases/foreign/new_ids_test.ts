/** The ids of new rows, and numbers for rows of any id. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { IdNumbers } from "../../../lib/databases/foreign/id_numbers.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { create, inRun, refusals, withForeignFile } from "./foreign_file.ts";
import { FACTS } from "./log/logged_database.ts";

const id = (value: number | string) => value as ObjectId;

Deno.test("new ids: rowids count on behind the largest, and behind the largest that ever was", async () => {
  await withForeignFile(
    `CREATE TABLE plain (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE once (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
     INSERT INTO plain VALUES (7, 'a'), (9, 'b'); DELETE FROM plain WHERE id = 9;
     INSERT INTO once VALUES (7, 'a'), (9, 'b'); DELETE FROM once WHERE id = 9;`,
    async (file) => {
      await inRun(await file.open(), (objects) => {
        assertEquals(create(objects, "plain", { v: "x" }), id(8));
        assertEquals(create(objects, "once", { v: "x" }), id(10));
        // Those of the file count too.
        assertEquals(create(objects, "once", { id: 20, v: "y" }), id(20));
        assertEquals(create(objects, "once", { v: "z" }), id(21));
        assert(objects.isNew("once", id(20)) && objects.isNew("once", id(21)) && !objects.isNew("once", id(7)));
        assertEquals([objects.shownId("once", id(21)), objects.shownId("once", id(7))], [21, 7]);
      });
      assertEquals(file.query("SELECT id, v FROM once"), [[7, "a"], [10, "x"], [20, "y"], [21, "z"]]);
      assertEquals(file.query("SELECT seq FROM sqlite_sequence"), [[21]]);
    },
  );
});

Deno.test("new ids: INTEGER PRIMARY KEY DESC and INT PRIMARY KEY are no rowids", async () => {
  await withForeignFile(
    `CREATE TABLE down (id INTEGER PRIMARY KEY DESC, v TEXT); CREATE TABLE short (id INT PRIMARY KEY, v TEXT);`,
    async (file) => {
      await inRun(await file.open(), async (objects) => {
        assertEquals(create(objects, "down", { id_: 5, v: "a" }), id(5));
        assertEquals(create(objects, "short", { id_: 6, v: "b" }), id(6));
        assertEquals(await refusals(objects), []);
      });
      assertEquals(file.query('SELECT id, "rowid" FROM down UNION ALL SELECT id, "rowid" FROM short'), [[5, 1], [
        6,
        1,
      ]]);
    },
  );
});

Deno.test("new ids: keys of text and of several columns are what the row gives, as the column will hold it", async () => {
  await withForeignFile(
    `CREATE TABLE a (k TEXT PRIMARY KEY); CREATE TABLE b (k NUMERIC PRIMARY KEY) WITHOUT ROWID;
     CREATE TABLE c (x TEXT, y INTEGER, PRIMARY KEY (x, y));`,
    async (file) => {
      await inRun(await file.open(), (objects) => {
        assertEquals(create(objects, "a", { k: "007" }), id("007"));
        assertEquals(create(objects, "b", { k: 7 }), id(7));
        const both = create(objects, "c", { y: 2, x: "r" });
        assertEquals(objects.shownKey("c", both), ["r", 2]);
        assertEquals(objects.shownId("c", both), "r|2");
      });
      assertEquals(file.query("SELECT k FROM a UNION ALL SELECT k FROM b UNION ALL SELECT x || y FROM c"), [
        ["007"],
        [7],
        ["r2"],
      ]);
    },
  );
});

Deno.test("new ids: two runs of a transaction have each the DEFAULT of their own table", async () => {
  await withForeignFile(
    "CREATE TABLE a (k TEXT PRIMARY KEY DEFAULT 'of a', v TEXT); CREATE TABLE b (k TEXT PRIMARY KEY DEFAULT 'of b', v TEXT);",
    async (file) => {
      const store = await file.open();
      const model = await store.model();
      await store.transaction(async (transaction) => {
        for (const table of ["a", "b"]) {
          const { objects, finish } = await transaction.run(model, { ...FACTS, simulate: false });
          assertEquals(create(objects, table, { v: "x" }), id(`of ${table}`));
          assertEquals(await refusals(objects), []);
          await finish({ created: 1, updated: 0, unchanged: 0, inError: 0 }, null);
        }
      }, { rollback: false });
      assertEquals(file.query("SELECT k FROM a UNION ALL SELECT k FROM b"), [["of a"], ["of b"]]);
    },
  );
});

Deno.test("new ids: a key that the file leaves out is the DEFAULT, worked out by SQLite", async () => {
  await withForeignFile(
    `CREATE TABLE a (k TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(4))) -- made up
     ), v TEXT);
     CREATE TABLE b (x TEXT DEFAULT "it's", y INTEGER DEFAULT 12, z TEXT DEFAULT word, v TEXT, PRIMARY KEY (x, y, z, v));`,
    async (file) => {
      const keys = await inRun(await file.open(), async (objects) => {
        const made = [create(objects, "a", { v: "1" }), create(objects, "a", { v: "2" })];
        const both = create(objects, "b", { v: "q" });
        assertEquals(objects.shownKey("b", both), ["it's", 12, "word", "q"]);
        assertEquals(await refusals(objects), []);
        return made.map(String);
      });
      for (const key of keys) assertMatch(key, /^[0-9a-f]{8}$/);
      assertEquals(file.query("SELECT k FROM a ORDER BY v"), keys.map((key) => [key]));
      assertEquals(file.query("SELECT x, y, z FROM b"), [["it's", 12, "word"]]);
      assertEquals(file.query("SELECT name FROM sqlite_schema WHERE name LIKE 'csvrecon%'"), []);
    },
  );
});

Deno.test("new ids: an overlay says how keys and other columns are made up and filled", async () => {
  await withForeignFile(`CREATE TABLE a (k uuid PRIMARY KEY, h TEXT, t INTEGER NOT NULL, v TEXT)`, async (file) => {
    const overlay = {
      classes: {
        a: {
          attributes: {
            k: { generate: "uuid" },
            h: { generate: "hex32" },
            t: { default: { sql: "abs(-42) + 1" } },
          },
        },
      },
    };
    await inRun(await file.open({ overlay }), async (objects) => {
      for (const v of ["1", "2", "3"]) assertMatch(String(create(objects, "a", { v })), /^[0-9a-f-]{36}$/);
      create(objects, "a", { k: "own", h: "own", t: 1, v: "4" });
      assertEquals(await refusals(objects), []);
    });
    assertEquals(file.query("SELECT length(k), length(h), t FROM a ORDER BY v"), [
      [36, 32, 43],
      [36, 32, 43],
      [36, 32, 43],
      [3, 3, 1],
    ]);
    assertEquals(file.query("SELECT count(DISTINCT k) + count(DISTINCT h) FROM a"), [[8]]);
  });
});

Deno.test("new ids: rows without a key are told apart by their rowid, under a name that no column has", async () => {
  await withForeignFile(
    `CREATE TABLE plain (a TEXT, rowid TEXT); INSERT INTO plain VALUES ('x', 'r');`,
    async (file) => {
      await inRun(await file.open({ changeLog: "beside" }), (objects) => {
        const made = create(objects, "plain", { a: "y" });
        assertEquals(objects.shownId("plain", made), 2);
        create(objects, "plain", { a: "z", rowid: "own" });
      });
      assertEquals(file.query('SELECT _rowid_ AS r, a, "rowid" FROM plain'), [[1, "x", "r"], [2, "y", null], [
        3,
        "z",
        "own",
      ]]);
      assertEquals(file.log("SELECT object_key FROM change_op"), [['["y",null]'], ['["z","own"]']]);
    },
  );
});

Deno.test("new ids: behind the last id there is none, and the row is refused", async () => {
  const none = (column: string) =>
    `stored: no number is left for a new row: a row has the last one that SQLite knows in '${column}', ` +
    "9223372036854775807. Give that row a smaller one with the program that owns the database";
  await withForeignFile(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (9223372036854775807, 'a');
     CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); INSERT INTO counted SELECT * FROM t;
     CREATE TABLE plain (v TEXT); INSERT INTO plain (rowid, v) SELECT * FROM t;
     CREATE TABLE named (v TEXT PRIMARY KEY); INSERT INTO named (rowid, v) SELECT * FROM t;`,
    async (file) => {
      await inRun(await file.open(), async (objects) => {
        for (const table of ["t", "counted", "plain"]) {
          create(objects, table, { v: "b" });
          assertEquals(await refusals(objects), [none(`${table}.${table === "plain" ? "rowid" : "id"}`)]);
        }
        // Its key tells the row apart, so SQLite may number it as it likes.
        create(objects, "named", { v: "b" });
        assertEquals(await refusals(objects), []);
      });
    },
  );
});

Deno.test("new ids: a simulation shows the ids as 0 that no file gives", async () => {
  await withForeignFile(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a');`,
    async (file) => {
      const store = await file.open({ changeLog: "beside" });
      await inRun(store, (objects) => {
        const shown = [create(objects, "t", { v: "b" }), create(objects, "t", { id: 9, v: "c" }), id(1)].map((one) =>
          objects.shownId("t", one)
        );
        assertEquals(shown, [0, 9, 1]);
      }, { rollback: true });
      assertEquals(file.query("SELECT id FROM t"), [[1]]);
      assertEquals([...Deno.readDirSync(file.folder)].map(({ name }) => name), ["case.db"]);
    },
  );
});

Deno.test("numbers of rows: whole numbers, fractions, texts and rowids all have theirs, in an order", () => {
  const numbers = new IdNumbers();
  const ids = [5, -3, "b", "\u0000rowid:4", 1.5, "a", "\u0000rowid:3"].map(id);
  ids.forEach((one, index) => assertEquals(numbers.noteOnce(one, index), index));
  assertEquals(numbers.noteOnce(id("b"), 99), 2);
  assertEquals(ids.map((one) => numbers.of(one)), [0, 1, 2, 3, 4, 5, 6]);
  numbers.forget(id("b"));
  numbers.forget(id("\u0000rowid:4"));
  assertEquals([numbers.of(id("b")), numbers.of(id("\u0000rowid:4")), numbers.of(id("c"))], [null, null, null]);
  assertEquals([...numbers.pages()].flat(), [-3, 5, "\u0000rowid:3", 1.5, "a"].map(id));
});
