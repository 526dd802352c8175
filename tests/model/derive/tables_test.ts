import { assertEquals } from "@std/assert";
import { classIn, derive, kindsOf, tableIn } from "./derived_schema.ts";

Deno.test("rule 5: each table is a class; its code and label are the table's name as it is", () => {
  const names = [
    "Track",
    "Order Details",
    "table/with/slashes.csv",
    "select",
    'a"b',
    "a'b",
    "größe",
    "1st",
    "a->b",
    " ",
    "x\ny",
  ];
  const sql = names.map((name) => `CREATE TABLE "${name.replaceAll('"', '""')}" (a TEXT);`).join("\n");
  const derivation = derive(sql);
  const { model } = derivation.derived;
  assertEquals([...model.classes.keys()], names);
  for (const [code, modelClass] of model.classes) {
    const { labels, parent, root, abstract, concreteClasses } = modelClass;
    assertEquals([labels.get("EN US"), parent, root, abstract, concreteClasses], [code, null, code, false, [code]]);
    assertEquals(tableIn(derivation, code).name, code);
  }
});

Deno.test("rule 5: SQLite's own tables are none", () => {
  const { derived } = derive(
    "CREATE TABLE a (n INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO a VALUES (1); CREATE INDEX i ON a (n); ANALYZE;" +
      "CREATE TABLE sqliteish (a)",
  );
  assertEquals([...derived.model.classes.keys()], ["a", "sqliteish"]);
  assertEquals([...derived.others.keys()], []);
});

Deno.test("rule 6: views, virtual tables and shadow tables are no classes", () => {
  const { derived } = derive(
    "CREATE TABLE doc (id INTEGER PRIMARY KEY, title TEXT); CREATE VIEW titles AS SELECT title FROM doc;" +
      "CREATE TRIGGER ins INSTEAD OF INSERT ON titles BEGIN INSERT INTO doc(title) VALUES (new.title); END;" +
      "CREATE VIRTUAL TABLE fts USING fts5(title); CREATE VIEW broken AS SELECT * FROM nowhere",
  );
  assertEquals([...derived.model.classes.keys()], ["doc"]);
  assertEquals(derived.others.get("titles"), "view");
  assertEquals(derived.others.get("broken"), "view");
  assertEquals(derived.others.get("fts"), "virtual");
  assertEquals(derived.others.get("fts_data"), "shadow");
});

Deno.test("rule 6: tables of frameworks are classes as all; the overlay may hide them", () => {
  const sql = "CREATE TABLE django_migrations (id INTEGER PRIMARY KEY); CREATE TABLE a (b TEXT)";
  assertEquals([...derive(sql).derived.model.classes.keys()], ["django_migrations", "a"]);
  const { derived, problems } = derive(sql, { django_migrations: { hidden: true } });
  assertEquals([[...derived.model.classes.keys()], derived.others.get("django_migrations")], [["a"], "hidden"]);
  assertEquals(problems, []);
});

Deno.test("our own log inside a database is no class", () => {
  const { derived } = derive("CREATE TABLE csvrecon_change (id INTEGER PRIMARY KEY); CREATE TABLE a (b TEXT)");
  assertEquals([[...derived.model.classes.keys()], derived.others.get("csvrecon_change")], [["a"], "hidden"]);
});

/** Names of the key's columns, and what it is. */
function key(table: string): unknown {
  const found = tableIn(derive(`CREATE TABLE t ${table}`)).key;
  return found && [found.columns.map(({ name }) => name).join(), found.isRowid, found.isNeverNull];
}

Deno.test("rule 7: the key is the PRIMARY KEY, in its order", () => {
  assertEquals(key("(n INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE)"), ["n", true, true]);
  assertEquals(key("(a TEXT UNIQUE NOT NULL, n TEXT, PRIMARY KEY (n))"), ["n", false, false]);
  assertEquals(key("(a TEXT, b TEXT NOT NULL, PRIMARY KEY (b, a)) WITHOUT ROWID"), ["b,a", false, true]);
  assertEquals(key("(a TEXT, b TEXT NOT NULL, PRIMARY KEY (b, a))"), ["b,a", false, false]);
  assertEquals(key("(a TEXT, PRIMARY KEY (a)) STRICT"), ["a", false, true]);
});

Deno.test("rule 7: a key is the rowid where it is of exactly the type INTEGER, and not DESC", () => {
  assertEquals(key("(n INT PRIMARY KEY)"), ["n", false, false]);
  assertEquals(key("(n INTEGER PRIMARY KEY DESC)"), ["n", false, false]);
  assertEquals(key("(n INTEGER, PRIMARY KEY (n DESC))"), ["n", true, true]);
  assertEquals(key("(n integer PRIMARY KEY) WITHOUT ROWID"), ["n", false, true]);
});

