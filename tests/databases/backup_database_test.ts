/** A copy is the same to the bit, whatever the database holds, and never takes the place of anything but an earlier copy (SPEC 15). */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { backUp } from "../../lib/databases/sqlite/backup_database.ts";
import { type Database, openDatabase } from "../../lib/databases/sqlite/database.ts";
import { atomic } from "../../lib/databases/sqlite/transaction.ts";
import { integrityOf, wholeContent } from "./backup_content.ts";
import { withDatabase } from "./small_store.ts";

/** What people and other programs put into a database of ours. */
const ODD: readonly string[] = [
  `CREATE TABLE "odd ""name""" (a, b BLOB, c REAL, d TEXT, e NUMERIC CHECK (e < 10))`,
  `INSERT INTO "odd ""name""" (rowid, a, b, c, d, e) VALUES
     (-5, 1.0, x'00ff', 0.1, 'it''s', 3), (7, 9223372036854775807, zeroblob(3), 1e300, '', NULL),
     (9, -9007199254740993, '', 7.0, 'two' || char(10) || 'lines', 1.5), (900719925474099, NULL, NULL, NULL, NULL, NULL),
     (12, CAST(x'6100620063' AS TEXT), 'text', 9e-320, CAST(x'61ff62' AS TEXT), '1'), (13, 2.5, x'', -0.0, '😀é', 2)`,
  `PRAGMA ignore_check_constraints = ON; UPDATE "odd ""name""" SET e = 99 WHERE rowid = 7; PRAGMA ignore_check_constraints = OFF`,
  "CREATE TABLE no_rowid (k TEXT, n INTEGER, v, PRIMARY KEY (n, k)) WITHOUT ROWID",
  "INSERT INTO no_rowid VALUES ('a', 2, 1), ('b', 1, x'01')",
  "CREATE TABLE hiding (rowid TEXT, x)",
  "INSERT INTO hiding VALUES ('one', 1), (NULL, 2)",
  "CREATE TABLE computed (a INTEGER PRIMARY KEY, b INTEGER AS (a * 2), c TEXT AS (a || '!') STORED, d ANY) STRICT",
  "INSERT INTO computed (a, d) VALUES (1, 1.0), (5, 'x')",
  "CREATE INDEX partly ON computed (b) WHERE d IS NOT NULL",
  "CREATE INDEX by_expression ON computed (lower(c) COLLATE NOCASE DESC)",
  "CREATE VIEW looking AS SELECT * FROM computed JOIN nowhere",
  "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, n)",
  "INSERT INTO counted (n) VALUES (1), (2), (3)",
  "DELETE FROM counted WHERE id > 1",
  "CREATE TRIGGER counting AFTER INSERT ON hiding BEGIN INSERT INTO counted (n) VALUES (NEW.x); END",
  "CREATE VIRTUAL TABLE words USING fts5(text)",
  "INSERT INTO words (rowid, text) VALUES (3, 'to be or not to be'), (8, 'that is the question')",
  "CREATE TABLE wide (" + Array.from({ length: 950 }, (_, index) => `c${index}`).join(", ") + ")",
  "INSERT INTO wide (c0, c949) VALUES (1, 'last'), (2, x'02')",
  "CREATE TABLE long_texts (t)",
  "INSERT INTO long_texts VALUES (hex(zeroblob(3000000))), (zeroblob(2000000))",
  "CREATE TABLE empty (x)",
  // What is no UTF-8, each alone, so that no other one gives it away.
  ...["61f09f92", "f09f92efbfbd", "efbfbdf48fbf62", "f09f92f09f92", "610062", "eda080", "edbfbf", "c0af", "f4908080"]
    .flatMap((hex) => [`CREATE TABLE cut_${hex} (t)`, `INSERT INTO cut_${hex} VALUES (CAST(x'${hex}' AS TEXT))`]),
  "ANALYZE",
];

