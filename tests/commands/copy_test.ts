/** `csvrecon copy` between files: all of a database, or nothing. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { copyStore } from "../../lib/databases/copy_store.ts";
import { storedInFile } from "../helpers/both_databases.ts";
import { type Loading, withDatabase, withWorld } from "../helpers/loading.ts";
import { OLDER_VERSIONS, writeOlderDatabase } from "../helpers/older_database.ts";
import { assertExit, describeRun, type ProgramRun } from "../helpers/scratch.ts";

function copy({ scratch, database }: Loading, to = "copy.db", from = database): Promise<ProgramRun> {
  return scratch.run(["copy", `--from=${from}`, `--to=${to}`]);
}

function change(path: string, sql: string): void {
  const opened = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  opened.exec(sql);
  opened.close();
}

function query(path: string, sql: string): readonly unknown[][] {
  const opened = new DatabaseSync(path, { readOnly: true });
  try {
    return opened.prepare(sql).all().map((row) => Object.values(row));
  } finally {
    opened.close();
  }
}

/** The schema as it is told, in the order of names. */
function schemaOf(path: string): readonly unknown[][] {
  return query(
    path,
    "SELECT name, sql FROM sqlite_schema WHERE name NOT GLOB 'search*' AND name NOT GLOB 'folded*' ORDER BY name",
  );
}

/** Names of what is in the folder, but for the database that is copied. */
function made({ scratch, database }: Loading): readonly string[] {
  const names = [...Deno.readDirSync(scratch.folder)].map(({ name }) => name);
  return names.filter((name) => !database.endsWith(name.replace(/-(wal|shm)$/, "")) && !name.endsWith(".csv")).sort();
}

async function assertRefused(loading: Loading, args: readonly string[], exitCode: number, words: string) {
  const before = made(loading);
  const run = await loading.scratch.run(["copy", ...args]);
  assertExit(run, exitCode);
  assertStringIncludes(run.stderr, words, describeRun(run));
  assertEquals(made(loading), before);
}

Deno.test("a copy of a file has all of it, with the schema that init makes, and the report counts it", () =>
  withWorld(async (loading) => {
    const names = Array.from({ length: 1100 }, (_, index) => `Brand ${index}`);
    await loading.load("Brand", `name\n${names.join("\n")}\n`);
    await loading.load("Organization", "name,parent_id->name\nÅ,\nB,Å\n");
    const run = await copy(loading);
    assertExit(run, 0);
    const path = loading.scratch.path("copy.db");
    assertEquals(storedInFile(path), storedInFile(loading.database));
    assertEquals(schemaOf(path), schemaOf(loading.database));
    const number = (sql: string) => Number(loading.query(sql)[0]).toLocaleString("en");
    assertEquals(run.stderr, "");
    const told = run.stdout.split("\n");
    assertEquals(told[0], `Copied ${loading.database} to copy.db`);
    assert(told.includes(`Brand: ${number("SELECT count(*) FROM view_Brand")}`), run.stdout);
    assertStringIncludes(
      told.at(-2) ?? "",
      `Runs in the change log: ${number("SELECT count(*) FROM change")}, with ${
        number("SELECT count(*) FROM change_op")
      } entries. Feeds: 0.`,
    );
    assertEquals(query(path, "PRAGMA integrity_check"), [["ok"]]);
    assertEquals(query(path, "PRAGMA foreign_key_check"), []);
    assertEquals(Deno.statSync(path).mode! & 0o777, 0o600);
  }));

Deno.test("what csvrecon has not made is left out, and named", () =>
  withWorld(async (loading) => {
    change(
      loading.database,
      `CREATE TABLE notes (text); ALTER TABLE typology ADD COLUMN colour TEXT; CREATE VIEW mine AS SELECT 1;
       CREATE TRIGGER theirs AFTER INSERT ON typology BEGIN SELECT 1; END`,
    );
    const run = await copy(loading);
    assertExit(run, 0);
    assertStringIncludes(
      run.stdout,
      "Left out, as csvrecon has not made them: the table notes, the column typology.colour, the view mine, the trigger theirs\n",
    );
  }));

