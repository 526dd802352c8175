/** Exports of tables of databases that csvrecon did not make. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, withTables } from "../helpers/loading.ts";

const SHOP = `
  CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, no TEXT NOT NULL UNIQUE);
  INSERT INTO customer VALUES (1, 'K1'), (2, 'K2');
  CREATE TABLE tag (tag_id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE purchase (purchase_id INTEGER PRIMARY KEY, customer TEXT REFERENCES customer (no), parent INTEGER REFERENCES purchase,
    state TEXT CHECK (state IN ('on', 'off')), sum REAL, big INTEGER, any, up TEXT AS (upper(customer)), photo BLOB);
  CREATE TABLE purchase_tag (purchase INTEGER REFERENCES purchase, tag INTEGER REFERENCES tag, PRIMARY KEY (purchase, tag));
  PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
  INSERT INTO tag VALUES (5, 'new');
  INSERT INTO purchase (purchase_id, customer, parent, state, sum, big, any, photo) VALUES
    (1, 'K1', NULL, 'on', 0.1, 9007199254740993, '007', x'00ff'), (2, 'gone', 99, 'maybe', 9e999, NULL, 7, NULL);
  INSERT INTO purchase_tag VALUES (1, 5);
`;

async function exported({ scratch, database }: Loading, modelClass: string, ...more: readonly string[]) {
  const run = await scratch.run(["export", `--db=${database}`, `--class=${modelClass}`, ...more]);
  return { csv: run.stdout, notes: run.stderr };
}

Deno.test("a table is exported as it refers to others, without bytes and what the database computes, and loads back", () =>
  withTables(SHOP, async (loading) => {
    const { csv, notes } = await exported(loading, "purchase");
    assertEquals(
      csv.replaceAll("\r\n", "\n"),
      [
        "purchase_id,customer,parent,state,sum,big,any,purchase_tag",
        "1,K1,,on,0.1,9007199254740993,007,'tag->tag_id:5'",
        "2,gone,99,maybe,Infinity,,7,",
        "",
      ].join("\n"),
    );
    assertEquals(notes, "");
    assertEquals((await loading.load("purchase", csv)).rows, ["unchanged purchase 1", "unchanged purchase 2"]);
  }));

Deno.test("of a table without a key no numbers of rows are written, as no import would find these", () =>
  withTables("CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x', 'y'), ('x', 'z')", async (loading) => {
    const { csv, notes } = await exported(loading, "t");
    assertEquals(csv.replaceAll("\r\n", "\n"), "a,b\nx,y\nx,z\n");
    assertStringIncludes(notes, "the class has no key that tells all objects apart");
    const named = await exported(loading, "t", "--reconciliationkeys=b");
    assertEquals(named.notes, "");
    const { rows } = await loading.load("t", named.csv, { reconciliationkeys: "b" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["unchanged", "unchanged"]);
  }));

Deno.test("bytes cannot be exported, and what is computed is told not to load back", () =>
  withTables(SHOP, async (loading) => {
    assertStringIncludes(
      (await exported(loading, "purchase", "--columns=purchase_id,photo")).notes,
      "'photo' holds bytes",
    );
    const { csv, notes } = await exported(loading, "purchase", "--columns=purchase_id,up");
    assertStringIncludes(csv, "1,K1");
    assertStringIncludes(notes, "up");
  }));

Deno.test("a cell that no file can hold is told", () =>
  withTables(`${SHOP} UPDATE purchase SET any = x'01' WHERE purchase_id = 1`, async (loading) => {
    assertStringIncludes((await exported(loading, "purchase")).notes, "Column 'any' of purchase 1");
  }));

Deno.test("a key that holds no id is told by what it holds", () =>
  withTables(SHOP, async ({ load, print }) => {
    const csv = "purchase_id,customer\n1,K2\n";
    assertStringIncludes(
      (await print("purchase", csv, { simulate: "1" })).stdout,
      '0;updated 1 cols;purchase;1;2;"1";"K2"',
    );
    assertEquals((await load("purchase", csv)).rows, ['updated purchase 1 customer="K1"->"K2"']);
    assertEquals((await load("purchase", "purchase_id,customer->customer_id\n1,1\n")).rows, [
      'updated purchase 1 customer="K2"->"K1"',
    ]);
  }));

Deno.test("rows that only their number tells apart are exported with it, and load back", () =>
  withTables(
    `CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
     CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, author_id INTEGER REFERENCES author);
     INSERT INTO author VALUES (3, 'Ann'), (4, 'Ann'); INSERT INTO book VALUES (1, 'One', 4), (2, 'One', NULL), (7, 'One', 4);`,
    async (loading) => {
      const { csv, notes } = await exported(loading, "book");
      assertEquals(csv.replaceAll("\r\n", "\n"), "id,title,author_id\n1,One,4\n2,One,\n7,One,4\n");
      assertEquals(notes, "");
      const { rows } = await loading.load("book", csv);
      assertEquals(rows, ["unchanged book 1", "unchanged book 2", "unchanged book 7"]);
    },
  ));

for (const type of ["REAL", "NUMERIC", "NUMERIC(10,2)"]) {
  for (
    const value of [
      "1e19",
      "-1e19",
      "9.3e18",
      "9223372036854775807e0",
      "-9223372036854775808e0",
      "1e300",
      "1.005",
      "123456789.5",
    ]
  ) {
    Deno.test(`a number loads back as it is stored: ${value} in ${type}`, () =>
      withTables(
        `CREATE TABLE measure (code TEXT PRIMARY KEY, n ${type}); INSERT INTO measure VALUES ('a', ${value}), ('b', 1)`,
        async (loading) => {
          const stored = () => loading.query("SELECT code, typeof(n), CAST(n AS TEXT) FROM measure ORDER BY 1");
          const before = stored();
          const { csv } = await exported(loading, "measure");
          assertEquals((await loading.load("measure", csv)).rows, ["unchanged measure a", "unchanged measure b"], csv);
          assertEquals(stored(), before);
          // With signs, a column of decimals takes no exponent.
          if (type === "NUMERIC(10,2)") return;
          const signs = { decimal_sign: ",", grouping_sign: ".", separator: ";" };
          const given = Object.entries(signs).map(([name, sign]) => `--${name}=${sign}`);
          const signed = await exported(loading, "measure", ...given);
          const { rows } = await loading.load("measure", signed.csv, signs);
          assertEquals(rows, ["unchanged measure a", "unchanged measure b"], signed.csv);
        },
      ));
  }
}
