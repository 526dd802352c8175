/** A signal during a COMMIT that takes the server long: what has become of it is said all the same. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { PostgresConnection } from "../../../lib/databases/postgres/connection.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import { serverName } from "../../helpers/both_databases.ts";
import { ADMIN } from "../../helpers/golden_case.ts";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { type RunningProgram, startProcess } from "../../helpers/program_process.ts";
import { assertExit, describeRun, type Scratch, withScratch } from "../../helpers/scratch.ts";

/** Seconds: longer than a program may take that was sent a signal, and more than once. */
const SLOW = 3;

const SLOW_COMMITS = `SET search_path = csvrecon;
  CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(${SLOW}); RETURN NULL; END';
  CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON csvrecon_commit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait()`;

const LOAD = [
  ...[`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`],
  ...["--class=Brand", "--csvfile=brands.csv", "--reconciliationkeys=name", "--no_localize=1"],
];

function startLoad(scratch: Scratch, database: string): RunningProgram {
  scratch.write("brands.csv", "name\nSlow\n");
  return startProcess([...LOAD, `--db=${database}`], { folder: scratch.folder });
}

/** Waits until another connection to the database is at its COMMIT. */
async function committing(observer: PostgresConnection, { database }: PostgresAddress): Promise<void> {
  const sql = "SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND query = 'COMMIT' AND state = 'active'";
  const end = performance.now() + 60_000;
  while ((await observer.rows(sql, [database])).length === 0) {
    assert(performance.now() < end, "nobody commits");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function slowBrands(address: PostgresAddress): Promise<unknown> {
  return await withConnection(
    { ...address, schema: "csvrecon" },
    async (connection) => (await connection.rows("SELECT count(*) FROM typology WHERE name = 'Slow'"))[0]?.[0],
  );
}

for (const release of POSTGRES_RELEASES) {
  Deno.test({
    name: `${release.name}: a COMMIT that is under way is waited for after a signal, and its report is printed`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withScratch((scratch) =>
        withDatabase(release, async (address) => {
          const init = ["init", `--db=${serverName(address)}`, `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`];
          assertExit(await scratch.run(init), 0);
          await withConnection({ ...address, database: "postgres" }, async (observer) => {
            await withConnection(address, (owner) => owner.execute(SLOW_COMMITS));
            const running = startLoad(scratch, serverName(address));
            await committing(observer, address);
            running.child.kill("SIGTERM");
            const run = await running.ended();
            assertEquals(await slowBrands(address), 1, describeRun(run));
            assertStringIncludes(run.stdout, "#Created: 1\n", describeRun(run));
            assertExit(run, 0);
          });
        })
      ),
  });
}
