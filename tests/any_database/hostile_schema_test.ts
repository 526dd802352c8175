/** Schemas and files that are made to hurt: each ends with a sentence, and never as an error of ours. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Database } from "../../lib/databases/sqlite/connection.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { type Loading, type Parameters, withTables } from "../helpers/loading.ts";

const PARTS = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, v TEXT); INSERT INTO t VALUES (1, 'a', '1');";
const KEYS = { reconciliationkeys: "name" };
const FILE = "name,v\na,2\nb,3\n";

/** Schema, journal mode and the like, and which files there are. */
function keptIn({ query, scratch }: Loading): readonly string[] {
  return [
    ...query("SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema"),
    ...["journal_mode", "application_id", "user_version"].flatMap((name) => query(`PRAGMA ${name}`)),
    ...[...Deno.readDirSync(scratch.folder)].map(({ name }) => name).filter((name) => name !== "own.csv").sort(),
  ];
}

async function refused(loading: Loading, params: Parameters, exitCode: number, why: string): Promise<ProgramRun> {
  const before = keptIn(loading);
  const run = await loading.print("t", FILE, { ...KEYS, ...params });
  assertEquals(run.exitCode, exitCode, describeRun(run));
  assertStringIncludes(run.stderr, why);
  assertEquals(keptIn(loading), before);
  return run;
}

/** Names that SQL, a header, a report or JavaScript might take for something else. */
const NAMES = [
  'a"b',
  "a'b",
  "a b",
  "select",
  "a\tb",
  "a\u0001b",
  "a\u001b[31mb",
  "a->b",
  "x;--",
  "",
  "?1",
  ":p",
  "a,b",
  "[x]",
  "`x`",
  "\u202ex",
  "/*",
  "__proto__",
  "constructor",
  "finalclass",
  "a\nb",
];

for (const name of NAMES) {
  Deno.test(`a table and columns called ${JSON.stringify(name)} are loaded, logged and undone`, () => {
    const [table, key, value] = [name, `${name}k`, `${name}v`].map((one) => `"${one.replaceAll('"', '""')}"`);
    const schema = `CREATE TABLE ${table} (${key} TEXT PRIMARY KEY, ${value} TEXT);
      INSERT INTO ${table} VALUES ('a', 'x'), ('b', 'y')`;
    return withTables(schema, async (loading) => {
      const kept = keptIn(loading);
      const rows = () => loading.query(`SELECT * FROM ${table} ORDER BY 1`);
      const { run } = await loading.load(name, `${key},${value}\na,z\nb,y\nc,w\n`);
      assertEquals(run.exitCode, 0, describeRun(run));
      assertEquals(rows(), ["a z", "b y", "c w"]);
      const undone = await loading.scratch.run(["undo", "--db=tables.db"]);
      assertEquals(undone.exitCode, 0, describeRun(undone));
      assertEquals(rows(), ["a x", "b y"]);
      assertEquals(keptIn(loading).filter((one) => one !== "tables.db.csvrecon"), kept);
    });
  });
}

/** What others may have under names of ours. */
const IN_PLACE = [
  ["a table", "CREATE TABLE csvrecon_change (a)"],
  [
    "tables that look like ours",
    "CREATE TABLE csvrecon_change (last_op); CREATE TABLE csvrecon_change_op (object_key)",
  ],
  ["views", "CREATE VIEW csvrecon_change AS SELECT 1 last_op; CREATE VIEW csvrecon_change_op AS SELECT 1 object_key"],
  ["an index", "CREATE INDEX csvrecon_change ON t (v)"],
  ["a table in capitals", "CREATE TABLE CSVRECON_CHANGE (a)"],
  ["an index of the entries' name", "CREATE INDEX csvrecon_change_op ON t (v)"],
  ["a table of feeds", "CREATE TABLE csvrecon_feed (a)"],
  ["a view of feeds", "CREATE VIEW csvrecon_feed AS SELECT 1 AS a"],
  ["a table of a feed's objects", "CREATE TABLE csvrecon_feed_object (a)"],
] as const;

