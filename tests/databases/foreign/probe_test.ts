import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { type ProbedTable, probeWriting, unwritable } from "../../../lib/databases/foreign/probe.ts";
import { readSchema } from "../../../lib/databases/foreign/read_schema.ts";
import { Database } from "../../../lib/databases/sqlite/connection.ts";
import { deriveModel } from "../../../lib/model/derive/derive_model.ts";
import { withFolder } from "../small_store.ts";

interface Probe {
  readonly takesDoubleQuotedTexts?: boolean;
  readonly checksForeignKeys?: boolean;
  readonly deletes?: boolean;
  /** Written into the schema as text, as another program had it that knows what we do not. */
  readonly replaced?: readonly [string, string];
}

/** What is said of a class; null: it can be written. */
async function said(sql: string, code: string, probe: Probe = {}): Promise<string | null> {
  return await withFolder((folder) => {
    const file = join(folder, "probe.db");
    make(file, sql, probe);
    const options = {
      file,
      path: file,
      busyTimeoutSeconds: 0,
      takesDoubleQuotedTexts: probe.takesDoubleQuotedTexts ?? false,
    };
    const database = new Database(options);
    try {
      database.exec(
        `PRAGMA foreign_keys = ${probe.checksForeignKeys === false ? "OFF" : "ON"}; PRAGMA trusted_schema = OFF`,
      );
      const facts = readSchema(database);
      const { tables } = deriveModel(facts, null).derived;
      const probed = [tables.get(code)].flatMap((table): ProbedTable[] =>
        table === undefined ? [] : [{ table, deletes: probe.deletes ?? false }]
      );
      assertEquals(probed.length, 1);
      const obstacle = probeWriting(database, facts, probed);
      if (obstacle === null) return null;
      const stop = unwritable(obstacle);
      assertEquals([stop.exitCode, stop.messages.length, obstacle.class], [78, 1, code]);
      return stop.message;
    } finally {
      database.close();
    }
  });
}

function make(file: string, sql: string, { replaced }: Probe): void {
  const database = new Database({
    file,
    path: file,
    busyTimeoutSeconds: 0,
    takesDoubleQuotedTexts: true,
    isCopy: true,
  });
  database.exec(sql);
  if (replaced !== undefined) {
    database.exec("PRAGMA writable_schema = ON");
    database.prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, ?)").run(...replaced);
  }
  database.close();
}

const OWNER = "which only the program that owns the database has";

const WAY_OUT = "(foreign key mismatch). foreign_keys=0 writes it all the same";