async function withOdd(use: (database: Database, path: string, folder: string) => Promise<void>): Promise<void> {
  await withDatabase(async (database, _traced, path) => {
    const other = new DatabaseSync(path);
    for (const sql of ODD) other.exec(sql);
    other.exec("BEGIN; CREATE TABLE many (a INTEGER PRIMARY KEY, b TEXT, c)");
    const insert = other.prepare("INSERT INTO many VALUES (?, ?, ?)");
    for (let index = 1; index <= 2000; index++) {
      insert.run(index * 3, `text ${index}`, index % 7 === 0 ? index / 3 : index);
    }
    other.exec("COMMIT");
    other.close();
    await use(database, path, join(path, ".."));
  });
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

const copy = (database: Database, path: string) => atomic(database, () => backUp(database, path));

Deno.test("a copy is the same to the bit, whatever the database holds, and sound; only its user may read it", () =>
  withOdd(async (database, path, folder) => {
    const before = wholeContent(path);
    const backup = join(folder, "back.db");
    await copy(database, backup);
    assertEquals(wholeContent(backup), before);
    assertEquals(integrityOf(backup), integrityOf(path));
    assertEquals(wholeContent(path), before);
    assertEquals((Deno.statSync(backup).mode ?? 0) & 0o777, 0o600);
    assertEquals(filesIn(folder).filter((name) => !name.startsWith("small.db")), ["back.db"]);
    const opened = openDatabase(backup, { busyTimeoutSeconds: 0 });
    assertEquals(
      opened.prepare("SELECT count(*) AS n FROM many").get(),
      database.prepare("SELECT count(*) AS n FROM many").get(),
    );
    opened.close();
  }));

Deno.test("an earlier copy is replaced; one that somebody has worked with since, and anything else, is not", () =>
  withDatabase(async (database, _traced, path) => {
    const folder = join(path, "..");
    const backup = join(folder, "back.db");
    await copy(database, backup);
    database.exec("CREATE TABLE later (x)");
    await copy(database, backup);
    assertEquals(wholeContent(backup), wholeContent(path));
    openDatabase(backup, { busyTimeoutSeconds: 0 }).close();
    Deno.writeTextFileSync(join(folder, "notes.txt"), "mine");
    Deno.writeTextFileSync(join(folder, "empty"), "");
    Deno.mkdirSync(join(folder, "folder"));
    Deno.symlinkSync(backup, join(folder, "link.db"));
    Deno.linkSync(path, join(folder, "twin.db"));
    const other = new DatabaseSync(join(folder, "other.db"));
    other.exec("CREATE TABLE t (x)");
    other.close();
    const refusals: readonly (readonly [string, string])[] = [
      ["back.db", "somebody works with"],
      ["notes.txt", "is no backup of csvrecon"],
      ["empty", "is no backup of csvrecon"],
      ["other.db", "is no backup of csvrecon"],
      ["folder", "a folder, a link"],
      ["link.db", "a folder, a link"],
      ["twin.db", "is the database itself"],
      ["small.db", "is the database itself"],
      ["small.db-wal", "is the database itself"],
      ["no/such/folder/x.db", "could not be made"],
    ];
    const before = [wholeContent(path), filesIn(folder)];
    for (const [name, words] of refusals) {
      const stop = await assertRejects(() => copy(database, join(folder, name)), RunStop);
      assertEquals(stop.exitCode, EXIT.databaseNotWritable, name);
      assertStringIncludes(stop.message, words, name);
    }
    assertEquals([wholeContent(path), filesIn(folder)], before);
    assertEquals(Deno.readTextFileSync(join(folder, "notes.txt")), "mine");
  }));

Deno.test("a copy holds what was there when the transaction began: another writer waits, and readers see the same", () =>
  withOdd(async (database, path, folder) => {
    const before = wholeContent(path);
    const other = new DatabaseSync(path);
    other.exec("PRAGMA busy_timeout = 0");
    let refused = "";
    await atomic(database, async () => {
      const made = backUp(database, join(folder, "back.db"));
      try {
        other.exec("INSERT INTO counted (n) VALUES (9)");
      } catch (error) {
        refused = String(error);
      }
      await made;
      database.exec("INSERT INTO counted (n) VALUES (10)");
    });
    assertStringIncludes(refused, "database is locked");
    other.exec("INSERT INTO counted (n) VALUES (11)");
    other.close();
    assertEquals(wholeContent(join(folder, "back.db")), before);
  }));

Deno.test("a copy that is interrupted leaves no file, and an earlier one as it was", () =>
  withOdd(async (database, path, folder) => {
    await copy(database, join(folder, "back.db"));
    const earlier = wholeContent(join(folder, "back.db"));
    const interruption = new AbortController();
    const opened = openDatabase(path, { busyTimeoutSeconds: 0, interruption: interruption.signal });
    const reason = new RunStop(EXIT.terminated, [{ text: "#Interrupted" }]);
    try {
      setTimeout(() => interruption.abort(reason), 1);
      opened.exec(
        "BEGIN; CREATE TABLE more AS WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < 300000) SELECT n FROM c; COMMIT",
      );
      const stop = await assertRejects(() => copy(opened, join(folder, "back.db")), RunStop);
      assertEquals(stop, reason);
    } finally {
      opened.close();
    }
    assertEquals(wholeContent(join(folder, "back.db")), earlier);
    assertEquals(filesIn(folder).filter((name) => !name.startsWith("small.db")), ["back.db"]);
  }));

Deno.test("what a killed program has left of a copy is removed by the next one", () =>
  withDatabase(async (database, _traced, path) => {
    const folder = join(path, "..");
    const left = join(folder, `.back.db.${crypto.randomUUID()}.unfinished`);
    Deno.writeTextFileSync(left, "half");
    Deno.utimeSync(left, new Date(0), new Date(0));
    await copy(database, join(folder, "back.db"));
    assertEquals(filesIn(folder).filter((name) => !name.startsWith("small.db")), ["back.db"]);
  }));

Deno.test("marks of other databases are copied, too: UTF-16, small pages, a smaller auto_vacuum", () =>
  withDatabase(async (_database, _traced, path) => {
    const folder = join(path, "..");
    const odd = new DatabaseSync(join(folder, "wide.db"));
    odd.exec("PRAGMA encoding = 'UTF-16le'; PRAGMA page_size = 512; PRAGMA auto_vacuum = INCREMENTAL");
    odd.exec("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('é😀'), ('a'), (x'41'), (1.5)");
    odd.exec("CREATE TABLE halves (t); INSERT INTO halves VALUES (CAST(x'3dd86100' AS TEXT))");
    odd.exec("CREATE TABLE odd (t); INSERT INTO odd VALUES (CAST(x'ffff6100' AS TEXT)), (CAST(x'00d8' AS TEXT))");
    odd.exec("PRAGMA application_id = 1129535058; PRAGMA user_version = 2; PRAGMA journal_mode = WAL");
    odd.close();
    const opened = openDatabase(join(folder, "wide.db"), { busyTimeoutSeconds: 0 });
    try {
      await copy(opened, join(folder, "back.db"));
    } finally {
      opened.close();
    }
    assertEquals(wholeContent(join(folder, "back.db")), wholeContent(join(folder, "wide.db")));
  }));
