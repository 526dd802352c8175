/** What the program tells the shell: one exit code for each way a run can end, and the reason on standard error. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { overridden } from "../helpers/overridden.ts";
import { runProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { assertRefused, changeDatabase, IMPORT, LOGIN, withWorld } from "./world_and_input.ts";

Deno.test("0: every row went in, and nothing stands on standard error", () =>
  withWorld(async ({ folder }) => {
    const run = await runProcess(IMPORT, { folder });
    assertExit(run, 0);
    assertStringIncludes(run.stdout, "#Issues: 0\n#Warnings: 0\n#Created: 1\n");
    assertEquals(run.stderr, "");
  }));

Deno.test("1: some rows are in error, the others went in", () =>
  withWorld(async ({ folder }) => {
    const run = await runProcess([...IMPORT, "--output=details"], { folder });
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "#Issues: 1\n#Warnings: 0\n#Created: 1\n");
    assertStringIncludes(run.stdout, "0;Issue: 3 cells where the header has 2;");
    // SPEC 15: mails of cron and journals have the rows in error, whatever the report is.
    assertEquals(run.stderr, "csvrecon: line 2, Name 'One', Code 'ONE': 3 cells where the header has 2\n");
  }, "Name,Code\nOne,ONE,1\nTwo,TWO\n"));

Deno.test("2: more rows are in error than max_errors allows, and nothing is written", () =>
  withWorld(async ({ folder }, database) => {
    const before = everythingStored(database);
    const run = await runProcess([...IMPORT, "--max_errors=0"], { folder });
    assertExit(run, 2);
    assertStringIncludes(run.stderr, "max_errors=0 allows 0. Nothing was written");
    assertEquals(everythingStored(database), before);
  }, "Name,Code\nOne,ONE,1\nTwo,TWO\n"));

const USAGE: readonly (readonly [string, readonly string[], string])[] = [
  ["no parameter but the command", ["import"], "Missing argument 'csvfile'"],
  ["an unknown parameter", [...IMPORT, "--simulat=1"], "Unknown parameter: '--simulat'. Did you mean '--simulate'?"],
  [
    "a wrong value",
    [...IMPORT, "--separator=ab"],
    "Wrong separator 'ab': expected one character, tab, or several characters that are no word",
  ],
  ["an unknown class", [...LOGIN, "--class=organization", "--csvfile=input.csv"], "Unknown class: 'organization'"],
  ["an unknown key", [...IMPORT, "--reconciliationkeys=Nme"], "Unknown reconciliation key: 'Nme'"],
];

for (const [what, args, words] of USAGE) {
  Deno.test(`64: ${what}`, () =>
    withWorld(async ({ folder }) => assertRefused(await runProcess(args, { folder }), 64, words)));
}

Deno.test("64: an unknown column", () =>
  withWorld(
    async ({ folder }) =>
      assertRefused(await runProcess(IMPORT, { folder }), 64, "Unknown column: 'Cod'. Did you mean 'code'?"),
    "Name,Cod\n",
  ));

Deno.test("65: a qualified cell that is never closed, and nothing of the rows before it is written", () =>
  withWorld(async ({ folder }, database) => {
    const before = everythingStored(database);
    assertRefused(await runProcess(IMPORT, { folder }), 65, "line 3");
    assertEquals(everythingStored(database), before);
  }, 'Name,Code\nDemo,DEMO\n"Open,O\n'));

Deno.test("65: bytes that the charset does not have", () =>
  withWorld(async ({ folder, write }, database) => {
    const before = everythingStored(database);
    write(
      "input.csv",
      new Uint8Array([...new TextEncoder().encode("Name,Code\nDemo,DEMO\nCaf"), 0xe9, 0x2c, 0x43, 0x0a]),
    );
    const run = await runProcess(IMPORT, { folder });
    assertRefused(run, 65, "Undecodable bytes at line 3, byte offset 23");
    assertStringIncludes(run.stderr, "WINDOWS-1252", describeRun(run));
    assertEquals(everythingStored(database), before);
  }));

const MISSING_INPUTS: readonly (readonly [string, readonly string[], string])[] = [
  ["an input file that is not there", [...LOGIN, "--class=Organization", "--csvfile=nothing.csv"], "'nothing.csv'"],
  ["a folder as the input", [...LOGIN, "--class=Organization", "--csvfile=."], "'.'"],
  ["a param file that is not there", [...IMPORT, "--param_file=nothing.params"], "'nothing.params'"],
  [
    "a password file that is not there",
    [
      "--db=world.db",
      "--auth_user=admin",
      "--auth_pwd_file=nothing.pwd",
      "--class=Organization",
      "--csvfile=input.csv",
    ],
    "'nothing.pwd'",
  ],
];

for (const [what, args, words] of MISSING_INPUTS) {
  Deno.test(`66: ${what}`, () =>
    withWorld(async ({ folder }) => assertRefused(await runProcess(args, { folder }), 66, words)));
}

Deno.test("70: what must never happen asks for a report, with the stack, and writes nothing", () =>
  withWorld(async ({ folder }, database) => {
    // Nobody but us makes the tables: that one takes no rows looks like a wrong statement of ours.
    changeDatabase(
      database,
      "DROP VIEW view_Organization; ALTER TABLE organization RENAME TO lost; CREATE VIEW organization AS SELECT * FROM lost",
    );
    const before = everythingStored(database);
    const run = await runProcess(IMPORT, { folder });
    assertExit(run, 70);
    assertStringIncludes(run.stdout, "Internal error: ", describeRun(run));
    assertStringIncludes(run.stderr, "Please report it", describeRun(run));
    assertStringIncludes(run.stderr, "on view: organization", describeRun(run));
    assertStringIncludes(run.stderr, "\n    at ", describeRun(run));
    assertEquals(everythingStored(database), before);
  }));

Deno.test("73: a database below a file can neither be opened nor made", () =>
  withWorld(async ({ folder }) => {
    const path = "input.csv/cmdb.db";
    const used = await runProcess(overridden(IMPORT, `--db=${path}`), { folder });
    assertRefused(used, 73, `Database could not be opened for writing: '${path}'`);
    const made = await runProcess(["init", `--db=${path}`, "--admin_user=admin", "--admin_pwd=admin"], { folder });
    assertExit(made, 73);
    assertEquals(made.stdout, "");
    assertStringIncludes(made.stderr, `Database could not be created: '${path}'`);
  }));

Deno.test("73: something else stands where SQLite wants its log", () =>
  withWorld(async ({ folder, path }) => {
    Deno.mkdirSync(path("world.db-wal"));
    assertRefused(await runProcess(IMPORT, { folder }), 73, "Database could not be opened for writing: 'world.db'");
  }));

Deno.test({
  name: "73: a database that we may only read",
  // Nothing is closed to root, and Windows has no such modes.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: () =>
    withWorld(async ({ folder }, database) => {
      Deno.chmodSync(database, 0o400);
      assertRefused(await runProcess(IMPORT, { folder }), 73, "'world.db'");
    }),
});

Deno.test("77: a wrong password, and an unknown login, in the same words", () =>
  withWorld(async ({ folder }) => {
    const wrongPassword = await runProcess(overridden(IMPORT, "--auth_pwd=admin2"), { folder });
    assertRefused(wrongPassword, 77, "Access restricted or wrong credentials ('admin')");
    const wrongLogin = await runProcess(overridden(IMPORT, "--auth_user=nobody"), { folder });
    assertRefused(wrongLogin, 77, "Access restricted or wrong credentials ('nobody')");
  }));

const UNUSABLE: readonly (readonly [string, (scratch: Scratch, database: string) => void, string])[] = [
  ["no database", (_, database) => Deno.removeSync(database), "Database could not be found: 'world.db'"],
  [
    "a folder",
    (_, database) => (Deno.removeSync(database), Deno.mkdirSync(database)),
    "Not an SQLite database: 'world.db'",
  ],
  [
    "a text file",
    ({ write }) => void write("world.db", "Name,Code\n".repeat(500)),
    "Not an SQLite database: 'world.db'",
  ],
  [
    "a newer schema version",
    (_, database) => changeDatabase(database, "PRAGMA user_version = 99"),
    "Database was made by a newer csvrecon: 'world.db' (schema version 99",
  ],
  [
    "a stored model that is no JSON",
    (_, database) => changeDatabase(database, "UPDATE csvrecon_model SET text = '{]'"),
    "Database holds no usable model: 'world.db'",
  ],
  [
    "a stored model that is no model",
    (_, database) => changeDatabase(database, 'UPDATE csvrecon_model SET text = \'{"name": "empty"}\''),
    "Database holds no usable model: 'world.db'",
  ],
  [
    "no stored model",
    (_, database) => changeDatabase(database, "DELETE FROM csvrecon_model"),
    "Database holds no usable model: 'world.db'",
  ],
];

Deno.test("64: a login for a database of somebody else; 78: what needs users", () =>
  withWorld(async ({ folder }, database) => {
    Deno.removeSync(database);
    changeDatabase(database, "CREATE TABLE t (c)");
    const words = "Database has no users: 'world.db' was not made by csvrecon. Leave out auth_user.";
    assertRefused(await runProcess(IMPORT, { folder }), 64, words);
    for (const args of [["serve", "--db=world.db"], ["passwd", "--db=world.db", "--user=admin"]]) {
      const run = await runProcess(args, { folder, stdin: "new password\n" });
      assertExit(run, 78);
      assertStringIncludes(run.stderr, "Database was not made by csvrecon: 'world.db'", describeRun(run));
    }
  }));

for (const [what, spoil, words] of UNUSABLE) {
  Deno.test(`78: ${what}`, () =>
    withWorld(async (scratch, database) => {
      spoil(scratch, database);
      const run = await runProcess(IMPORT, { folder: scratch.folder });
      assertRefused(run, 78, words);
      const shown = await runProcess(["model", "show", "--db=world.db"], { folder: scratch.folder });
      assertExit(shown, 78);
      assertStringIncludes(shown.stderr, words, describeRun(shown));
    }));
}

Deno.test("78: a model file with mistakes makes no database, and each mistake is told by its place", () =>
  withScratch(async ({ folder, write, path }) => {
    write("model.json", '{ "name": "m", "classes": { "A": { "attributes": { "a": { "kind": "strin" } } } } }');
    const run = await runProcess(
      ["init", "--db=m.db", "--model=model.json", "--admin_user=a", "--admin_pwd=a"],
      { folder },
    );
    assertExit(run, 78);
    assertEquals(run.stdout, "");
    assertStringIncludes(run.stderr, "model.json: $.classes.A.attributes.a.kind", describeRun(run));
    assertEquals([...Deno.readDirSync(path("."))].map((entry) => entry.name), ["model.json"]);
  }));
