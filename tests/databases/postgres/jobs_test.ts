/** Jobs whose databases are at a server. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { takeJobLock } from "../../../lib/databases/postgres/postgres_job_lock.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import type { JobLock } from "../../../lib/store/job_holder.ts";
import { serverName } from "../../helpers/both_databases.ts";
import { networkTo } from "../../helpers/network_between.ts";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import type { PostgresServer } from "../../helpers/postgres_server.ts";
import { assertExit, type ProgramRun, type RunOptions, type Scratch, withScratch } from "../../helpers/scratch.ts";

const LOGIN = "auth_user = admin\nauth_pwd = admin\nno_localize = 1\n";

interface ServerJobs {
  readonly scratch: Scratch;
  readonly address: PostgresAddress;
  readonly server: PostgresServer;
  /** Writes a job with an import of one organisation for each name of a database; their names are A, B and so on. */
  write(job: string, databases: readonly string[], ...lines: readonly string[]): void;
  run(job: string, options?: RunOptions): Promise<ProgramRun>;
  names(): Promise<readonly unknown[]>;
}

/** @param settings behind the name of the database when it is made */
function withJobsAt(
  settings: string,
  use: (jobs: ServerJobs) => Promise<void>,
): Promise<void> {
  const [release] = POSTGRES_RELEASES;
  if (release === undefined) throw new Error("no server is installed");
  return withDatabase(release, (address, server) =>
    withScratch(async (scratch) => {
      const made = [`--db=${serverName(address)}${settings}`, "--admin_user=admin", "--admin_pwd=admin"];
      assertExit(await scratch.run(["init", ...made]), 0);
      await use({
        scratch,
        address,
        server,
        write(job, databases, ...lines) {
          const imports = databases.map((database, index) => {
            const name = String.fromCharCode("A".charCodeAt(0) + index);
            scratch.write(`${name}.csv`, `name,code\n${name},${name}\n`);
            scratch.write(`${name}.params`, `db = ${database}\nclass = Organization\ncsvfile = ${name}.csv\n`);
            return `import = ${name}.params`;
          });
          scratch.write(`${job}.job`, [...imports, ...lines, LOGIN].join("\n"));
        },
        run: (job, options) => scratch.run(["run", `${job}.job`], options),
        names: () =>
          withConnection(address, async (connection) => {
            const rows = await connection.rows("SELECT name FROM organization ORDER BY name");
            return rows.map(([name]) => name);
          }),
      });
    }));
}

const ENGINES = [["", "postgres"], ["&engine=portable", "portable"]] as const;

/** Ends the session that has the lock, and no other. */
async function endLock(server: PostgresServer, { database }: PostgresAddress): Promise<void> {
  await withConnection(server.address({ database }), async (connection) => {
    // One engine has a lock of the session; of the other one only what it asked last tells what it is for.
    const ended = await connection.rows(
      "SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> $2 AND " +
        "(pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory') OR query ~ 'csvrecon_job')",
      [database, connection.processId],
    );
    assertEquals(ended.length, 1);
    const isThere = () => connection.rows("SELECT 1 FROM pg_stat_activity WHERE pid = $1", [Number(ended[0]?.[0])]);
    while ((await isThere()).length > 0);
  });
}

/** A file that stops before its rows until something has happened. */
function pausing(happens: () => Promise<unknown>): ReadableStream<Uint8Array> {
  const parts = ["name,code\n", "Piped,P\n"];
  return new ReadableStream({
    async pull(controller) {
      const part = parts.shift();
      if (part === undefined) return controller.close();
      if (parts.length === 0) await happens();
      controller.enqueue(new TextEncoder().encode(part));
    },
  }, { highWaterMark: 0 });
}

const HOLDER = { job: "nightly", process: 7, start: new Date("2024-02-29T23:30:00Z") };
const OTHER = { ...HOLDER, process: 8 };

const [release] = POSTGRES_RELEASES;

