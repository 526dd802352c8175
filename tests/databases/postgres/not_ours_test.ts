/** A server that has something else where a database of ours was named: what is there is said, and what to do, and nothing is changed. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import { serverName } from "../../helpers/both_databases.ts";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { ROLE_PASSWORD } from "../../helpers/postgres_server.ts";
import { assertExit, type ProgramRun, type Scratch, withScratch } from "../../helpers/scratch.ts";

const ADMIN = ["--admin_user=admin", "--admin_pwd=admin"];

const COMMANDS: readonly (readonly string[])[] = [
  ["import", "--auth_user=admin", "--auth_pwd=admin", "--class=Brand", "--csvfile=brands.csv"],
  ["check", "--class=Brand", "--csvfile=brands.csv"],
  ["export", "--auth_user=admin", "--auth_pwd=admin", "--class=Brand"],
  ["history", "--auth_user=admin", "--auth_pwd=admin"],
  ["model", "show"],
  ["index"],
  ["copy", "--to=copy.db"],
];

interface Found {
  readonly what: string;
  /** By whom is owner of everything; `init` makes a database of ours. */
  readonly made: readonly string[];
  readonly exitCode: number;
  readonly says: string;
  readonly helps: string;
  /** A role that owns nothing; left out: the owner. */
  readonly user?: "loader";
}

const BESIDE = "in a schema of their own beside all others";

const FOUND: readonly Found[] = [
  {
    what: "nothing",
    made: [],
    exitCode: 78,
    says: "Database could not be found",
    helps: "csvrecon init",
  },
  {
    what: "tables of others",
    made: [
      "CREATE TABLE public.customer (id int PRIMARY KEY)",
      "CREATE VIEW public.best AS SELECT * FROM public.customer",
    ],
    exitCode: 78,
    says: "No database of csvrecon is in the schema 'csvrecon'",
    helps: `2 tables and views that csvrecon did not make, as 'public.best'\n  At a server.*${BESIDE}`,
  },
  {
    what: "a schema of others with that name",
    made: ["CREATE SCHEMA csvrecon", "CREATE TABLE csvrecon.customer (id int)", "CREATE TABLE public.a (id int)"],
    exitCode: 78,
    says: "No database of csvrecon is in the schema 'csvrecon'",
    helps: "It has 1 table or view that csvrecon did not make, as 'csvrecon.customer'\n.*schema=NAME",
  },
  {
    what: "a table of others that has the name of the mark",
    made: ["CREATE SCHEMA csvrecon", "CREATE TABLE csvrecon.csvrecon_mark (id int)"],
    exitCode: 78,
    says: "No database of csvrecon is in the schema 'csvrecon'",
    helps: "as 'csvrecon.csvrecon_mark'",
  },
  {
    what: "a mark that says nothing",
    made: ["init", "DELETE FROM csvrecon.csvrecon_mark"],
    exitCode: 78,
    says: "No database of csvrecon is in the schema 'csvrecon'",
    helps: "It has [0-9]+ tables and views that csvrecon did not make",
  },
  {
    what: "a database of ours in another schema",
    made: ["init", "ALTER SCHEMA csvrecon RENAME TO assets"],
    exitCode: 78,
    says: "No database of csvrecon is in the schema 'csvrecon'",
    helps: "There is one in the schema 'assets'\n.*schema=assets",
  },
  {
    what: "a database of a newer csvrecon",
    made: ["init", "UPDATE csvrecon.csvrecon_mark SET version = 7"],
    exitCode: 78,
    says: "Database was made by a newer csvrecon",
    helps: "Install the newer csvrecon",
  },
  {
    what: "a database of an older csvrecon",
    made: ["init", "UPDATE csvrecon.csvrecon_mark SET version = 0"],
    exitCode: 78,
    says: "Database was made by an older csvrecon",
    helps: "Use the older csvrecon",
  },
  {
    what: "a schema that the role may not use",
    made: ["init"],
    user: "loader",
    exitCode: 73,
    says: "User 'loader' may not do this",
    helps: "permission denied for schema csvrecon.*\n.*grant",
  },
  {
    what: "tables that the role may not read",
    made: ["init", "GRANT USAGE ON SCHEMA csvrecon TO loader"],
    user: "loader",
    exitCode: 73,
    says: "User 'loader' may not do this",
    helps: "permission denied for table csvrecon_mark.*\n.*grant",
  },
];

/** What `init` finds in its way. */
const IN_THE_WAY: readonly Found[] = [
  {
    what: "a role that may make no schema",
    made: ["CREATE TABLE public.customer (id int)"],
    user: "loader",
    exitCode: 73,
    says: "User 'loader' may not do this",
    helps: "permission denied for database.*\n.*grant",
  },
  {
    what: "an empty schema that the role may make nothing in",
    made: ["CREATE SCHEMA csvrecon", "GRANT USAGE ON SCHEMA csvrecon TO loader"],
    user: "loader",
    exitCode: 73,
    says: "User 'loader' may not do this",
    helps: "permission denied for schema csvrecon.*\n.*grant",
  },
  {
    what: "an empty schema that is not there for the role",
    made: ["CREATE SCHEMA csvrecon", "GRANT CREATE ON SCHEMA csvrecon TO loader"],
    user: "loader",
    exitCode: 73,
    says: "User 'loader' may not do this",
    helps: "permission denied for schema csvrecon.*\n.*grant",
  },
  {
    what: "a schema of others with that name",
    made: ["CREATE SCHEMA csvrecon", "CREATE TABLE csvrecon.customer (id int)"],
    exitCode: 73,
    says: "exists already, there is something in the schema 'csvrecon'",
    helps: "schema=NAME",
  },
];

/** All that people have made in a database. */
function thereIn(address: PostgresAddress): Promise<unknown> {
  return withConnection(
    { ...address, schema: "public" },
    (connection) =>
      connection.rows(
        "SELECT n.nspname, c.relname, c.relkind::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace " +
          "WHERE n.nspname NOT LIKE 'pg%' AND n.nspname <> 'information_schema' ORDER BY 1, 2, 3",
      ),
  );
}

async function make({ run, write }: Scratch, address: PostgresAddress, made: readonly string[]): Promise<void> {
  write("brands.csv", "name\nDell\n");
  for (const sql of made) {
    if (sql === "init") assertExit(await run(["init", `--db=${serverName(address)}`, ...ADMIN]), 0);
    else await withConnection(address, (connection) => connection.execute(sql));
  }
}

function assertSaid(run: ProgramRun, { exitCode, says, helps }: Found): void {
  assertExit(run, exitCode);
  assertStringIncludes(run.stderr, `csvrecon: `);
  assertStringIncludes(run.stderr, says);
  assertMatch(run.stderr, new RegExp(helps));
}

function test(name: string, found: Found, commands: readonly (readonly string[])[]): void {
  for (const release of POSTGRES_RELEASES.slice(0, 1)) {
    Deno.test(`${release.name}: ${name} ${found.what}, and says so`, () =>
      withDatabase(release, (address) =>
        withScratch(async (scratch) => {
          await make(scratch, address, found.made);
          const before = await thereIn(address);
          const database = serverName({ ...address, user: found.user ?? address.user });
          for (const args of commands) {
            const named = `--${args[0] === "copy" ? "from" : "db"}=${database}`;
            assertSaid(await scratch.run([...args, named], { env: { PGPASSWORD: ROLE_PASSWORD } }), found);
          }
          assertEquals(await thereIn(address), before);
        })));
  }
}

for (const found of FOUND) test("a command finds", found, COMMANDS);
for (const found of IN_THE_WAY) test("init finds", found, [["init", ...ADMIN]]);
