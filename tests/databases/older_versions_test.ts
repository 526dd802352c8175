/** Databases of older versions: who reads does without what they lack, and the next run that writes gives it to them, or nothing. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SCHEMA_VERSION } from "../../lib/databases/sqlite/database.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, withDatabase, withModel } from "../helpers/loading.ts";
import { OLDER_VERSIONS, writeOlderDatabase } from "../helpers/older_database.ts";
import { assertExit, type ProgramRun, type RunOptions } from "../helpers/scratch.ts";
import { wholeFile } from "../helpers/world.ts";

type Version = typeof OLDER_VERSIONS[number];

function withOlder(version: Version, use: (loading: Loading) => Promise<void>): Promise<void> {
  return withDatabase((scratch) => writeOlderDatabase(scratch, version), use);
}

/** Runs a command with the files that all of them use. @param args without the database and the login */
function runOn(
  { scratch, database }: Loading,
  [command, ...args]: readonly string[],
  options: RunOptions = {},
): Promise<ProgramRun> {
  scratch.write("people.csv", "name,size,team->name\nÉVA,5,NORTH\nnew,1,ärger\n");
  scratch.write("before.params", "class = Person\ncsvfile = people.csv\nno_localize = 1\n");
  scratch.write("night.job", `db = ${database}\nauth_user = ${ADMIN}\nauth_pwd = ${ADMIN}\nimport = before.params\n`);
  const login = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
  const isFile = command === "run";
  const needsLogin = !["run", "passwd", "model", "check"].includes(String(command));
  const words = command === "import" ? [] : [String(command)];
  return scratch.run(
    [...words, ...args, ...isFile ? [] : [`--db=${database}`], ...needsLogin ? login : []],
    options,
  );
}

const IMPORT = ["--class=Person", "--csvfile=people.csv", "--no_localize=1"];
const FEED = ["--source=hr", "--gone_limit=100%"];

/** Commands that write nothing, and a part of what they tell. */
const READERS: readonly (readonly [told: string, ...args: readonly string[]])[] = [
  ["p2.csv", "history"],
  ['"type":"run"', "history", "--output=json"],
  ["size", "history", "--change=3"],
  ["Éva", "history", "--class=Person", "--object=1"],
  ["Éva", "export", "--class=Person"],
  ["reconciliation keys", "model", "show", "--class=Person"],
  ["3 of 3 columns known", "check", "people.csv", "--class=Person", "--no_localize=1"],
  ["Person", "explain", "--line=2", ...IMPORT],
  ["#Created: 1", "import", ...IMPORT, "--simulate=1"],
  ["#Gone: 0", "import", ...IMPORT, ...FEED, "--gone=report", "--simulate=1"],
  ["set back", "undo", "--change=3", "--simulate=1"],
  ["remove", "history", "--prune=1", "--before=2021-01-01", "--simulate=1"],
];

/** Commands that write, each as the first one of its version. */
const WRITERS: readonly (readonly string[])[] = [
  ["import", ...IMPORT],
  ["import", ...IMPORT, ...FEED, "--gone=delete", "--once=1"],
  ["import", ...IMPORT, "--second_pass=team"],
  ["import", ...IMPORT, "--create_targets=team"],
  ["undo", "--change=3"],
  ["history", "--prune=1", "--before=2021-01-01"],
  ["passwd", `--user=${ADMIN}`],
  ["run", "night.job"],
];

const PASSWORD = { stdin: "other secret\n" };

function versionOf({ query }: Loading): string {
  return query("SELECT user_version FROM pragma_user_version")[0] ?? "";
}

/** Every column and every index of every table, but for those that searches make. */
function structureOf({ query }: Loading): readonly string[] {
  return [
    ...query(
      'SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c ' +
        "WHERE t.type = 'table' ORDER BY t.name, c.cid",
    ),
    ...query(
      'SELECT t.name, i.name, i."unique", i.partial, c.name FROM sqlite_schema AS t, pragma_index_list(t.name) AS i, ' +
        "pragma_index_info(i.name) AS c WHERE t.type = 'table' AND i.name NOT LIKE 'search%' AND i.name NOT LIKE 'sqlite%' " +
        "ORDER BY t.name, i.name, c.seqno",
    ),
  ];
}

