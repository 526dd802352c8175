/** `csvrecon index` at a server: a role that may only read and write rows loads afterwards, and cannot make indexes itself. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { serverName } from "../../helpers/both_databases.ts";
import { administer, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { ROLE_PASSWORD } from "../../helpers/postgres_server.ts";
import { assertExit, withScratch } from "../../helpers/scratch.ts";

const GRANTS = [
  "GRANT USAGE ON SCHEMA csvrecon TO loader",
  "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA csvrecon TO loader",
];

const PERSONS = "name,first_name,org_id->name,email\nDoé,Jo,Zürich,jo@example.com\n";

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: csvrecon index makes all that a role needs that may only read and write rows`, () =>
    withDatabase(release, (address, server) =>
      withScratch(async (scratch) => {
        const owner = serverName(address);
        const loader = serverName({ ...address, user: "loader" });
        const env = { PGPASSWORD: ROLE_PASSWORD };
        assertExit(await scratch.run(["init", `--db=${owner}`, "--admin_user=admin", "--admin_pwd=admin"]), 0);
        const inDatabase = server.address({ database: address.database });
        await administer({ ...server, address: () => inDatabase }, GRANTS);

        const refused = await scratch.run(["index", `--db=${loader}`], { env });
        assertExit(refused, 73);
        assertStringIncludes(refused.stderr, "Indexes are made by the owner of the tables, and 'loader' is not");

        assertExit(await scratch.run(["index", `--db=${owner}`]), 0);
        const keys = "--reconciliationkeys=email";
        const made = await scratch.run(["index", `--db=${owner}`, "--class=Person", keys]);
        assertStringIncludes(made.stdout, "Person by email: was there\n");
        assertStringIncludes((await scratch.run(["index", `--db=${owner}`])).stdout, "\nIndexes made: 0, ");

        scratch.write("organizations.csv", "name,code\nZürich,Z\n");
        scratch.write("persons.csv", PERSONS);
        const load = async (code: string, file: string, ...more: readonly string[]) => {
          const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--output=summary"];
          const run = await scratch.run(
            [`--db=${loader}`, ...login, `--class=${code}`, `--csvfile=${file}`, ...more],
            { env },
          );
          assertExit(run, 0);
          return run.stdout;
        };
        await load("Organization", "organizations.csv");
        assertStringIncludes(await load("Person", "persons.csv", keys), "#Created: 1");
        const again = await load("Person", "persons.csv", keys);
        assertEquals([again.includes("#Created: 0"), again.includes("#Unchanged: 1")], [true, true]);
      })));
}
