/** Rows of tables of databases that csvrecon did not make: what is written, what stays, and what is said. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withTables } from "../helpers/loading.ts";

const ITEMS = `
  CREATE TABLE maker (maker_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  INSERT INTO maker VALUES (0, 'Zero'), (7, 'Seven');
  CREATE TABLE item (item_id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, unit TEXT NOT NULL DEFAULT 'pcs',
    maker_id INTEGER NOT NULL REFERENCES maker, other INTEGER REFERENCES maker, note TEXT, qty INTEGER DEFAULT 3,
    size TEXT AS (upper(unit)) STORED, photo BLOB);
  INSERT INTO item (item_id, sku, name, maker_id) VALUES (1, 'S1', 'Screw', 7);
`;

Deno.test("new rows lack all columns that must have a value, and none that the database fills", () =>
  withTables(ITEMS, async ({ load, query }) => {
    const { rows } = await load("item", "sku,note\nS1,x\nS2,y\n");
    assertEquals(rows, [
      'updated item 1 note=""->"x"',
      "rejected: Could not be created, due to missing external key(s): maker_id | " +
      "Unexpected value for attribute 'name' (name) : Null not allowed",
    ]);
    await load("item", "sku,name,maker_id\nS3,Nut,7\n");
    assertEquals(query("SELECT sku, unit, maker_id, other, note, qty, size FROM item ORDER BY 1"), [
      "S1 pcs 7 - x 3 PCS",
      "S3 pcs 7 - - 3 PCS",
    ]);
  }));

Deno.test("0 is a value of a key like any other, and nothing is shown of none", () =>
  withTables(ITEMS, async ({ load, print, query }) => {
    const csv = "sku,name,maker_id,other\nS1,Screw,0,\nS2,Nut,7,0\nS3,Bolt,00,7\n";
    const { stdout } = await print("item", csv, { simulate: "1" });
    assertStringIncludes(stdout, '\n0;updated 1 cols;item;1;0;;"S1";"Screw";0;""\n');
    assertStringIncludes(stdout, '\n1;created;item;0;7;0;"S2";"Nut";7;0\n');
    const { rows } = await load("item", csv);
    assertEquals(rows, ["updated item 1 maker_id=7->0", "created item 2", "created item 3"]);
    assertEquals(query("SELECT sku, maker_id, other FROM item ORDER BY 1"), ["S1 0 -", "S2 7 0", "S3 0 7"]);
  }));

Deno.test("a key that is not there is told with what is there, and how it is found by a name", () =>
  withTables(ITEMS, async ({ load }) => {
    const { rows } = await load("item", "sku,name,maker_id\nS2,Nut,99\nS3,Nut,Seven\nS4,Nut,\n");
    const rejected = "rejected: Unexpected attribute value(s) | ";
    const notFound = (id: string) =>
      `maker_id: '${id}' is an invalid value. Unexpected value for attribute 'maker_id': Target object not found (maker::${id})`;
    assertEquals(rows, [
      `${rejected}maker_id: No match for value '99'. Some possible 'maker' value(s): 7, 0 | ${notFound("99")}`,
      `${rejected}maker_id: No match for value 'Seven'. Some possible 'maker' value(s): 7, 0. ` +
      `An id is expected here: a column 'maker_id->name' finds it by name | ${notFound("Seven")}`,
      `${rejected}maker_id: Invalid value for attribute. Null not allowed | ` +
      "maker_id: '' is an invalid value. Unexpected value for attribute 'maker_id': Null not allowed",
    ]);
  }));

const OLD = `
  CREATE TABLE kind (code TEXT PRIMARY KEY);
  INSERT INTO kind VALUES ('a'), ('b');
  CREATE TABLE old (id INTEGER PRIMARY KEY, ref TEXT UNIQUE, short VARCHAR(3), state TEXT NOT NULL CHECK (state IN ('on', 'off')),
    count INTEGER, price DECIMAL(5,2), born DATE, kind TEXT REFERENCES kind, name TEXT NOT NULL DEFAULT 'x', line VARCHAR(99),
    uid UUID, big INTEGER, ratio REAL);
  PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
  INSERT INTO old VALUES (1, 'R1', 'long text', 'maybe', 'many', 1.005, '0000-00-00', 'gone', '', 'a' || char(10) || 'b', 10, 9007199254740993, 0.1);
`;

const AS_STORED = 'R1,long text,maybe,many,1.005,0000-00-00,gone,,"a\nb",10,9007199254740993,0.1000';
const COLUMNS = "ref,short,state,count,price,born,kind,name,line,uid,big,ratio\n";

const STORED = "SELECT ref, short, state, count, price, born, kind, name, line, uid, CAST(big AS TEXT), ratio FROM old";

Deno.test("what is stored against all rules stays, and is no error, while the file says the same", () =>
  withTables(OLD, async ({ load, query }) => {
    const before = query(STORED);
    assertEquals((await load("old", COLUMNS + AS_STORED + "\n")).rows, ["unchanged old 1"]);
    const changed = AS_STORED.replace("10,9007199254740993", "10,9007199254740994");
    assertEquals((await load("old", COLUMNS + changed + "\n")).rows, [
      'updated old 1 big="9007199254740993"->"9007199254740994"',
    ]);
    await load("old", COLUMNS + AS_STORED + "\n");
    assertEquals(query(STORED), before);
  }));

Deno.test("the same cells are errors where the row says anything else of them", () =>
  withTables(OLD, async ({ load, query }) => {
    const before = query(STORED);
    const cells = [
      ["long text", "long texts", "short: 'long texts'"],
      ["maybe", "perhaps", "state: 'perhaps'"],
      ["many", "some", "count: 'some'"],
      ["1.005", "1.006", "price: '1.006'"],
      ["gone", "lost", "kind: No match for value 'lost'"],
    ] as const;
    for (const [stored, other, told] of cells) {
      const { rows } = await load("old", COLUMNS + AS_STORED.replace(stored, other) + "\n");
      assertEquals(rows.length, 1);
      assertStringIncludes(rows[0] ?? "", told);
    }
    const { rows } = await load("old", COLUMNS + AS_STORED.replace("R1", "R2") + "\n");
    for (const code of ["short", "state", "count", "price", "kind", "name", "line"]) {
      assertStringIncludes(rows[0] ?? "", `${code}: `);
    }
    assertEquals(query(STORED), before);
  }));

Deno.test("rows are found by keys that nobody could write", () =>
  withTables(
    `CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p, n INTEGER, v TEXT, PRIMARY KEY (p, n));
    PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (99, 'x', 'old'), (99, 2, 'old')`,
    async ({ load, query }) => {
      assertEquals((await load("c", "p,n,v\n99,x,new\n99,2,newer\n98,2,none\n")).rows.map((row) => row.slice(0, 20)), [
        'updated c 99,x v="ol',
        'updated c 99,2 v="ol',
        "rejected: Unexpected",
      ]);
      assertEquals(query("SELECT * FROM c"), ["99 x new", "99 2 newer"]);
    },
  ));

Deno.test("what tells a row apart is never changed: its spelling stays, and who gives another one is warned", () =>
  withTables(
    `CREATE TABLE t (code TEXT COLLATE NOCASE PRIMARY KEY, email TEXT COLLATE NOCASE UNIQUE, v INTEGER);
    INSERT INTO t VALUES ('Ann', 'ann@x.org', 1)`,
    async ({ load, query }) => {
      assertEquals((await load("t", "code,v\nANN,1\nann,2\n", { twins: "last" })).rows, [
        "unchanged t Ann",
        "updated t Ann v=1->2",
      ]);
      const { rows, warnings } = await load("t", "code,email,v\nbob,ann@x.org,3\nANN,Ann@x.org,4\n", {
        reconciliationkeys: "email",
        twins: "last",
      });
      assertEquals(rows, ["updated t Ann v=2->3", 'updated t Ann email="ann@x.org"->"Ann@x.org" v=3->4']);
      assertEquals(warnings.filter((text) => text.includes("'code'")), [
        "2 rows with another 'code' than that of the object, the first in line 2: it tells the object from others, and was not " +
        "changed. Leave the column out, or name it among the reconciliation keys",
      ]);
      assertEquals(query("SELECT * FROM t"), ["Ann Ann@x.org 4"]);
    },
  ));

Deno.test("an object with a key of several columns has the list of their values as its id", () =>
  withTables(
    `CREATE TABLE price (article TEXT, day DATE, net REAL, PRIMARY KEY (article, day)); INSERT INTO price VALUES ('A', '2024-01-01', 1)`,
    async ({ load, print }) => {
      const csv = "article,day,net\nA,2024-01-01,1\nA,2024-01-02,2e-3\nB,2024-01-01,x\n";
      const { rows } = await load("price", csv);
      assertEquals(rows.map((row) => row.split(" | ")[0]), [
        "unchanged price A,2024-01-01",
        "created price A,2024-01-02",
        "rejected: Unexpected attribute value(s)",
      ]);
      assertStringIncludes((await print("price", csv)).stdout, "\n1;unchanged;price;A|2024-01-02;");
    },
  ));

Deno.test("what the database computes finds rows, and makes none", () =>
  withTables(
    `CREATE TABLE g (n INTEGER PRIMARY KEY, first TEXT, full TEXT AS (first || '!') UNIQUE, v INTEGER);
    INSERT INTO g (first, v) VALUES ('a', 1), ('b', 2)`,
    async ({ load, query }) => {
      const { rows } = await load("g", "full,first,v\na!,a,5\nb!,c,2\nc!,c,3\nd!,d,4\n");
      assertEquals(
        rows,
        [
          "updated g 1 v=1->5",
          'updated g 2 first="b"->"c"',
          "rejected g 2: Row 1 (line 3) is this object already, with other values",
          "rejected: failed to reconcile: no 'g' object was found by full 'd!', and a new one could not be given full. Correct it, or " +
          "name other reconciliation keys",
        ],
      );
      assertEquals(query("SELECT n, first, full FROM g"), ["1 a a!", "2 c c!"]);
    },
  ));

Deno.test("rows of a table without a key have no ids to be found by: it is said once, before the first row", () =>
  withTables(
    "CREATE TABLE note (a TEXT, b TEXT); INSERT INTO note VALUES ('x', 'y')",
    async ({ print, query }) => {
      const { stdout, exitCode } = await print("note", "id,a,b\n1,x,z\n2,q,r\n", { reconciliationkeys: "id" });
      assertEquals(exitCode, 64);
      assertStringIncludes(
        stdout,
        "#Rows of 'note' have no ids: the table has no key, so none of them is found by 'id'\n",
      );
      assertEquals(query("SELECT * FROM note"), ["x y"]);
    },
  ));
