/** A copy that does not come to its end: by a signal, a killed server process, a killed program, or a row that is refused. Nothing is left. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { copyStore } from "../../../lib/databases/copy_store.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import { serverName, storedAtServer, storedInFile } from "../../helpers/both_databases.ts";
import { type Loading, preparedWorld } from "../../helpers/loading.ts";
import { type NetworkBetween, networkTo } from "../../helpers/network_between.ts";
import { administer, withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { type PostgresServer, ROLE_PASSWORD } from "../../helpers/postgres_server.ts";
import { startProcess } from "../../helpers/program_process.ts";
import { assertExit, describeRun } from "../../helpers/scratch.ts";

const BRANDS = Array.from({ length: 5000 }, (_, index) => `Brand ${index}`);

const withBrands = preparedWorld(async (loading) => {
  await loading.load("Brand", `name\n${BRANDS.join("\n")}\n`);
});

interface Ends {
  /** What happens, when rows have come so many times. */
  readonly happens: () => unknown;
  readonly after: number;
  readonly signal?: AbortSignal;
}

/** @returns why it has ended; null: it has not */
function copyThatEnds(loading: Loading, from: string, to: string, { happens, after, signal }: Ends): Promise<unknown> {
  let heard = 0;
  return copyStore({
    ...{ from, to, workingFolder: loading.scratch.folder, busyTimeoutSeconds: 5, now: new Date() },
    env: () => undefined,
    interruption: signal,
    onRows: async () => {
      if (++heard === after) await happens();
    },
  }).then(() => null, (error) => error);
}

