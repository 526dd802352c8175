/** `csvrecon index`: imports find the indexes and triggers that it has made, and change nothing of the schema any more. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withWorld } from "../helpers/loading.ts";
import { assertExit, type ProgramRun, withScratch } from "../helpers/scratch.ts";

function index(loading: Loading, ...args: readonly string[]): Promise<ProgramRun> {
  return loading.scratch.run(["index", `--db=${loading.database}`, ...args]);
}

/** Class, rows, reconciliation keys. */
const IMPORTS: readonly (readonly [string, string, string])[] = [
  ["Organization", "name,code\nDemo,D\n", ""],
  ["Person", "name,first_name,org_id->name,email,employee_number\nDoé,Jo,Demo,jo@example.com,12\n", ""],
  ["Person", "email,name,first_name,org_id->name\nzoë@example.com,Zoë,A,Demo\n", "email"],
  ["Person", "friendlyname,phone\nJo Doé,1\n", "friendlyname"],
  ["Person", "org_id->name,employee_number,name,first_name\nDemo,7,A,B\n", "org_id->name,employee_number"],
  ["Location", "name,org_id->friendlyname\nÅrhus,Demo\n", ""],
  [
    "UserLocal",
    "login,password,contactid->friendlyname,profile_list\njo,P4ssw0rd-9,Jo Doé,profileid->name:Administrator\n",
    "",
  ],
  ["Team", "name,org_id->name,persons_list\nCrew,Demo,person_id->friendlyname:Jo Doé\n", ""],
];

/** What changes the schema. */
const DDL = /^\s*(?:CREATE|DROP|ALTER)\s(?!TEMP)/i;

Deno.test("after csvrecon index no import makes an index or a trigger", () =>
  withWorld(async (loading) => {
    const made = await index(loading);
    assertExit(made, 0);
    assertStringIncludes(made.stdout, "\nPerson by friendlyname: made\n");
    for (const [code, , keys] of IMPORTS) {
      if (keys !== "") assertExit(await index(loading, `--class=${code}`, `--reconciliationkeys=${keys}`), 0);
    }
    const ddl: string[] = [];
    const onStatement = (sql: string) => void (DDL.test(sql) && ddl.push(sql));
    for (const [code, csv, keys] of IMPORTS) {
      const params = { no_localize: "1", ...keys === "" ? {} : { reconciliationkeys: keys } };
      assertExit(await loading.print(code, csv, params, { onStatement }), 0);
    }
    assertEquals(ddl, []);
  }));

Deno.test("what it has made is there when it comes again, and what it says is counted", () =>
  withWorld(async (loading) => {
    const first = (await index(loading, "--class=Person")).stdout.trimEnd().split("\n");
    const again = (await index(loading, "--class=Person")).stdout.trimEnd().split("\n");
    const made = first.filter((line) => line.endsWith(": made")).length;
    assert(made > 2);
    assertEquals(again.slice(0, -1), first.slice(0, -1).map((line) => line.replace(/: made$/, ": was there")));
    assertEquals(again.at(-1), `Indexes made: 0, there before: ${again.length - 1}, not possible: 0`);
    assert(first.at(-1)?.startsWith(`Indexes made: ${made}, `));
  }));

Deno.test("keys may be labels, and have arrows", () =>
  withWorld(async (loading) => {
    const run = await index(loading, "--class=Person", "--reconciliationkeys=Email,Organization->Name");
    assertExit(run, 0);
    assertStringIncludes(run.stdout, "Person by email, org_id: made\n");
  }));

const REFUSED: readonly (readonly [readonly string[], string])[] = [
  [["--class=Persn"], "Unknown class: 'Persn'"],
  [["--class=Person", "--reconciliationkeys=emial"], "Unknown column: 'emial'. Did you mean 'email'?"],
  [["--class=Person", "--reconciliationkeys=team_list"], "team_list"],
  [["--reconciliationkeys=email"], "Parameter reconciliationkeys is given without class"],
  [["--auth_user=admin"], "auth_user"],
];

for (const [args, message] of REFUSED) {
  Deno.test(`csvrecon index ${args.join(" ")} is refused`, () =>
    withWorld(async (loading) => {
      const run = await index(loading, ...args);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, message);
    }));
}

Deno.test("a database of others gets no indexes", () =>
  withScratch(async (scratch) => {
    const database = new DatabaseSync(scratch.path("other.db"));
    database.exec("CREATE TABLE thing (name TEXT)");
    database.close();
    const run = await scratch.run(["index", "--db=other.db"]);
    assertExit(run, 78);
    const after = new DatabaseSync(scratch.path("other.db"));
    assertEquals(after.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"], 1);
    after.close();
  }));