if (release !== undefined) {
  for (const [settings, engine] of ENGINES) {
    Deno.test(`${release.name}, ${engine}: a job may spell one database in several ways: it is open once, and locked once`, () =>
      withJobsAt(settings, async ({ address, write, run, names, scratch }) => {
        const { host, port, database, user } = address;
        const spelt = [
          serverName(address),
          `${serverName(address)}&schema=csvrecon&sslmode=disable`,
          `PostgreSQL:///${database}?port=${port}&host=${host}&user=${user}`,
        ];
        write("nightly", spelt);
        assertExit(await run("nightly"), 0);
        assertEquals(await names(), ["A", "B", "C"]);
        write("together", spelt, "atomic = 1");
        assertExit(await run("together"), 0);
        const other = `${serverName(address)}&schema=other`;
        assertExit(await scratch.run(["init", `--db=${other}`, "--admin_user=admin", "--admin_pwd=admin"]), 0);
        write("several", [...spelt, other]);
        assertExit(await run("several"), 0);
        write("apart", [...spelt, other], "atomic = 1");
        const apart = await run("apart");
        assertExit(apart, 64);
        assertStringIncludes(apart.stderr, "its imports name several databases");
      }));

    Deno.test(`${release.name}, ${engine}: two addresses of one server that look different are no run of somebody else`, () =>
      withJobsAt(settings, async ({ scratch, address, server, write, run, names }) => {
        Deno.symlinkSync(server.folder, scratch.path("socket"));
        write("nightly", [serverName(address), serverName({ ...address, host: scratch.path("socket") })]);
        const refused = await run("nightly");
        assertExit(refused, 64);
        assertStringIncludes(refused.stderr, "Job nightly names one database by several addresses");
        assertEquals(await names(), []);
      }));

    Deno.test(`${release.name}, ${engine}: a lock whose connection is lost is taken again before the next import, or tells who has it`, () =>
      withJobsAt(settings, async ({ address, server }) => {
        const lock = await takeJobLock(address, HOLDER);
        await lock.hold();
        for (let time = 0; time < 2; time++) {
          await endLock(server, address);
          await lock.hold();
          const stop = await assertRejects(() => takeJobLock(address, OTHER), RunStop);
          assertStringIncludes(stop.message, "running already: process 7");
        }
        await endLock(server, address);
        await withConnection(address, (connection) => connection.run("UPDATE csvrecon_job SET until = NULL"));
        const other = await takeJobLock(address, OTHER);
        const lost = await assertRejects(() => lock.hold(), RunStop);
        assertEquals(lost.exitCode, 75);
        assertStringIncludes(
          lost.message,
          "could not be taken again: process 8, begun 2024-02-29T23:30:00.000Z, has it",
        );
        await lock.release();
        await other.hold();
        await assertRejects(() => takeJobLock(address, HOLDER), RunStop);
        // It was released, though its connection was lost when nobody needed it any more.
        await endLock(server, address);
        await other.release();
        const last = await takeJobLock(address, HOLDER);
        assertEquals(last.lost, null);
        await last.release();
      }));

    Deno.test(`${release.name}, ${engine}: a job whose lock is lost goes on with it, and ends where another run has begun`, () =>
      withJobsAt(settings, async ({ address, server, scratch, write, run, names }) => {
        write("nightly", ["A", "B", "C"].map(() => serverName(address)));
        scratch.write("A.params", `db = ${serverName(address)}\nclass = Organization\ncsvfile = -\n`);
        assertExit(await run("nightly", { stdin: pausing(() => endLock(server, address)) }), 0);
        assertEquals(await names(), ["B", "C", "Piped"]);
        await withConnection(address, async (connection) => {
          assertEquals(await connection.rows("SELECT job FROM csvrecon_job"), []);
        });
        scratch.write("B.csv", "name,code\nLater,L\n");
        let other: JobLock | null = null;
        const stdin = pausing(async () => {
          await endLock(server, address);
          await withConnection(address, (connection) => connection.run("UPDATE csvrecon_job SET until = NULL"));
          other = await takeJobLock(address, OTHER);
        });
        const ended = await run("nightly", { stdin });
        await (other as JobLock | null)?.release();
        assertExit(ended, 75);
        assertStringIncludes(ended.stderr, "Lock of job nightly was lost with the connection to the server");
        assertEquals(await names(), ["B", "C", "Piped"]);
      }));
  }

  Deno.test(`${release.name}: a lock whose way is cut is taken from the session that the server still has`, () =>
    withJobsAt("", async ({ address, server }) => {
      const network = networkTo(server.port);
      try {
        await withConnection(address, (connection) =>
          connection.execute(
            "GRANT USAGE ON SCHEMA csvrecon TO loader; GRANT ALL ON ALL TABLES IN SCHEMA csvrecon TO loader",
          ));
        const through = server.address({
          database: address.database,
          host: "127.0.0.1",
          port: network.port,
          user: "loader",
        });
        const lock = await takeJobLock(through, HOLDER);
        network.stall();
        await lock.hold();
        await assertRejects(() => takeJobLock(address, OTHER), RunStop);
        await lock.release();
        await (await takeJobLock(address, OTHER)).release();
      } finally {
        await network.close();
      }
    }));
}
