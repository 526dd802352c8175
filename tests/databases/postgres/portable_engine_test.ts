/** `engine=portable`: what all servers have that speak the protocol of PostgreSQL, and nothing else. */
import { assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import { isOtherServer } from "../../../lib/databases/postgres/other_servers.ts";
import { takeJobLock } from "../../../lib/databases/postgres/postgres_job_lock.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { JobHolder } from "../../../lib/store/job_holder.ts";
import { serverName } from "../../helpers/both_databases.ts";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { assertExit, withScratch } from "../../helpers/scratch.ts";

const [release] = POSTGRES_RELEASES;

/** What some of these servers lack, mean otherwise, or may do in no run. */
const LACKING = /\bCOPY\b|advisory|\bTEMP|pg_temp|DEFERRABLE|\bLOCK TABLE\b|\blower\(|COLLATE "C"|plpgsql/i;
const SCHEMA_CHANGES = /^\s*(?:CREATE|DROP|ALTER)\b/i;

const LOGIN = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--output=details"];

Deno.test("servers that are no PostgreSQL tell so by their version, and an address counts for more", () => {
  const versions = [
    "CockroachDB CCL v25.1.0 (x86_64-pc-linux-gnu, built 2025/02/10, go1.22)",
    "PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang",
    "PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc",
  ];
  assertEquals(versions.map((version) => isOtherServer({}, version)), [true, true, false]);
  assertEquals(versions.map((version) => isOtherServer({ engine: "portable" }, version)), [true, true, true]);
  assertEquals(versions.map((version) => isOtherServer({ engine: "postgres" }, version)), [false, false, false]);
});

if (release !== undefined) {
  Deno.test(`${release.name}: a portable database is made and loaded with what all such servers have`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const statements: string[] = [];
        const options = { onStatement: (sql: string) => void statements.push(sql) };
        const database = `${serverName(address)}&engine=portable`;
        assertExit(
          await scratch.run(["init", `--db=${database}`, "--admin_user=admin", "--admin_pwd=admin"], options),
          0,
        );
        assertExit(await scratch.run(["index", `--db=${database}`], options), 0);
        assertEquals(statements.filter((sql) => LACKING.test(sql)), []);

        statements.length = 0;
        scratch.write("organizations.csv", "name,code,parent_id->name\nDemo,D,\nÉtoile,E,Demo\n");
        scratch.write("persons.csv", "name,first_name,org_id->name,email\nDoé,Jo,étoile,JO@example.com\n");
        const load = async (code: string, file: string, ...more: readonly string[]) => {
          const run = await scratch.run(
            [`--db=${database}`, ...LOGIN, `--class=${code}`, `--csvfile=${file}`, ...more],
            options,
          );
          assertExit(run, 0);
          return run.stdout;
        };
        await load("Organization", "organizations.csv");
        const keys = "--reconciliationkeys=email";
        const first = await load("Person", "persons.csv", keys);
        assertStringIncludes(first, "#Created: 1");
        assertFalse(first.includes("No index serves"));
        scratch.write("persons.csv", "name,first_name,org_id->name,email\nDoë,Jo,ÉTOILE,jo@EXAMPLE.com\n");
        assertStringIncludes(await load("Person", "persons.csv", keys), "#Updated: 1");
        // What a run has changed the next one finds in every spelling.
        scratch.write("again.csv", "name,first_name,org_id->name\nDOË,Jo,E\u0301toile\n");
        const again = await load("Person", "again.csv", "--reconciliationkeys=name,first_name,org_id->name");
        assertStringIncludes(again, "#Created: 0");
        assertEquals(statements.filter((sql) => LACKING.test(sql) || SCHEMA_CHANGES.test(sql)), []);
      })));

  Deno.test(`${release.name}: a portable run without an index goes on, and says once which command makes it`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const database = serverName(address);
        const made = [`--db=${database}&engine=portable`, "--admin_user=admin", "--admin_pwd=admin"];
        assertExit(await scratch.run(["init", ...made]), 0);
        scratch.write("brands.csv", "name,friendlyname\nDell,Dell\n");
        scratch.write("faq.csv", "title,key_words\nHow,who\n");
        const load = (code: string, file: string, keys: string) =>
          scratch.run([`--db=${database}`, ...LOGIN, `--class=${code}`, `--csvfile=${file}`, keys]);
        const run = await load("FAQ", "faq.csv", "--reconciliationkeys=key_words");
        const warning = "No index serves the search of FAQ by key_words, and this run may make none: " +
          "csvrecon index --class=FAQ --reconciliationkeys=key_words makes it";
        assertStringIncludes(run.stdout, warning);
        assertEquals(run.stdout.split("No index serves").length, 2);
        assertExit(
          await scratch.run(["index", `--db=${database}`, "--class=FAQ", "--reconciliationkeys=key_words"]),
          0,
        );
        assertFalse((await load("FAQ", "faq.csv", "--reconciliationkeys=key_words")).stdout.includes("No index"));
      })));

  Deno.test(`${release.name}: a database is used by the engine that made it, and by no other`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const name = serverName(address);
        const init = (schema: string, engine: string) =>
          scratch.run(["init", `--db=${name}&schema=${schema}${engine}`, "--admin_user=admin", "--admin_pwd=admin"]);
        assertExit(await init("one", ""), 0);
        assertExit(await init("two", "&engine=portable"), 0);
        assertExit(await scratch.run(["model", `--db=${name}&schema=one&engine=postgres`]), 0);
        assertExit(await scratch.run(["model", `--db=${name}&schema=two`]), 0);
        const refused = await scratch.run(["model", `--db=${name}&schema=one&engine=portable`]);
        assertExit(refused, 78);
        assertStringIncludes(refused.stderr, "Database was made with engine=postgres");
        assertExit(await scratch.run(["model", `--db=${name}&schema=two&engine=postgres`]), 78);
        const unknown = await scratch.run(["model", `--db=${name}&schema=two&engine=portble`]);
        assertExit(unknown, 64);
        assertStringIncludes(unknown.stderr, "Did you mean portable?");
      })));

  Deno.test(`${release.name}: a portable job has its lock until it ends, or until nobody renews it`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const made = [`--db=${serverName(address)}&engine=portable`, "--admin_user=admin", "--admin_pwd=admin"];
        assertExit(await scratch.run(["init", ...made]), 0);
        const holder: JobHolder = { job: "nightly", process: 7, start: new Date("2024-02-29T23:30:00Z") };
        const first = await takeJobLock(address, holder);
        assertEquals(first.lost, null);
        const stop = await assertRejects(() => takeJobLock(address, { ...holder, process: 8 }), RunStop);
        assertEquals(stop.exitCode, 75);
        assertStringIncludes(stop.message, "process 7");
        const other = await takeJobLock(address, { ...holder, job: "weekly" });
        await other.release();
        await first.release();
        const second = await takeJobLock(address, { ...holder, process: 8 });
        assertEquals(second.lost, null);
        await withConnection(
          address,
          (connection) => connection.run(`UPDATE "csvrecon"."csvrecon_job" SET until = now() - interval '1 second'`),
        );
        const third = await takeJobLock(address, { ...holder, process: 9 });
        assertEquals(third.lost?.process, 8);
        // It is not there any more, and must not take away the one that is.
        await second.release();
        await assertRejects(() => takeJobLock(address, holder), RunStop);
        await third.release();
        const last = await takeJobLock(address, holder);
        assertEquals(last.lost, null);
        await last.release();
      })));
}