Deno.test("rule 7: else the first UNIQUE constraint or index, neither partial nor of expressions, all of whose columns are NOT NULL", () => {
  assertEquals(key("(a TEXT UNIQUE, b TEXT NOT NULL UNIQUE, c TEXT NOT NULL UNIQUE)"), ["b", false, true]);
  assertEquals(key("(a TEXT NOT NULL, b TEXT NOT NULL, UNIQUE (b, a))"), ["b,a", false, true]);
  assertEquals(key("(a TEXT NOT NULL, b TEXT); CREATE UNIQUE INDEX i ON t (a, b)"), null);
  assertEquals(key("(a TEXT NOT NULL); CREATE UNIQUE INDEX i ON t (a) WHERE a > 'x'"), null);
  assertEquals(key("(a TEXT NOT NULL); CREATE UNIQUE INDEX i ON t (lower(a))"), null);
  assertEquals(key("(a TEXT NOT NULL); CREATE INDEX i ON t (a)"), null);
  assertEquals(key("(a TEXT NOT NULL); CREATE UNIQUE INDEX z ON t (a); CREATE UNIQUE INDEX b ON t (a, a)"), [
    "a",
    false,
    true,
  ]);
});

Deno.test("rule 8: the handle is the rowid under the first of its names that no column has", () => {
  const rowid = (table: string) => tableIn(derive(`CREATE TABLE t ${table}`)).rowid;
  assertEquals(rowid("(a TEXT)"), "rowid");
  assertEquals(rowid('(a TEXT, "RowID" TEXT)'), "_rowid_");
  assertEquals(rowid("(rowid TEXT, _ROWID_ TEXT)"), "oid");
  assertEquals(rowid("(rowid INTEGER PRIMARY KEY)"), "_rowid_");
  assertEquals(rowid("(a TEXT PRIMARY KEY) WITHOUT ROWID"), null);
  assertEquals(rowid("(a TEXT PRIMARY KEY, rowid TEXT, _rowid_ TEXT, oid TEXT)"), null);
});

Deno.test("rule 8: all three taken and no key: the table cannot be addressed", () => {
  const { derived } = derive("CREATE TABLE t (rowid TEXT, _rowid_ TEXT, oid TEXT)");
  assertEquals([derived.model.classes.size, derived.others.get("t")], [0, "no_handle"]);
});

Deno.test("rule 10: code and label are the column's name as it is; generated columns are there", () => {
  const derivation = derive(
    'CREATE TABLE t ("Name, full" TEXT, "a->b" TEXT, "select" TEXT, "" TEXT, "x\ny" TEXT, `größe` TEXT, g TEXT AS (`a->b`))',
  );
  const names = ["Name, full", "a->b", "select", "", "x\ny", "größe", "g"];
  assertEquals([...tableIn(derivation).columns.values()].map(({ name }) => name), names);
  assertEquals(Object.keys(kindsOf(derivation)), names);
  for (const name of names) assertEquals(classIn(derivation).attributes.get(name)?.labels.get("EN US"), name);
});

Deno.test("rule 26: the rowid under the name id is the id of the class, and no attribute", () => {
  for (const column of ["id INTEGER PRIMARY KEY", '"Id" INTEGER PRIMARY KEY AUTOINCREMENT']) {
    const derivation = derive(`CREATE TABLE t (${column}, name TEXT)`);
    assertEquals(kindsOf(derivation), { name: "text" });
    const { key, columns } = tableIn(derivation);
    assertEquals([key?.columns[0]?.attribute, [...columns.keys()]], ["id", ["name"]]);
    assertEquals(classIn(derivation).keySets, [["id"]]);
  }
});

Deno.test("rule 26: another key called id is an attribute, by which new rows get what the file says", () => {
  for (
    const column of ["id TEXT PRIMARY KEY", "id INT PRIMARY KEY", "id TEXT NOT NULL UNIQUE", "id uuid PRIMARY KEY"]
  ) {
    const derivation = derive(`CREATE TABLE t (${column}, name TEXT)`);
    assertEquals(Object.keys(kindsOf(derivation)), ["id_", "name"]);
    const { attributes, keySets } = classIn(derivation);
    const { shownCode, labels } = attributes.get("id_") ?? { labels: new Map() };
    assertEquals([shownCode, labels.get("EN US"), keySets], ["id", "id", [["id_"]]]);
  }
});

Deno.test("rule 26: another column called id, friendlyname or finalclass keeps its name in headers, with a code of its own", () => {
  const derivation = derive(
    'CREATE TABLE t (n INTEGER PRIMARY KEY, id TEXT, "ID_" TEXT, FriendlyName TEXT, finalclass INT)',
  );
  assertEquals(kindsOf(derivation), {
    n: "integer",
    id__: "text",
    ID_: "text",
    FriendlyName_: "text",
    finalclass_: "integer",
  });
  const { attributes } = classIn(derivation);
  assertEquals(["id__", "FriendlyName_"].map((code) => attributes.get(code)?.labels.get("EN US")), [
    "id",
    "FriendlyName",
  ]);
  assertEquals(attributes.get("friendlyname")?.isNameless, true);
  const composite = derive("CREATE TABLE t (id INTEGER, v TEXT, PRIMARY KEY (id, v))");
  assertEquals(Object.keys(kindsOf(composite)), ["id_", "v"]);
});