/** Whether there is anything of ours, once whoever was connected is gone. */
async function isNothingAt(address: PostgresAddress): Promise<boolean> {
  return await withConnection(address, async (connection) => {
    const others = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid() " +
      "AND backend_type = 'client backend'";
    while (Number((await connection.rows(others, [address.database]))[0]?.[0]) > 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return (await connection.rows("SELECT 1 FROM pg_namespace WHERE nspname = $1", [address.schema])).length === 0;
  });
}

function filesBeside({ scratch, database }: Loading): readonly string[] {
  const names = [...Deno.readDirSync(scratch.folder)].map(({ name }) => name);
  return names.filter((name) => !database.endsWith(name.replace(/-(wal|shm)$/, "")) && !name.endsWith(".csv"));
}

/** Ends all connections with the database, as an administrator may. */
async function endConnections(server: PostgresServer, { database }: PostgresAddress): Promise<void> {
  const own = `datname = '${database}' AND pid <> pg_backend_pid()`;
  await administer(server, [`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${own}`]);
}

/** Waits for something that another process does. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!await isSo()) {
    if (performance.now() > end) throw new Error("it was waited for in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const MOMENTS = [1, 6, 14, 20];

interface LosesSource {
  readonly loading: Loading;
  readonly release: PostgresRelease;
  readonly happens: (network: NetworkBetween) => void;
}

/**
 * Copies a database at a server to a file, and loses the server when all is read and the file is to be committed.
 * @returns why it has failed, if it has; and how many milliseconds it has still taken
 */
async function copyThatLosesItsSource({ loading, release, happens }: LosesSource): Promise<readonly [unknown, number]> {
  return await withDatabase(release, async (address, server) => {
    await administer(server, [`GRANT CREATE ON DATABASE ${address.database} TO loader`]);
    const network = networkTo(server.port);
    const from = `postgres://loader@127.0.0.1:${network.port}/${address.database}?sslmode=disable`;
    const env = { PGPASSWORD: ROLE_PASSWORD };
    assertExit(await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${from}`], { env }), 0);
    let lost = NaN;
    try {
      const error = await copyStore({
        ...{ from, to: "back.db", workingFolder: loading.scratch.folder, busyTimeoutSeconds: 5, now: new Date() },
        env: (name) => name === "PGPASSWORD" ? ROLE_PASSWORD : undefined,
        onRows: () => Promise.resolve(),
        onStatement: (sql) => {
          if (!["COMMIT", "ROLLBACK"].includes(sql)) return;
          lost = performance.now();
          happens(network);
        },
      }).then(() => null, (error) => error);
      return [error, performance.now() - lost];
    } finally {
      await network.close();
    }
  });
}

const REFUSED: readonly (readonly [what: string, sql: string, words: string])[] = [
  ["a key that leads nowhere", "UPDATE contact SET org_id = 9999 WHERE id = 1", "refuses a row of contact"],
  ["a text with U+0000", "UPDATE typology SET name = 'a' || char(0) || 'b' WHERE id = 1", "refuses a row of typology"],
];

const HASH = "scrypt$of$a$password";

const ENCIPHERED = `UPDATE "user" SET password = '${HASH}'`;

/** Rules of accounts that SQLite is made to forget. */
const REFUSED_ACCOUNTS: readonly (readonly [what: string, statements: readonly string[]])[] = [
  ["a value that is none of those", ["PRAGMA ignore_check_constraints = ON", `UPDATE "user" SET status = 'odd'`]],
  ["no value where there must be one", [
    'ALTER TABLE "user" ADD COLUMN other TEXT',
    'ALTER TABLE "user" RENAME COLUMN status TO gone',
    'ALTER TABLE "user" RENAME COLUMN other TO status',
    `UPDATE "user" SET status = NULL`,
  ]],
  ["a login that is there twice", [
    'DROP INDEX "unique_User.login"',
    `CREATE TEMP TABLE twice AS SELECT * FROM "user"; UPDATE twice SET id = id + 1000`,
    'INSERT INTO "user" SELECT * FROM twice',
  ]],
];

for (const release of POSTGRES_RELEASES) {
  for (const what of ["gone", "silent"] as const) {
    Deno.test(`${release.name}: a copy that is made is told as made at once, though its source is ${what} by then`, () =>
      withBrands(async (loading) => {
        const happens = (network: NetworkBetween) => {
          if (what === "gone") return network.cut();
          network.stall();
          network.stallNew();
        };
        const [error, took] = await copyThatLosesItsSource({ loading, release, happens });
        assertEquals([error, took < 5000], [null, true], `${took} ms`);
        assertEquals(storedInFile(loading.scratch.path("back.db")), storedInFile(loading.database));
      }));
  }

  for (const [what, statements] of REFUSED_ACCOUNTS) {
    Deno.test(`${release.name}: ${what} of an account is refused, and nothing of the account is shown`, () =>
      withBrands((loading) =>
        withDatabase(release, async (address) => {
          const opened = new DatabaseSync(loading.database);
          for (const sql of [ENCIPHERED, ...statements]) opened.exec(sql);
          opened.close();
          const run = await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${serverName(address)}`]);
          assertExit(run, 78);
          assertStringIncludes(run.stderr, "refuses a row of", describeRun(run));
          assert(!/Failing row|scrypt|Key \(/.test(run.stderr), describeRun(run));
        })
      ));
  }

  Deno.test(`${release.name}: an interruption ends a copy to a server, and one to a file, and nothing is left`, () =>
    withBrands((loading) =>
      withDatabase(release, async (address) => {
        const ended = async (from: string, to: string, after: number) => {
          const controller = new AbortController();
          const happens = () => controller.abort(new Error("interrupted"));
          const why = await copyThatEnds(loading, from, to, { happens, after, signal: controller.signal });
          assertEquals(String(why), "Error: interrupted");
        };
        for (const after of MOMENTS) {
          await ended(loading.database, serverName(address), after);
          assert(await isNothingAt(address));
        }
        assertExit(await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${serverName(address)}`]), 0);
        for (const after of MOMENTS) {
          await ended(serverName(address), "back.db", after);
          assertEquals(filesBeside(loading), []);
        }
      })
    ));

  Deno.test(`${release.name}: a connection that the server ends is 75, whichever way rows go, and nothing is left`, () =>
    withBrands((loading) =>
      withDatabase(release, async (address, server) => {
        const ended = async (from: string, to: string, after: number) => {
          const why = await copyThatEnds(loading, from, to, { happens: () => endConnections(server, address), after });
          assert(why instanceof RunStop, String(why));
          assertEquals(why.exitCode, 75);
        };
        for (const after of MOMENTS) {
          await ended(loading.database, serverName(address), after);
          assert(await isNothingAt(address));
        }
        assertExit(await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${serverName(address)}`]), 0);
        for (const after of MOMENTS) {
          await ended(serverName(address), "back.db", after);
          assertEquals(filesBeside(loading), []);
        }
      })
    ));

  Deno.test(`${release.name}: a program that is ended or killed leaves nothing at a server, and another one copies all`, () =>
    withBrands((loading) =>
      withDatabase(release, async (address) => {
        const args = ["copy", `--from=${loading.database}`, `--to=${serverName(address)}`];
        await withConnection({ ...address, database: "postgres" }, async (observer) => {
          const writing = "SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND backend_xid IS NOT NULL";
          for (const signal of ["SIGTERM", "SIGKILL"] as const) {
            const program = startProcess(args, { folder: loading.scratch.folder });
            await until(async () => (await observer.rows(writing, [address.database])).length > 0);
            program.child.kill(signal);
            const run = await program.ended();
            assert(run.exitCode !== 0, describeRun(run));
            assert(await isNothingAt(address), signal);
          }
        });
        assertExit(await loading.scratch.run(args), 0);
        assertEquals(await storedAtServer(address), storedInFile(loading.database));
      })
    ));

  Deno.test(`${release.name}: what a killed program has left of a file the next one removes`, () =>
    withBrands((loading) =>
      withDatabase(release, async (address) => {
        const server = serverName(address);
        assertExit(await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${server}`]), 0);
        const args = ["copy", `--from=${server}`, "--to=back.db"];
        const program = startProcess(args, { folder: loading.scratch.folder });
        await until(() => filesBeside(loading).length > 0);
        program.child.kill("SIGKILL");
        await program.ended();
        assert(!filesBeside(loading).includes("back.db"));
        // Who has just begun is left alone.
        await new Promise((resolve) => setTimeout(resolve, 1100));
        assertExit(await loading.scratch.run(args), 0);
        assertEquals(filesBeside(loading), ["back.db"]);
        assertEquals(storedInFile(loading.scratch.path("back.db")), storedInFile(loading.database));
      })
    ));

  for (const [what, sql, words] of REFUSED) {
    Deno.test(`${release.name}: ${what} is refused, and nothing is left`, () =>
      withBrands((loading) =>
        withDatabase(release, async (address) => {
          const opened = new DatabaseSync(loading.database, { enableForeignKeyConstraints: false });
          opened.exec(sql);
          opened.close();
          const run = await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${serverName(address)}`]);
          assertExit(run, 78);
          assertStringIncludes(run.stderr, words, describeRun(run));
          assert(await isNothingAt(address));
        })
      ));
  }

  Deno.test(`${release.name}: what is at the server already is left as it is, and so is what is none of ours`, () =>
    withBrands((loading) =>
      withDatabase(release, async (address) => {
        const name = serverName(address);
        const refused = async (args: readonly string[], exitCode: number, words: string) => {
          const run = await loading.scratch.run(["copy", ...args]);
          assertExit(run, exitCode);
          assertStringIncludes(run.stderr, words, describeRun(run));
        };
        await refused([`--from=${name}`, "--to=new.db"], 78, "Database could not be found");
        await refused([`--from=${name}`, `--to=${name}`], 64, "from and to name the same database");
        const other = name.replace("postgres://", "postgresql://");
        await refused([`--from=${name}`, `--to=${other}&schema=csvrecon`], 64, "the same");
        await withConnection(address, (connection) =>
          connection.execute("CREATE SCHEMA csvrecon; CREATE TABLE csvrecon.theirs AS SELECT 1 AS n"));
        await refused([`--from=${loading.database}`, `--to=${name}`], 73, "exists already");
        await refused([`--from=${name}`, "--to=new.db"], 78, "that csvrecon did not make, as 'csvrecon.theirs'");
        await withConnection(address, async (connection) => {
          assertEquals(await connection.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'csvrecon'"), [[
            "theirs",
          ]]);
        });
        const second = `${name}&schema=second`;
        assertExit(await loading.scratch.run(["copy", `--from=${loading.database}`, `--to=${second}`]), 0);
        assertExit(await loading.scratch.run(["copy", `--from=${second}`, `--to=${name}&schema=third`]), 0);
        const of = (schema: string) =>
          storedAtServer({ ...address, schema });
        assertEquals(await of("third"), await of("second"));
        await refused([`--from=${second}`, `--to=${name}&schema=third`], 73, "exists already");
        assertEquals(filesBeside(loading), []);
      })
    ));
}
