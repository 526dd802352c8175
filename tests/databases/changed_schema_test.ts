/** Something of a database of ours was dropped or changed by hand: every command that needs it says so, with a code of its own. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { serverName } from "../helpers/both_databases.ts";
import { withConnection, withDatabase } from "../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";

const LOGIN = ["--auth_user=admin", "--auth_pwd=admin"];
const LOAD = [...LOGIN, "--class=Brand", "--csvfile=brands.csv"];

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  import: ["import", ...LOAD],
  feed: ["import", ...LOAD, "--source=inventory"],
  badLogin: ["import", "--auth_user=admin", "--auth_pwd=wrong", "--class=Brand", "--csvfile=brands.csv"],
  check: ["check", "--class=Brand", "--csvfile=brands.csv"],
  explain: ["explain", ...LOAD, "--line=2"],
  export: ["export", ...LOGIN, "--class=Brand"],
  history: ["history", ...LOGIN],
  change: ["history", ...LOGIN, "--change=1"],
  prune: ["history", ...LOGIN, "--prune=1", "--before=2020-01-01"],
  undo: ["undo", ...LOGIN, "--change=1"],
  passwd: ["passwd", "--user=admin", "--new_pwd_file=new.txt"],
  model: ["model", "show"],
  index: ["index"],
  copy: ["copy", "--to=copy.db"],
};

/** What was dropped, and which commands cannot do without it. */
const DROPPED: readonly (readonly [drop: string, commands: readonly string[]])[] = [
  ["TABLE csvrecon_model", Object.keys(COMMANDS)],
  ["TABLE change", ["import", "history", "change", "undo", "passwd"]],
  ["TABLE change_op", ["import", "change", "undo"]],
  ["TABLE csvrecon_feed", ["feed"]],
  ["TABLE csvrecon_feed_object", ["feed"]],
  ["TABLE login_failure", ["badLogin"]],
  ["TABLE typology", ["import", "explain", "export"]],
  ['TABLE "user"', ["import", "history", "passwd"]],
];

/** What a server alone has. */
const DROPPED_AT_SERVER: typeof DROPPED = [
  ["TABLE csvrecon_ids", ["import", "passwd", "prune", "undo", "copy"]],
  ["TABLE csvrecon_commit", ["passwd"]],
];

const CHANGED_AT_SERVER: typeof DROPPED = [
  ["TABLE csvrecon_model DROP COLUMN text", ["import", "copy"]],
  ["TABLE csvrecon_ids DROP COLUMN last", ["import"]],
  ["TABLE typology DROP COLUMN name CASCADE", ["import"]],
  ["TABLE csvrecon_ids ALTER COLUMN last TYPE text", ["import"]],
];

async function assertTold(scratch: Scratch, name: string, command: string, change: string): Promise<void> {
  const named = `--${command === "copy" ? "from" : "db"}=${name}`;
  const run = await scratch.run([...COMMANDS[command] ?? [], named]);
  const told = `${change}, ${command}: ${run.stdout}${run.stderr}`;
  assertEquals(run.exitCode, 78, told);
  assertMatch(
    run.stderr,
    /^csvrecon: Database is not as csvrecon has made it: '[^']+' \(.+\)\n {2}.*restore a copy/,
    told,
  );
}

async function make(scratch: Scratch, name: string): Promise<void> {
  scratch.write("brands.csv", "name\nDell\nHP\n");
  scratch.write("new.txt", "new password\n");
  assertExit(await scratch.run(["init", `--db=${name}`, "--admin_user=admin", "--admin_pwd=admin"]), 0);
  assertExit(await scratch.run([...COMMANDS["feed"] ?? [], `--db=${name}`]), 0);
  scratch.write("brands.csv", "name\nDell\nLenovo\n");
}

Deno.test("a file: what was dropped by hand is told, with 78", () =>
  withScratch(async (scratch) => {
    await make(scratch, "whole.db");
    // Who has no log of older databases does without it, and a run that writes nothing needs none.
    for (const [drop, commands] of DROPPED) {
      for (const command of commands) {
        Deno.copyFileSync(scratch.path("whole.db"), scratch.path("cut.db"));
        const opened = new DatabaseSync(scratch.path("cut.db"), { enableForeignKeyConstraints: false });
        opened.exec(`DROP ${drop}`);
        opened.close();
        await assertTold(scratch, "cut.db", command, drop);
      }
    }
  }));

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: what was dropped or changed by hand is told, with 78`, () =>
    withDatabase(release, (whole) =>
      withScratch(async (scratch) => {
        await make(scratch, serverName(whole));
        const changes = [
          ...[...DROPPED, ...DROPPED_AT_SERVER].map(([drop, commands]) => [`DROP ${drop} CASCADE`, commands] as const),
          ...CHANGED_AT_SERVER.map(([change, commands]) => [`ALTER ${change}`, commands] as const),
        ];
        for (const [change, commands] of changes) {
          await withDatabase(release, async (cut) => {
            await withConnection(cut, (connection) => connection.execute(change));
            for (const command of commands) await assertTold(scratch, serverName(cut), command, change);
          }, whole.database);
        }
      })));

  Deno.test(`${release.name}: what a trigger of others lacks is the row's matter, as any of its refusals`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        await make(scratch, serverName(address));
        await withConnection(address, (connection) =>
          connection.execute(
            "CREATE FUNCTION public.lacks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " +
              "IF NEW.name = 'Lenovo' THEN INSERT INTO public.nowhere VALUES (1); END IF; RETURN NEW; END $$; " +
              "CREATE TRIGGER lacks BEFORE INSERT ON csvrecon.typology FOR EACH ROW EXECUTE FUNCTION public.lacks()",
          ));
        const run = await scratch.run([...COMMANDS["import"] ?? [], `--db=${serverName(address)}`, "--output=details"]);
        assertExit(run, 1);
        assertStringIncludes(run.stdout, 'a trigger: relation ""public.nowhere"" does not exist');
      })));
}
