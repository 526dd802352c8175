/** Imports into a database that we did not make, with all that an overlay may say of it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { assertExit, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";

const SCHEMA = `
  CREATE TABLE groups(gid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  INSERT INTO groups VALUES (1, 'Admins'), (2, 'Users');
  CREATE TABLE person(id CHAR(32) PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, email VARCHAR(50) NOT NULL, grp INTEGER,
    active BOOL, vip TEXT, state INTEGER, born TEXT, seen INTEGER, note TEXT, made TEXT NOT NULL, code TEXT, guid TEXT UNIQUE);
  INSERT INTO person VALUES ('550e8400e29b41d4a716446655440000', 'Ann', 'Lee', 'ann@x.org', 1, 't', 'Y', 1, '2000-02-29', 1704067200,
    NULL, '2024-01-01', 'Abc', NULL);
  CREATE TABLE secret(id INTEGER PRIMARY KEY, word TEXT)`;

const OVERLAY = {
  classes: {
    person: {
      labels: "People",
      reconciliation_keys: ["first", "last"],
      friendly_name: "{first} {last}",
      attributes: {
        id: { generate: "hex32" },
        email: { kind: "email", empty: "text" },
        grp: { target: "groups", labels: "Group", aliases: ["Team"] },
        active: { kind: "boolean", stored: ["f", "t"] },
        vip: { kind: "boolean", stored: ["N", "Y"], null: false },
        state: { kind: "enum", values: { 1: "Open", 2: "Closed" } },
        born: { kind: "date", stored: "text" },
        seen: { kind: "datetime", stored: "unix_seconds" },
        note: { length: 5 },
        made: { default: { sql: "date('2024-02-29', '+1 day')" } },
        code: { collation: "NOCASE" },
        guid: { generate: "uuid" },
      },
    },
    secret: { hidden: true },
  },
};

interface World extends Scratch {
  /** Loads a file. */
  readonly load: (csv: string, ...args: string[]) => Promise<ProgramRun>;
  readonly rows: (sql: string) => unknown[];
}

async function withWorld(use: (world: World) => Promise<void>, overlay: unknown = OVERLAY): Promise<void> {
  await withScratch(async (scratch) => {
    const made = new DatabaseSync(scratch.path("own.db"));
    made.exec(SCHEMA);
    made.close();
    await Deno.writeTextFile(scratch.path("own.jsonc"), JSON.stringify(overlay));
    const load = async (csv: string, ...args: string[]) => {
      await Deno.writeTextFile(scratch.path("in.csv"), csv);
      return await scratch.run(["--db=own.db", "--model=own.jsonc", "--class=person", "--csvfile=in.csv", ...args]);
    };
    await use({ ...scratch, load, rows: (sql) => rowsOf(scratch.path("own.db"), sql) });
  });
}

function rowsOf(path: string, sql: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all().map((row) => Object.values(row));
  } finally {
    database.close();
  }
}

const ANN = "Ann,Lee,ann@x.org,Admins,yes,yes,Open,2000-02-29,2024-01-01 00:00:00,\n";
const BOB = "Bob,Ray,,Users,no,no,Closed,1999-12-31,2024-02-29 12:00:00,short\n";
const HEAD = "first,last,email,Team->name,active,vip,state,born,seen,note\n";

Deno.test("values are stored as the overlay says, and what is stored so is unchanged", () =>
  withWorld(async ({ load, rows }) => {
    const loaded = await load(HEAD + ANN + BOB);
    assertExit(loaded, 0);
    assertStringIncludes(loaded.stdout, "#Model: own.jsonc\n");
    assertStringIncludes(loaded.stdout, "#Created: 1\n#Updated: 0\n#Unchanged: 1\n");
    assertEquals(
      rows("SELECT email, grp, active, vip, state, born, seen, note, made, code FROM person WHERE first = 'Bob'"),
      [
        ["", 2, "f", "N", 2, "1999-12-31", 1709208000, "short", "2024-03-01", null],
      ],
    );
    const [[id, guid] = []] = rows("SELECT id, guid FROM person WHERE first = 'Bob'") as [string, string][];
    assert(/^[0-9a-f]{32}$/.test(id ?? ""), id);
    assert(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(guid ?? ""), guid);
    const again = await load(HEAD + ANN + BOB);
    assertStringIncludes(again.stdout, "#Created: 0\n#Updated: 0\n#Unchanged: 2\n");
  }));

Deno.test("what is made is made for each row of its own", () =>
  withWorld(async ({ load, rows }) => {
    const lines = Array.from({ length: 700 }, (_, at) => `P${at},X,,Users,no,no,Open,,,\n`);
    assertExit(await load(HEAD + lines.join("")), 0);
    assertEquals(rows("SELECT count(*), count(DISTINCT id), count(DISTINCT guid) FROM person WHERE last = 'X'"), [[
      700,
      700,
      700,
    ]]);
    assertEquals(rows("SELECT DISTINCT made FROM person WHERE last = 'X'"), [["2024-03-01"]]);
  }));

Deno.test("a file may give what would be made", () =>
  withWorld(async ({ load, rows }) => {
    assertExit(await load("first,last,email,vip,made,guid\nDan,Oh,,no,1999-01-01,g\n"), 0);
    assertEquals(rows("SELECT made, guid FROM person WHERE first = 'Dan'"), [["1999-01-01", "g"]]);
  }));