Deno.test("every version before that of today has its database here", () => {
  assertEquals<readonly number[]>(OLDER_VERSIONS, Array.from({ length: SCHEMA_VERSION - 1 }, (_, index) => index + 1));
});

for (const version of OLDER_VERSIONS) {
  Deno.test(`version ${version}: whoever only reads is answered, and leaves the database as it is`, () =>
    withOlder(version, async (loading) => {
      const before = wholeFile(loading.database);
      for (const [told, ...args] of READERS) {
        const run = await runOn(loading, args);
        assertExit(run, 0);
        assertStringIncludes(run.stdout, told, args.join(" "));
        assertEquals(versionOf(loading), String(version), args.join(" "));
        assertEquals(wholeFile(loading.database), before, args.join(" "));
      }
    }));

  Deno.test(`version ${version}: whatever writes first gives the database what it lacks`, () =>
    withOlder(version, async (loading) => {
      const old = wholeFile(loading.database);
      const model = loading.query("SELECT text FROM csvrecon_model")[0] ?? "";
      let wanted: readonly string[] = [];
      await withModel(JSON.parse(model), (fresh) => Promise.resolve(void (wanted = structureOf(fresh))));
      for (const args of WRITERS) {
        loading.scratch.write(`version${version}.db`, old);
        assertExit(await runOn(loading, args, args[0] === "passwd" ? PASSWORD : {}), 0);
        assertEquals([versionOf(loading), structureOf(loading)], [String(SCHEMA_VERSION), wanted], args.join(" "));
        assertEquals(loading.query("PRAGMA integrity_check"), ["ok"]);
      }
    }));

  Deno.test(`version ${version}: a step that does not come to its end leaves nothing, whichever of its statements was the last`, () =>
    withOlder(version, async (loading) => {
      const before = wholeFile(loading.database);
      const steps: string[] = [];
      const writing = ["import", ...IMPORT, ...FEED];
      assertExit(await runOn(loading, writing, { onStatement: (sql) => void steps.push(sql) }), 0);
      const from = steps.indexOf("BEGIN IMMEDIATE");
      const to = steps.indexOf(`PRAGMA user_version = ${SCHEMA_VERSION}`);
      assert(from >= 0 && to > from);
      for (let last = from + 1; last <= to + 1; last++) {
        loading.scratch.write(`version${version}.db`, before);
        let count = 0;
        const onStatement = (): void => {
          if (count++ === last) throw new Error("the power fails");
        };
        assertExit(await runOn(loading, writing, { onStatement }), 70);
        assertEquals(wholeFile(loading.database), before, steps[last]);
      }
      const refused = await runOn(loading, ["import", "--class=Person", "--csvfile=none.csv", ...FEED]);
      assertExit(refused, 66);
      assertEquals(versionOf(loading), String(version));
    }));

  Deno.test(`version ${version}: old runs are undone, and feeds begin, as in a new database`, () =>
    withOlder(version, async (loading) => {
      assertExit(await runOn(loading, ["undo", "--change=3"]), 0);
      assertEquals(loading.objects("Person", "name,size,team"), ["Éva,1,1", "ben,2,2", "zoe,3,0"]);
      assertExit(await runOn(loading, ["undo", "--change=4"]), 0);
      assertEquals(loading.objects("Person", "name,size,team"), ["Éva,1,2", "ben,7,2", "zoe,3,0"]);
      assertExit(await runOn(loading, ["import", ...IMPORT, ...FEED]), 0);
      await loading.load("Person", "name\nnew\n", { source: "HR", gone: "delete", gone_limit: "100%" });
      assertEquals(loading.objects("Person", "name"), ["ben", "zoe", "new"]);
      assertExit(await runOn(loading, ["undo", "--change=7"]), 0);
      assertEquals(loading.objects("Person", "name"), ["ÉVA", "ben", "zoe", "new"]);
      const { stdout } = await runOn(loading, ["history"]);
      for (const told of ["p2.csv", "undone by run 8", "1 gone from the feed 'hr'"]) assertStringIncludes(stdout, told);
    }));
}