Deno.test("rule 9: a table without obstacles", async () => {
  const sql =
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE UNIQUE, g TEXT AS (upper(a)), b BLOB); CREATE TABLE log (x);
    CREATE TRIGGER tr AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (lower(new.a) || strftime('%s', 'now')); END`;
  assertEquals(await said(sql, "t"), null);
  assertEquals(await said(sql, "t", { deletes: true }), null);
  assertEquals(
    await said("CREATE TABLE t (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID", "t", { deletes: true }),
    null,
  );
  assertEquals(await said('CREATE TABLE "a""b" ("c""d" TEXT, rowid TEXT)', 'a"b', { deletes: true }), null);
});

Deno.test("rule 9: a trigger that calls a function of the program that owns the database", async () => {
  const sql =
    `CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT, sort TEXT); CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TRIGGER series_insert AFTER INSERT ON series BEGIN UPDATE series SET sort = title_sort(NEW.name) WHERE id = NEW.id; END`;
  assertEquals(
    await said(sql, "series"),
    `Class 'series' cannot be written: its trigger series_insert calls the function title_sort, ${OWNER}`,
  );
  assertEquals(await said(sql, "tags"), null);
});

Deno.test("rule 9: triggers on UPDATE and DELETE, and those of other tables that a trigger leads to", async () => {
  const update =
    "CREATE TABLE t (a TEXT); CREATE TRIGGER u AFTER UPDATE OF a ON t WHEN uuid4() > '' BEGIN SELECT 1; END";
  assertEquals(
    await said(update, "t"),
    `Class 't' cannot be written: its trigger u calls the function uuid4, ${OWNER}`,
  );
  const deleting = "CREATE TABLE t (a TEXT); CREATE TRIGGER d AFTER DELETE ON t BEGIN SELECT [uuid4](); END";
  assertEquals([await said(deleting, "t"), await said(deleting, "t", { deletes: true })], [
    null,
    `Class 't' cannot be written: its trigger d calls the function uuid4, ${OWNER}`,
  ]);
  const chain = `CREATE TABLE t (a TEXT); CREATE TABLE other (a TEXT); CREATE TABLE log (a TEXT);
    CREATE TRIGGER o AFTER INSERT ON other BEGIN SELECT uuid4(); END;
    CREATE TRIGGER x AFTER INSERT ON t BEGIN INSERT INTO log (a) VALUES (1); END; CREATE TRIGGER y AFTER INSERT ON log BEGIN SELECT "uuid4"(); END`;
  assertEquals(
    await said(chain, "t"),
    `Class 't' cannot be written: the trigger y of the table log calls the function uuid4, ${OWNER}`,
  );
});

Deno.test("rule 9: an index, a generated column or a CHECK that calls it, a view that a trigger reads", async () => {
  const replaced = ["lower(", "fold("] as const;
  const told = (by: string) => `Class 't' cannot be written: ${by} calls the function fold, ${OWNER}`;
  const index = "CREATE TABLE t (a TEXT); CREATE INDEX i ON t (lower(a))";
  assertEquals(await said(index, "t", { replaced }), told("its index i"));
  const partial = "CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a) WHERE lower(a) > 'x'";
  assertEquals(await said(partial, "t", { replaced }), told("its index i"));
  const check = "CREATE TABLE t (a VARCHAR(9) CHECK (lower(a) > 'x'))";
  assertEquals(await said(check, "t", { replaced }), told("a column or a CHECK of it"));
  const operator = "CREATE TABLE t (a TEXT CHECK (a GLOB 'x*'))";
  assertEquals(
    await said(operator, "t", { replaced: ["GLOB", "REGEXP"] }),
    `Class 't' cannot be written: a column or a CHECK of it calls the function REGEXP, ${OWNER}`,
  );
  const view =
    "CREATE TABLE t (a TEXT); CREATE VIEW v AS SELECT lower('x') AS b; CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT b FROM v; END";
  assertEquals(await said(view, "t", { replaced }), told("the view v"));
});

Deno.test("rule 9: an index by a collation that SQLite lacks", async () => {
  const told = `Class 't' cannot be written: its index i compares by the collation unicase, ${OWNER}`;
  const index = "CREATE TABLE t (a TEXT); CREATE INDEX i ON t (a COLLATE nocase)";
  assertEquals(await said(index, "t", { replaced: ["nocase", "unicase"] }), told);
  const column = "CREATE TABLE t (a TEXT COLLATE nocase); CREATE INDEX i ON t (a)";
  assertEquals(await said(column, "t", { replaced: ["nocase", "unicase"] }), told);
});

Deno.test("rule 9: texts in double quotes are an obstacle until they are taken for texts", async () => {
  const sql =
    'CREATE TABLE t (a TEXT); CREATE TABLE log (a TEXT); CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES ("made"); END';
  assertEquals((await said(sql, "t"))?.startsWith("Class 't' cannot be written: SQLite says \"no such column:"), true);
  assertEquals(await said(sql, "t", { takesDoubleQuotedTexts: true }), null);
});

Deno.test("rule 21: a foreign key whose target does not exist or is not unique; not without foreign keys", async () => {
  const told = (why: string) => `Class 't' cannot be written: its foreign key ${why} ${WAY_OUT}`;
  const cases: readonly (readonly [string, string])[] = [
    ["CREATE TABLE t (a INTEGER REFERENCES nowhere)", "a refers to the table nowhere, which does not exist"],
    [
      "CREATE TABLE p (a TEXT); CREATE TABLE t (a TEXT REFERENCES p(a))",
      "a refers to the table p, in which nothing makes a unique",
    ],
    [
      "CREATE TABLE p (a TEXT); CREATE TABLE t (a TEXT REFERENCES p(z))",
      "a refers to the table p, which has no column z",
    ],
    [
      "CREATE TABLE p (a TEXT); CREATE TABLE t (a TEXT REFERENCES p)",
      "a refers to the table p, in which nothing makes its primary key unique",
    ],
    [
      "CREATE TABLE p (a TEXT, b TEXT, UNIQUE (a)); CREATE TABLE t (a TEXT, b TEXT, FOREIGN KEY (a, b) REFERENCES p (a, b))",
      "a, b refers to the table p, in which nothing makes a, b unique",
    ],
    [
      "CREATE VIEW v AS SELECT 1 AS a; CREATE TABLE t (a TEXT REFERENCES v(a))",
      "a refers to the table v, which does not exist",
    ],
  ];
  for (const [sql, why] of cases) {
    assertEquals(await said(sql, "t"), told(why), sql);
    assertEquals(await said(sql, "t", { checksForeignKeys: false }), null, sql);
  }
});

Deno.test("rule 21: one of another table that refers to this one", async () => {
  const sql = "CREATE TABLE p (a TEXT, b TEXT); CREATE TABLE child (x TEXT REFERENCES p(a))";
  assertEquals(
    await said(sql, "p"),
    "Class 'p' cannot be written: the foreign key of the table child, x refers to the table p, in which nothing makes a unique " +
      WAY_OUT,
  );
});

Deno.test("what else SQLite says is told in its words, on one line", async () => {
  const sql =
    'CREATE TABLE t (a TEXT); CREATE TABLE "x\ny" (a TEXT); CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO "x\ny" (b) VALUES (1); END';
  const text = await said(sql, "t");
  assertEquals(text?.includes("\n"), false);
  assertEquals(text?.startsWith("Class 't' cannot be written: SQLite says \""), true);
});