for (const [what, sql] of IN_PLACE) {
  Deno.test(`a log inside does not take ${what} of others for its own`, () =>
    withTables(PARTS + sql, async (loading) => {
      await refused(loading, { change_log: "inside", source: "s" }, 78, "has something else that is called");
      const beside = await loading.load("t", FILE, { ...KEYS, source: "s" });
      assertEquals(beside.run.exitCode, 0);
    }));
}

/** Other databases with the number of a log. */
const NO_LOGS = [
  "CREATE TABLE change (a); CREATE TABLE change_op (b)",
  "CREATE TABLE change (a)",
  "CREATE TABLE change_op (b)",
  "CREATE TABLE csvrecon_feed (a)",
];

for (const sql of NO_LOGS) {
  Deno.test(`a file beside the database is no log, and stays as it is: ${sql}`, () =>
    withTables(PARTS, async (loading) => {
      const path = loading.scratch.path("tables.db.csvrecon");
      write(path, `PRAGMA application_id = ${0x4353564c}; PRAGMA user_version = 1; ${sql}`);
      const bytes = Deno.readFileSync(path);
      await refused(loading, { source: "s" }, 78, "Not a change log of csvrecon");
      const told = await loading.scratch.run(["history", "--db=tables.db"]);
      assertEquals(told.exitCode, 78, describeRun(told));
      assertEquals(Deno.readFileSync(path), bytes);
    }));
}

function write(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

Deno.test("a file with something in it is not removed when a run comes to nothing", () =>
  withTables(PARTS, async (loading) => {
    const path = loading.scratch.path("tables.db.csvrecon");
    write(path, `PRAGMA application_id = ${0x4353564c}; PRAGMA user_version = 1; CREATE TABLE mine (a)`);
    await refused(loading, { max_changes: "0" }, 2, "max_changes");
  }));

for (const column of ["object_key", "old_value"]) {
  Deno.test(`an entry of the log that somebody has altered is told: ${column}`, () =>
    withTables(PARTS, async ({ scratch, load }) => {
      await load("t", FILE, KEYS);
      write(scratch.path("tables.db.csvrecon"), `UPDATE change_op SET ${column} = '{{'`);
      for (const args of [["history", "--change=1"], ["undo"]]) {
        const run = await scratch.run([...args, "--db=tables.db"]);
        assertEquals(run.exitCode, 78, describeRun(run));
        assertStringIncludes(run.stderr, "Change log is damaged");
      }
    }));
}

/** What a schema computes of a row, and what of it cannot be computed. */
const COMPUTED = [
  ["a CHECK", "CREATE TABLE t (name TEXT PRIMARY KEY, v TEXT CHECK (json_extract(v, '$.a') > 0))"],
  ["a stored column", "CREATE TABLE t (name TEXT PRIMARY KEY, v TEXT, g AS (json_extract(v, '$.a')) STORED)"],
  ["a virtual column", "CREATE TABLE t (name TEXT PRIMARY KEY, v TEXT, g AS (json_extract(v, '$.a')))"],
  ["an index", "CREATE TABLE t (name TEXT PRIMARY KEY, v TEXT); CREATE INDEX i ON t (json_extract(v, '$.a'))"],
] as const;

for (const [what, sql] of COMPUTED) {
  Deno.test(`a row of which ${what} cannot be computed is in error, and the others are loaded`, () =>
    withTables(sql, async ({ load, query }) => {
      const { rows } = await load("t", 'name,v\na,{{\nb,"{""a"":1}"\n');
      assertStringIncludes(rows[0] ?? "", "because of what it computes of the row: malformed JSON");
      assertEquals(rows[1], "created t b");
      assertEquals(query("SELECT name FROM t"), ["b"]);
    }));
}

/** What the schema names, and only its owner has: the text that is written into it, and what stands there before. */
function owned(sql: string, [before, after]: readonly [string, string], use: (loading: Loading) => Promise<void>) {
  return withTables(sql, async (loading) => {
    const file = loading.database;
    const owner = new Database({ file, path: file, busyTimeoutSeconds: 0, isCopy: true });
    owner.exec("PRAGMA writable_schema = ON");
    owner.prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, ?)").run(before, after);
    owner.close();
    await use(loading);
  });
}

