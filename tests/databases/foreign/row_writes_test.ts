/** Rows that are created, updated and deleted. */
import { assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../../lib/errors.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { TransactionLost } from "../../../lib/store/store.ts";
import { create, type ForeignFile, inRun, refusals, update, withForeignFile } from "./foreign_file.ts";

const PARTS =
  `CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, price REAL, made TEXT NOT NULL DEFAULT 'here',
    twice INTEGER AS (price * 2), note TEXT NOT NULL DEFAULT '', CHECK (price < 100));
  INSERT INTO part (code, price) VALUES ('P1', 1.5), ('P2', 2.5);`;

Deno.test("foreign rows: a new row has the columns that were given, and the database fills the others", async () => {
  await withForeignFile(PARTS, async (file) => {
    await inRun(await file.open(), (objects) => {
      create(objects, "part", { code: "P3", price: 3, note: "" });
      create(objects, "part", { code: "P4", price: null, note: "x" });
    });
    assertEquals(file.query("SELECT *, typeof(price) FROM part WHERE id > 2"), [
      [3, "P3", 3, "here", 6, "", "real"],
      [4, "P4", null, "here", null, "x", "null"],
    ]);
  });
});

Deno.test("foreign rows: what SQLite refuses is refused by itself, with the name of what forbids it", async () => {
  await withForeignFile(PARTS, async (file) => {
    await inRun(await file.open(), async (objects) => {
      create(objects, "part", { code: "P3", price: 3 });
      create(objects, "part", { code: "P1", price: 4 });
      create(objects, "part", { code: "P5", price: 500 });
      update(objects, "part", 2, { price: 7 });
      assertEquals(await refusals(objects), [
        "unique: UNIQUE constraint failed: part.code",
        "check: CHECK constraint failed: price < 100",
      ]);
    });
    assertEquals(file.query("SELECT code, price FROM part ORDER BY code"), [["P1", 1.5], ["P2", 7], ["P3", 3]]);
  });
});

Deno.test("foreign rows: an update sets only what differs, and the log has what was stored", async () => {
  await withForeignFile(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c NUMERIC, seen TEXT);
     CREATE TRIGGER note_b AFTER UPDATE OF b ON part BEGIN UPDATE part SET seen = 'b' WHERE id = new.id; END;
     INSERT INTO part VALUES (1, '007', 'x', 9007199254740993, NULL), (2, NULL, 'y', x'00ff', NULL);`,
    async (file) => {
      await inRun(await file.open({ changeLog: "beside" }), (objects) => {
        update(objects, "part", 1, { a: "008", c: "9007199254740995" });
        update(objects, "part", 2, { a: "1", c: 5 });
        update(objects, "part", 1, { a: "009" });
      });
      assertEquals(file.query("SELECT id, a, b, CAST(c AS TEXT), seen FROM part"), [
        [1, "009", "x", "9007199254740995", null],
        [2, "1", "y", "5", null],
      ]);
      assertEquals(file.log("SELECT object_key, attribute, old_value, new_value FROM change_op ORDER BY id"), [
        ["[1]", "a", '"007"', '"008"'],
        ["[1]", "c", "9007199254740993", "9007199254740995"],
        ["[2]", "a", "null", '"1"'],
        ["[2]", "c", '{"hex":"00ff"}', "5"],
        ["[1]", "a", '"008"', '"009"'],
      ]);
    },
  );
});

Deno.test("foreign rows: keys that only differ in case are two rows where the database says so", async () => {
  await withForeignFile(
    `CREATE TABLE one (k TEXT COLLATE NOCASE NOT NULL, v TEXT); CREATE UNIQUE INDEX exact ON one (k COLLATE BINARY);
     CREATE TABLE two (k TEXT NOT NULL COLLATE NOCASE, l INTEGER, v TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID;
     INSERT INTO one VALUES ('a', '1'), ('A', '2'); INSERT INTO two VALUES ('a', 1, '1'), ('A', 2, '2');`,
    async (file) => {
      await inRun(await file.open(), (objects) => {
        update(objects, "one", "A", { v: "new" });
        update(objects, "two", '\u0000key:["A",2]', { v: "new" });
      });
      assertEquals(file.query("SELECT k, v FROM one UNION ALL SELECT k, v FROM two"), [
        ["a", "1"],
        ["A", "new"],
        ["a", "1"],
        ["A", "new"],
      ]);
    },
  );
});

Deno.test("foreign rows: an insert that a table would let take the place of another row is refused", async () => {
  await withForeignFile(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT UNIQUE ON CONFLICT REPLACE, n INTEGER NOT NULL ON CONFLICT IGNORE);
     INSERT INTO part VALUES (1, 'P1', 1);`,
    async (file) => {
      await inRun(await file.open(), async (objects) => {
        create(objects, "part", { code: "P1", n: 2 });
        create(objects, "part", { code: "P2", n: null });
        assertEquals(await refusals(objects), [
          "unique: UNIQUE constraint failed: part.code",
          "not_null: NOT NULL constraint failed: part.n",
        ]);
      });
      assertEquals(file.query("SELECT id, code, n FROM part"), [[1, "P1", 1]]);
    },
  );
});

const TRIGGERS = `CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT, price REAL);
  CREATE TRIGGER minds BEFORE INSERT ON part WHEN new.code = 'abort' BEGIN SELECT RAISE(ABORT, 'no such part'); END;
  CREATE TRIGGER minds_too BEFORE INSERT ON part WHEN new.code = 'ignore' BEGIN SELECT RAISE(IGNORE); END;
  CREATE TRIGGER takes AFTER INSERT ON part WHEN new.code = 'gone' BEGIN DELETE FROM part WHERE id = new.id; END;
  CREATE TRIGGER ends BEFORE INSERT ON part WHEN new.code = 'rollback' BEGIN SELECT RAISE(ROLLBACK, 'all is over'); END;
  CREATE TRIGGER keeps BEFORE DELETE ON part WHEN old.code = 'kept' BEGIN SELECT RAISE(IGNORE); END;
  CREATE TRIGGER still BEFORE UPDATE ON part WHEN old.code = 'kept' BEGIN SELECT RAISE(IGNORE); END;
  INSERT INTO part VALUES (1, 'kept', 1);`;

Deno.test("foreign rows: a trigger's own words, and none at all", async () => {
  await withForeignFile(TRIGGERS, async (file) => {
    await inRun(await file.open(), async (objects) => {
      for (const code of ["abort", "P1", "ignore", "gone"]) create(objects, "part", { code });
      update(objects, "part", 1, { price: 2 });
      const leftOut = "trigger: a trigger left it out";
      assertEquals(await refusals(objects), ["trigger: no such part", leftOut, leftOut, leftOut]);
      const refused = await objects.deleteMany("part", [1 as number & ObjectId]);
      assertEquals(refused?.rule, "trigger");
    });
    assertEquals(file.query("SELECT code, price FROM part"), [["kept", 1], ["P1", null]]);
  });
});

Deno.test("foreign rows: a trigger that takes everything back ends the run, and the log with it", async () => {
  await withForeignFile(TRIGGERS, async (file) => {
    const store = await file.open({ changeLog: "beside" });
    const run = inRun(store, async (objects) => {
      create(objects, "part", { code: "P1" });
      await objects.settled();
      create(objects, "part", { code: "rollback" });
      await objects.settled();
    });
    const error = await assertRejects(() => run, TransactionLost);
    assertEquals(error.cause instanceof RunStop ? error.cause.exitCode : null, 73);
    assertEquals(file.query("SELECT code FROM part"), [["kept"]]);
    await inRun(store, (objects) => void create(objects, "part", { code: "P2" }));
    assertEquals(file.log("SELECT count(*) FROM change_op"), [[1]]);
  });
});

const FAMILY = `CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT, photo BLOB);
  CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent ON DELETE CASCADE, name TEXT);
  CREATE TABLE toy (id INTEGER PRIMARY KEY, owner INTEGER DEFAULT 7 REFERENCES child (id) ON DELETE SET NULL);
  CREATE TABLE book (id INTEGER PRIMARY KEY, reader INTEGER REFERENCES Parent (ID) ON DELETE SET DEFAULT);
  CREATE TABLE debt (id INTEGER PRIMARY KEY, debtor INTEGER REFERENCES parent);
  INSERT INTO parent VALUES (1, 'Ann', x'0102'), (2, 'Bob', NULL), (3, NULL, NULL);
  INSERT INTO child VALUES (10, 1, 'Cid'), (11, 1, NULL), (12, 2, 'Dan');
  INSERT INTO toy VALUES (20, 10), (21, 12); INSERT INTO book VALUES (30, 1); INSERT INTO debt VALUES (40, 2);`;

Deno.test("foreign rows: a deletion is logged with all that goes along, and with all values", async () => {
  await withForeignFile(FAMILY, async (file) => {
    const store = await file.open({ changeLog: "beside" });
    await inRun(store, async (objects) => {
      const ids = [1, 3] as unknown as ObjectId[];
      assertEquals(await objects.consequencesOf("parent", ids), [
        { class: "child", id: 10 as number & ObjectId, emptied: null },
        { class: "child", id: 11 as number & ObjectId, emptied: null },
        { class: "book", id: 30 as number & ObjectId, emptied: "reader" },
        { class: "toy", id: 20 as number & ObjectId, emptied: "owner" },
      ]);
      objects.delete("parent", ids);
      await objects.settled();
      assertEquals(objects.deletedObjects, 6);
    });
    assertEquals(file.query("SELECT id FROM parent UNION SELECT id FROM child"), [[2], [12]]);
    assertEquals(file.query("SELECT owner FROM toy UNION ALL SELECT reader FROM book"), [[null], [12], [null]]);
    assertEquals(
      file.log("SELECT class, object_key, operation, attribute, old_value, new_value FROM change_op ORDER BY id"),
      [
        ["parent", "[1]", "delete", "id", "1", null],
        ["parent", "[1]", "delete", "name", '"Ann"', null],
        ["parent", "[1]", "delete", "photo", '{"hex":"0102"}', null],
        ["parent", "[3]", "delete", "id", "3", null],
        ["child", "[10]", "delete", "id", "10", null],
        ["child", "[10]", "delete", "parent", "1", null],
        ["child", "[10]", "delete", "name", '"Cid"', null],
        ["child", "[11]", "delete", "id", "11", null],
        ["child", "[11]", "delete", "parent", "1", null],
        ["book", "[30]", "update", "reader", "1", "null"],
        ["toy", "[20]", "update", "owner", "10", "null"],
      ],
    );
  });
});

Deno.test("foreign rows: what goes along is logged though an overlay hides its table", async () => {
  await withForeignFile(FAMILY, async (file) => {
    const overlay = { classes: { child: { hidden: true }, book: { hidden: true } } };
    const store = await file.open({ changeLog: "beside", overlay });
    await inRun(store, async (objects) => {
      assertEquals(await objects.consequencesOf("parent", [1 as number & ObjectId]), [
        { class: "toy", id: 20 as number & ObjectId, emptied: "owner" },
      ]);
      objects.delete("parent", [1 as number & ObjectId]);
      await objects.settled();
    });
    assertEquals(file.query("SELECT id FROM child UNION ALL SELECT reader FROM book"), [[12], [null]]);
    assertEquals(
      file.log(
        "SELECT class, object_key, operation, attribute, old_value, new_value FROM change_op WHERE class <> 'parent' ORDER BY id",
      ),
      [
        ["child", "[10]", "delete", "id", "10", null],
        ["child", "[10]", "delete", "parent", "1", null],
        ["child", "[10]", "delete", "name", '"Cid"', null],
        ["child", "[11]", "delete", "id", "11", null],
        ["child", "[11]", "delete", "parent", "1", null],
        ["book", "[30]", "update", "reader", "1", "null"],
        ["toy", "[20]", "update", "owner", "10", "null"],
      ],
    );
  });
});

Deno.test("foreign rows: entries of very many deletions are written as they come, and taken back with them", async () => {
  const many = "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 799)";
  await withForeignFile(`${FAMILY} ${many} INSERT INTO parent SELECT i, 'p' || i, NULL FROM n`, async (file) => {
    const traced: string[] = [];
    const store = await file.open({ changeLog: "inside", onStatement: (sql) => traced.push(sql) });
    const ids = Array.from({ length: 700 }, (_, index) => 100 + index) as unknown as ObjectId[];
    await inRun(store, async (objects) => {
      create(objects, "parent", { name: "first" });
      await objects.settled();
      assertEquals((await objects.deleteMany("parent", [...ids, 2 as number & ObjectId]))?.rule, "foreign_key");
      traced.length = 0;
      assertEquals(await objects.deleteMany("parent", ids), null);
      assertEquals(objects.deletedObjects, 700);
      const [written, released] = ["INSERT INTO csvrecon_change_op", "RELEASE writes"].map((begin) =>
        traced.findIndex((sql) => sql.startsWith(begin))
      );
      assertEquals([(written ?? -1) > 0, (written ?? 0) < (released ?? 0)], [true, true]);
    });
    assertEquals(
      file.query("SELECT operation, count(*), count(DISTINCT object_key) FROM csvrecon_change_op GROUP BY operation"),
      [["create", 1, 1], ["delete", 1400, 700]],
    );
  });
});

Deno.test("foreign rows: who refers to a row keeps it", async () => {
  await withForeignFile(FAMILY, async (file) => {
    await inRun(await file.open(), async (objects) => {
      const ids = [1, 2] as unknown as ObjectId[];
      assertEquals(
        (await objects.referrersTo("parent", ids)).map(({ class: code, id, attribute, target }) =>
          `${code} ${id} ${attribute} ${target}`
        ),
        ["child 10 parent 1", "child 12 parent 2", "book 30 reader 1", "debt 40 debtor 2"],
      );
      assertEquals((await objects.deleteMany("parent", ids))?.rule, "foreign_key");
    });
    assertEquals(file.query("SELECT count(*) FROM parent"), [[3]]);
  });
});

Deno.test("foreign rows: without foreign keys nothing goes along", async () => {
  await withForeignFile(FAMILY, async (file) => {
    await inRun(await file.open({ foreignKeys: false }), async (objects) => {
      assertEquals(await objects.deleteMany("parent", [1, 2] as unknown as ObjectId[]), null);
      assertEquals(objects.deletedObjects, 2);
    });
    assertEquals(file.query("SELECT count(*) FROM child"), [[3]]);
  });
});

const DEFERRED = `CREATE TABLE place (x INTEGER, y INTEGER, name TEXT, PRIMARY KEY (x, y));
  CREATE TABLE post (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, FOREIGN KEY (x, y) REFERENCES place DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO place VALUES (1, 1, 'a'), (2, 2, 'b'); INSERT INTO post VALUES (1, 1, 1);`;

Deno.test("foreign rows: a foreign key that is checked at the end is a row's fault, and not the run's", async () => {
  await withForeignFile(DEFERRED, async (file) => {
    await inRun(await file.open(), async (objects) => {
      create(objects, "post", { x: 2, y: 2 });
      create(objects, "post", { x: 2, y: 3 });
      create(objects, "post", { x: 2, y: null });
      update(objects, "post", 1, { y: 9 });
      const refused = "foreign_key: FOREIGN KEY constraint failed";
      assertEquals(await refusals(objects), [refused, refused]);
      const place = ["\u0000key:[1,1]"] as unknown as ObjectId[];
      assertEquals((await objects.deleteMany("place", place))?.rule, "foreign_key");
    });
    assertEquals(file.query("SELECT x, y FROM post"), [[1, 1], [2, 2], [2, null]]);
  });
});

Deno.test("foreign rows: so it is where an overlay hides the table that it leads to", async () => {
  await withForeignFile(DEFERRED, async (file) => {
    await inRun(await file.open({ overlay: { classes: { place: { hidden: true } } } }), async (objects) => {
      create(objects, "post", { x: 2, y: 2 });
      create(objects, "post", { x: 2, y: 3 });
      assertEquals((await objects.settled()).length, 1);
    });
    assertEquals(file.query("SELECT x, y FROM post"), [[1, 1], [2, 2]]);
  });
});

Deno.test("foreign rows: writes that stand together fall together", async () => {
  await withForeignFile(FAMILY, async (file) => {
    await inRun(await file.open({ changeLog: "beside" }), async (objects) => {
      const refusal = await objects.together(async () => {
        create(objects, "child", { name: "Eve", parent: 2 });
        await objects.settled();
        create(objects, "child", { name: "Eve", parent: 99 });
      });
      assertEquals(refusal?.rule, "foreign_key");
      create(objects, "child", { name: "Flo", parent: 2 });
    });
    assertEquals(file.query("SELECT name FROM child WHERE id > 12"), [["Flo"]]);
    assertEquals(file.log("SELECT count(*) FROM change_op"), [[1]]);
  });
});

Deno.test("foreign rows: many new rows are logged as few are, in the order of the file", async () => {
  await withForeignFile(PARTS, async (file) => {
    await inRun(await file.open({ changeLog: "beside" }), (objects) => {
      update(objects, "part", 1, { price: 2 });
      for (let index = 0; index < 200; index++) create(objects, "part", { code: `N${index}`, price: 0.5 });
      update(objects, "part", 2, { price: 3 });
      create(objects, "part", { code: "last" });
    });
    const entries = file.log(
      "SELECT operation, class, object_key, old_value, new_value, made FROM change_op ORDER BY id",
    );
    assertEquals(entries.length, 203);
    assertEquals(entries[0], ["update", "part", "[1]", "1.5", "2.0", null]);
    assertEquals(entries[200], ["create", "part", "[202]", null, null, '{"code":"N199","price":0.5}']);
    assertEquals(entries.slice(201).map(([operation, , key]) => [operation, key]), [["update", "[2]"], [
      "create",
      "[203]",
    ]]);
    assertEquals(file.log("SELECT first_op, last_op FROM change"), [[1, 203]]);
  });
});

async function written(file: ForeignFile, table: string): Promise<readonly unknown[][]> {
  await inRun(await file.open(), async (objects) => {
    create(objects, table, { "a b": "1", 'q"x': "2" });
    assertEquals(await refusals(objects), []);
  });
  return file.query(`SELECT "a b", "q""x" FROM "${table.replaceAll('"', '""')}"`);
}

Deno.test("foreign rows: nothing is executed from a name", async () => {
  for (const table of ['x"; DROP TABLE other; --', "sel'ect", "a]b", "new\nline", "tab\tle", "ümlaut", "ORDER"]) {
    const name = `"${table.replaceAll('"', '""')}"`;
    await withForeignFile(
      `CREATE TABLE other (id INTEGER PRIMARY KEY); CREATE TABLE ${name} ("a b" TEXT PRIMARY KEY, "q""x" TEXT, "rowid" TEXT)`,
      async (file) => {
        assertEquals(await written(file, table), [["1", "2"]]);
        assertEquals(file.query("SELECT count(*) FROM other"), [[0]]);
      },
    );
  }
});

Deno.test("foreign rows: tables whose names differ in the case of other alphabets are not the same", async () => {
  await withForeignFile(
    `CREATE TABLE ä (id INTEGER PRIMARY KEY); CREATE TABLE Ä (id INTEGER PRIMARY KEY);
     CREATE TABLE child (id INTEGER PRIMARY KEY, of INTEGER REFERENCES ä ON DELETE CASCADE);
     INSERT INTO ä VALUES (1); INSERT INTO Ä VALUES (1); INSERT INTO child VALUES (7, 1);`,
    async (file) => {
      await inRun(
        await file.open({ changeLog: "beside" }),
        (objects) => objects.delete("Ä", [1 as unknown as ObjectId]),
      );
      assertEquals(file.query("SELECT count(*) FROM child"), [[1]]);
      assertEquals(file.log("SELECT class, object_key FROM change_op"), [["Ä", "[1]"]]);
    },
  );
});