Deno.test("what cannot be copied from, or to, is refused, and nothing is made", () =>
  withWorld(async (loading) => {
    const { scratch, database } = loading;
    await assertRefused(loading, [], 64, "Missing argument 'from'");
    await assertRefused(loading, ["--from=no.db", "--to=new.db"], 78, "Database could not be found: 'no.db'");
    await assertRefused(loading, [`--from=${database}`, `--to=${database}`], 64, "from and to name the same database");
    await assertRefused(loading, [`--from=${database}`, `--to=${database}-wal`], 64, "the same database");
    scratch.write("text.txt", "none");
    await assertRefused(loading, [`--from=${database}`, "--to=text.txt"], 73, "'text.txt' exists already");
    await assertRefused(loading, ["--from=text.txt", "--to=new.db"], 78, "Not an SQLite database: 'text.txt'");
    await assertRefused(loading, [`--from=${database}`, "--to=none/new.db"], 73, "'none/new.db'");
    change(scratch.path("others.db"), "CREATE TABLE t (c)");
    await assertRefused(loading, ["--from=others.db", "--to=new.db"], 78, "was not made by csvrecon: 'others.db'");
    change(database, "PRAGMA user_version = 99");
    await assertRefused(loading, [`--from=${database}`, "--to=new.db"], 78, "was made by a newer csvrecon");
  }));

const ODD: readonly (readonly [what: string, sql: string, words: string])[] = [
  [
    "bytes",
    "UPDATE typology SET name = x'00ff' WHERE id = 1",
    "a value of the type blob or out of range in typology.name",
  ],
  [
    "a text in place of a number",
    "UPDATE contact SET org_id = 'none'",
    "of the type text or out of range in contact.org_id",
  ],
  ["a number that is rounded", "UPDATE change SET user_id = 9007199254740993", "in change.user_id"],
  [
    "a text that is no UTF-8",
    "UPDATE typology SET name = CAST(x'41ff' AS TEXT) WHERE id = 1",
    "a text that is no UTF-8 in typology.name",
  ],
  ["a table that is gone", "DROP TABLE location", "lacks location"],
];

for (const [what, sql, words] of ODD) {
  Deno.test(`${what} in the database: it is told where, and nothing is made`, () =>
    withWorld(async (loading) => {
      change(loading.database, sql);
      await assertRefused(loading, [`--from=${loading.database}`, "--to=new.db"], 78, words);
    }));
}

Deno.test("texts that only look odd come along: the character of what cannot be told, and one of no width", () =>
  withWorld(async (loading) => {
    change(loading.database, "UPDATE typology SET name = 'a' || char(65533) || char(8203) WHERE id = 1");
    assertExit(await copy(loading), 0);
    assertEquals(storedInFile(loading.scratch.path("copy.db")), storedInFile(loading.database));
  }));

Deno.test("very long texts come a few at a time", () =>
  withWorld(async (loading) => {
    change(
      loading.database,
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
       INSERT INTO change_op (change, class, object_id, operation, attribute, old_value, new_value)
       SELECT 1, 'Brand', i, 'update', 'name', replace(hex(zeroblob(i * 4000)), '0', 'ä'), 'x' FROM n`,
    );
    assertExit(await copy(loading), 0);
    assertEquals(storedInFile(loading.scratch.path("copy.db")), storedInFile(loading.database));
  }));

for (const version of OLDER_VERSIONS) {
  Deno.test(`a database of version ${version} is copied as it is, into one of today`, () =>
    withDatabase((scratch) => writeOlderDatabase(scratch, version), async (loading) => {
      const before = loading.everything();
      assertExit(await copy(loading), 0);
      assertEquals(loading.everything(), before);
      const path = loading.scratch.path("copy.db");
      const inOrder = "SELECT id, date, comment, created FROM change ORDER BY id";
      assertEquals(query(path, inOrder), query(loading.database, inOrder));
      assertEquals(
        query(path, "SELECT * FROM person ORDER BY id"),
        query(loading.database, "SELECT * FROM person ORDER BY id"),
      );
      const login = ["--auth_user=admin", "--auth_pwd=admin"];
      assertExit(await loading.scratch.run(["history", "--db=copy.db", ...login]), 0);
    }));
}

Deno.test("an interruption ends a copy, wherever it comes, and nothing is left", () =>
  withWorld(async (loading) => {
    const { scratch, database } = loading;
    for (const after of [1, 3, 8]) {
      const controller = new AbortController();
      let heard = 0;
      const ended = await copyStore({
        ...{ from: database, to: "new.db", workingFolder: scratch.folder, busyTimeoutSeconds: 1, now: new Date() },
        interruption: controller.signal,
        onRows: () => {
          if (++heard === after) controller.abort(new Error("interrupted"));
          return Promise.resolve();
        },
      }).then(() => null, (error) => String(error));
      assertEquals(ended, "Error: interrupted");
      assertEquals(made(loading), []);
    }
  }));
