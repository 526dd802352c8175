import { assert, assertEquals } from "@std/assert";
import { readSchema } from "../../../lib/databases/foreign/read_schema.ts";
import { deriveModel } from "../../../lib/model/derive/derive_model.ts";
import { factsOf, withSchema } from "../../model/derive/derived_schema.ts";

Deno.test("all that SQLite tells of a table", () => {
  const { tables: [table], triggers } = factsOf(
    `CREATE TABLE t (a TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE, b INT AS (1) STORED, c, PRIMARY KEY (c, a)) WITHOUT ROWID, STRICT`
      .replace(
        ", c,",
        ", c ANY,",
      ) + "; CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END",
  );
  assertEquals({ ...table, sql: "" }, {
    name: "t",
    type: "table",
    isStrict: true,
    hasRowid: false,
    isAutoincrement: false,
    columns: [
      {
        name: "a",
        type: "TEXT",
        isNotNull: true,
        default: "'x'",
        keyPlace: 2,
        isGenerated: false,
        collation: "NOCASE",
      },
      { name: "b", type: "INT", isNotNull: false, default: null, keyPlace: 0, isGenerated: true, collation: "BINARY" },
      { name: "c", type: "ANY", isNotNull: true, default: null, keyPlace: 1, isGenerated: false, collation: "BINARY" },
    ],
    foreignKeys: [],
    indexes: [{
      name: "sqlite_autoindex_t_1",
      isUnique: true,
      isPartial: false,
      origin: "pk",
      columns: [{ name: "c", collation: "BINARY" }, { name: "a", collation: "NOCASE" }],
    }],
    sql: "",
  });
  assertEquals(triggers, [{ name: "tr", table: "t", sql: "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END" }]);
});

Deno.test("foreign keys come in the order in which they were declared, those of several columns whole", () => {
  const { tables } = factsOf(
    "CREATE TABLE t (a REFERENCES x(y) ON DELETE CASCADE ON UPDATE SET NULL, b, c, FOREIGN KEY (c, b) REFERENCES z (d, e), FOREIGN KEY (b) REFERENCES w)",
  );
  assertEquals(tables[0]?.foreignKeys, [
    { table: "x", columns: ["a"], referenced: ["y"], onDelete: "CASCADE", onUpdate: "SET NULL" },
    { table: "z", columns: ["c", "b"], referenced: ["d", "e"], onDelete: "NO ACTION", onUpdate: "NO ACTION" },
    { table: "w", columns: ["b"], referenced: null, onDelete: "NO ACTION", onUpdate: "NO ACTION" },
  ]);
});

Deno.test("indexes come in the order in which they were made", () => {
  const { tables } = factsOf(
    "CREATE TABLE t (a UNIQUE, b, UNIQUE (b) ON CONFLICT REPLACE, UNIQUE (a, b)); CREATE UNIQUE INDEX z ON t (b, a); CREATE INDEX a1 ON t (lower(a), b DESC)",
  );
  assertEquals(tables[0]?.indexes.map(({ name, origin }) => `${name} ${origin}`), [
    "sqlite_autoindex_t_1 u",
    "sqlite_autoindex_t_2 u",
    "sqlite_autoindex_t_3 u",
    "z c",
    "a1 c",
  ]);
  assertEquals(tables[0]?.indexes.at(-1)?.columns.map(({ name }) => name), [null, "b"]);
});

Deno.test("AUTOINCREMENT in a text, a name or a comment is none", () => {
  const { tables } = factsOf(
    "CREATE TABLE a (n INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE b (n INTEGER PRIMARY KEY DEFAULT 'AUTOINCREMENT' /* AUTOINCREMENT */, \"AUTOINCREMENT\" TEXT)",
  );
  assertEquals(tables.map(({ isAutoincrement }) => isAutoincrement), [true, false]);
});

Deno.test("tables of TEMP are none of the database, and hide none of it", () => {
  withSchema("CREATE TABLE t (a TEXT); CREATE TEMP TABLE t (b TEXT); CREATE TEMP TABLE u (c TEXT)", (database) => {
    const { tables } = readSchema(database);
    assertEquals(tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]), [["t", ["a"]]]);
  });
});

Deno.test("500 tables take as many statements as one, and little time", () => {
  const columns = Array.from(
    { length: 20 },
    (_, index) => `c${index} VARCHAR(${index + 1}) CHECK (c${index} IN ('a', 'b'))`,
  ).join(", ");
  const tables = Array.from(
    { length: 500 },
    (_, index) =>
      `CREATE TABLE t${index} (id INTEGER PRIMARY KEY, u TEXT UNIQUE, r INTEGER REFERENCES t${
        (index * 7) % 500
      }, ${columns});`,
  );
  const count = (sql: string) => withSchema(sql, (database, traced) => (readSchema(database), traced.length));
  const started = performance.now();
  withSchema(tables.join("\n"), (database, traced) => {
    const facts = readSchema(database);
    const read = performance.now();
    const { derived } = deriveModel(facts, null);
    const done = performance.now();
    assertEquals([facts.tables.length, derived.model.classes.size], [500, 500]);
    assertEquals(traced.length, count("CREATE TABLE t (a TEXT)"));
    assert(traced.length <= 6, `${traced.length} statements`);
    assert(done - started < 20_000, `${read - started} ms to read, ${done - read} ms to derive`);
  });
});

Deno.test("no name becomes part of a statement", () => {
  withSchema(
    'CREATE TABLE "secret table" ("secret column" TEXT UNIQUE REFERENCES "secret table")',
    (database, traced) => {
      readSchema(database);
      assertEquals(traced.filter((sql) => sql.includes("secret")), []);
    },
  );
});