for (
  const column of [
    "d TEXT DEFAULT (abs(1)), name TEXT UNIQUE",
    "name TEXT UNIQUE, id TEXT PRIMARY KEY DEFAULT (abs(1))",
  ]
) {
  Deno.test(`a DEFAULT that only its program can work out ends the run where it is needed: ${column}`, () =>
    owned(`CREATE TABLE t (${column}, v TEXT)`, ["abs", "own_function"], async (loading) => {
      await refused(loading, {}, 78, "calls the function own_function");
      const given = column.startsWith("d") ? "d" : "id";
      const { rows } = await loading.load("t", `name,${given}\na,x\n`, KEYS);
      assertEquals(rows.map((row) => row.split(" ")[0]), ["created"]);
    }));
}

Deno.test("a column that compares as only its program can is read, written, exported and looked through all the same", () =>
  owned(
    "CREATE TABLE t (name TEXT PRIMARY KEY, v TEXT COLLATE nocase, n INT COLLATE nocase); INSERT INTO t VALUES ('a', '1', 5)",
    ["nocase", "unicase"],
    async ({ load, scratch }) => {
      const { rows } = await load("t", "name,v,n\na,2,6\nb,3,7\n");
      assertEquals(rows, ['updated t a v="1"->"2" n=5->6', "created t b"]);
      const exported = await scratch.run(["export", "--db=tables.db", "--class=t", "--file=-"]);
      assertStringIncludes(exported.stdout, "a,2,6");
      const derived = await scratch.run(["model", "derive", "--db=tables.db"]);
      assertEquals([exported.exitCode, derived.exitCode], [0, 0], describeRun(derived));
    },
  ));

Deno.test("an overlay's SQL that SQLite does not take is told with the class", () =>
  withTables(PARTS, async (loading) => {
    for (const sql of ["no_such_function(1)", "1)", "SELECT"]) {
      const classes = { t: { attributes: { v: { default: { sql } } } } };
      const model = loading.scratch.write("own.jsonc", JSON.stringify({ classes }));
      const run = await loading.print("t", "name\nb\n", { ...KEYS, model });
      assertEquals(run.exitCode, 78, describeRun(run));
      assertEquals(loading.query("SELECT count(*) FROM t"), ["1"]);
    }
  }));

Deno.test("a trigger that takes everything back ends an undo, and a job, with its own words", () =>
  withTables(PARTS, async ({ scratch, load, query, database }) => {
    await load("t", FILE, KEYS);
    const before = query("SELECT * FROM t");
    write(database, "CREATE TRIGGER x BEFORE UPDATE ON t BEGIN SELECT RAISE(ROLLBACK, 'not so'); END");
    scratch.write("more.csv", "name,v\na,9\n");
    scratch.write("more.params", "csvfile = more.csv\nclass = t\nreconciliationkeys = name\n");
    scratch.write("own.job", "db = tables.db\nimport = more.params\n");
    for (const args of [["undo", "--db=tables.db"], ["run", "own.job"], ["run", "own.job", "--atomic=1"]]) {
      const run = await scratch.run(args);
      assert(run.exitCode !== 70, describeRun(run));
      assertStringIncludes(run.stderr, "not so");
      assertEquals(query("SELECT * FROM t"), before);
    }
  }));

Deno.test("what is in the names of columns does nothing to a terminal", () =>
  withTables('CREATE TABLE t (name TEXT PRIMARY KEY, "v\u001b[31m\u202e" TEXT)', async ({ print }) => {
    const run = await print("t", "nam\na\n");
    assertEquals(run.exitCode, 64);
    for (const sign of "\u001b\u202e") assert(!run.stderr.includes(sign), describeRun(run));
  }));

Deno.test("a header of a format that no SQLite knows is damage", () =>
  withTables(PARTS, async ({ database, print }) => {
    const bytes = Deno.readFileSync(database);
    for (let at = 44; at < 48; at++) bytes[at] = 0xff;
    Deno.writeFileSync(database, bytes);
    const run = await print("t", FILE, KEYS);
    assertEquals(run.exitCode, 78, describeRun(run));
    assertStringIncludes(run.stderr, "Database is damaged");
  }));