Deno.test("values that the overlay does not allow are refused", () =>
  withWorld(async ({ load }) => {
    const rows = "Cid,Oh,x,Users,no,,Closed,,,toolong\nDan,Oh,dan@x.org,Nobody,no,no,Shut,1999-02-30,,\n";
    const loaded = await load(HEAD + rows, "--output=details");
    assertExit(loaded, 1);
    for (
      const reason of [
        "Wrong format [x], expected an e-mail address",
        "Unexpected value for attribute 'vip': Null not allowed",
        "String too long (found 7, limited to 5)",
        "No match for value 'Nobody'. Some possible 'groups' value(s): Admins, Users",
        "Allowed 'state' value(s): Open,Closed",
        "'1999-02-30' is an invalid value",
      ]
    ) assertStringIncludes(loaded.stdout, reason);
  }));

Deno.test("labels and codes of values both stand for them, and a collation says when texts are the same", () =>
  withWorld(async ({ load, rows }) => {
    assertExit(await load("code,state\naBC,2\n", "--reconciliationkeys=code", "--no_localize"), 0);
    assertEquals(rows("SELECT code, state FROM person"), [["aBC", 2]]);
  }));

Deno.test("a hidden table is no class", () =>
  withWorld(async ({ load, run }) => {
    assertExit(await load("word\nx\n", "--class=secret"), 64);
    const shown = await run(["model", "show", "--db=own.db", "--model=own.jsonc"]);
    assert(!shown.stdout.includes("secret"), shown.stdout);
  }));

Deno.test("exports, histories, undos and explanations are told the same", () =>
  withWorld(async ({ load, run, rows }) => {
    assertExit(await load(HEAD + BOB), 0);
    const told = ["--db=own.db", "--model=own.jsonc"];
    const columns = "--columns=first,grp->name,active,vip,state,born,seen";
    const exported = await run(["export", ...told, "--class=person", columns]);
    assertExit(exported, 0);
    assertEquals(
      exported.stdout,
      "first,grp->name,active,vip,state,born,seen\nAnn,Admins,yes,yes,Open,2000-02-29,2024-01-01 00:00:00\n" +
        "Bob,Users,no,no,Closed,1999-12-31,2024-02-29 12:00:00\n",
    );
    const history = await run(["history", ...told, "--change=1"]);
    assertStringIncludes(history.stdout, "  seen: 2024-02-29 12:00:00\n");
    const explained = await run(["explain", ...told, "--class=person", "--csvfile=in.csv", "--line=2"]);
    assertStringIncludes(explained.stdout, "Team->name: groups where name is 'Users': one; groups 2, Users");
    assertExit(await run(["undo", ...told, "--change=1"]), 0);
    assertEquals(rows("SELECT first FROM person"), [["Ann"]]);
  }));

Deno.test("param files and job files may name the overlay", () =>
  withWorld(async ({ path, run, rows }) => {
    await Deno.writeTextFile(path("in.csv"), HEAD + BOB);
    await Deno.writeTextFile(path("one.params"), "csvfile = in.csv\nclass = person\n");
    await Deno.writeTextFile(path("all.job"), "db = own.db\nmodel = own.jsonc\nimport = one.params\n");
    assertExit(await run(["run", "all.job"]), 0);
    assertEquals(rows("SELECT count(*) FROM person"), [[2]]);
    await Deno.writeTextFile(path("one.params"), "csvfile = in.csv\nclass = person\nmodel = own.jsonc\ndb = own.db\n");
    const again = await run(["--param_file=one.params"]);
    assertExit(again, 0);
    assertStringIncludes(again.stdout, "#Unchanged: 1\n");
  }));

Deno.test("the imports of a job say one thing of a database", () =>
  withWorld(async ({ path, run }) => {
    await Deno.writeTextFile(path("in.csv"), HEAD + BOB);
    await Deno.writeTextFile(path("other.jsonc"), '{ "classes": {} }');
    await Deno.writeTextFile(path("one.params"), "csvfile = in.csv\nclass = person\nmodel = own.jsonc\n");
    await Deno.writeTextFile(path("two.params"), "csvfile = in.csv\nclass = person\nmodel = other.jsonc\n");
    await Deno.writeTextFile(path("all.job"), "db = own.db\nimport = one.params\nimport = two.params\n");
    const refused = await run(["run", "all.job"]);
    assertExit(refused, 64);
    assertEquals(
      refused.stdout,
      "#Job all says several things of one database, 'own.db': its imports differ in model\n",
    );
  }));

Deno.test("an overlay is read anew for each run: what it names must still be there", () =>
  withWorld(async ({ load, path, rows }) => {
    const database = new DatabaseSync(path("own.db"));
    database.exec("ALTER TABLE person RENAME COLUMN seen TO seen_at; ALTER TABLE person ADD COLUMN fresh TEXT");
    database.close();
    const refused = await load("first,last,fresh\nAnn,Lee,x\n");
    assertExit(refused, 78);
    assertEquals(
      refused.stdout,
      "#Overlay 'own.jsonc', $.classes.person.attributes.seen: the table 'person' has no column 'seen'. " +
        "Names are compared exactly\n",
    );
    assertEquals(rows("SELECT fresh FROM person"), [[null]]);
  }));
