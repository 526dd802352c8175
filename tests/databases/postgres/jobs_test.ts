/** Jobs whose databases are at a server. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import { serverName } from "../../helpers/both_databases.ts";
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
  }
}
