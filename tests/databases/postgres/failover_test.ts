/** A server that follows another one, and takes its place in the middle of a run. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { serverName, storedAtServer, storedInFile, toldBy } from "../../helpers/both_databases.ts";
import { ADMIN } from "../../helpers/golden_case.ts";
import { type NetworkBetween, networkTo } from "../../helpers/network_between.ts";
import { FOLLOWED, type Replica, withReplica } from "../../helpers/postgres_replica.ts";
import { INSTALLED_RELEASE, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { administer, withConnection } from "../../helpers/postgres_databases.ts";
import { type PostgresServer, ROLE_PASSWORD, SUPERUSER, withServer } from "../../helpers/postgres_server.ts";
import { assertExit, describeRun, type ProgramRun, type RunOptions, withScratch } from "../../helpers/scratch.ts";

const NOW = new Date("2026-01-02T03:04:05Z");
const ROWS = 1500;
const LONGEST = 10_000;
const LOGIN = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
const LOAD = [...LOGIN, "--class=Organization", "--csvfile=-", "--no_localize=1", "--reconciliationkeys=code"];

/** @param from @param to numbers of organisations */
function rows(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `Organisation ${from + index},C${from + index}\n`).join("");
}

const HEADER = "name,code\n";
const WHOLE = HEADER + rows(0, ROWS);

/** A file that stops after its first half until something has happened. */
function pausing(happens: () => Promise<unknown>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = [HEADER + rows(0, ROWS / 2), rows(ROWS / 2, ROWS)];
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      const part = parts[sent++];
      if (part === undefined) return controller.close();
      if (sent === 2) await happens();
      controller.enqueue(encoder.encode(part));
    },
  }, { highWaterMark: 0 });
}

/** A user who sees some organisations only. */
const LIMITED = ["--auth_user=lou", "--auth_pwd=Secret-12"];
const LIMITED_USERS = "login,password,profile_list,allowed_org_list\n" +
  "lou,Secret-12,profileid->name:Administrator,allowed_org_id->name:Organisation 3\n";

/** Commands that write nothing. */
const READING: readonly (readonly string[])[] = [
  ...[LOGIN, LIMITED].flatMap((login) => [
    ["history", ...login],
    ["history", ...login, "--change=1"],
    ["history", ...login, "--class=Organization", "--object=4"],
    ["export", ...login, "--class=Organization"],
  ]),
  ["model", "show"],
];

interface Pair {
  readonly primary: PostgresServer;
  readonly replica: Replica;
  /** Leads to the first one until it is told otherwise. */
  readonly network: NetworkBetween;
  /** The name of the database behind the network. */
  readonly database: string;
  run(database: string, args: readonly string[], options?: RunOptions): Promise<ProgramRun>;
}

/** A database of ours on a server that another one follows. */
function withPair(release: PostgresRelease, use: (pair: Pair) => Promise<void>): Promise<void> {
  return withScratch((scratch) =>
    withServer(release, async (primary) => {
      await administer(primary, [`ALTER ROLE ${SUPERUSER} PASSWORD '${ROLE_PASSWORD}'`]);
      await withReplica(primary, async (replica) => {
        const network = networkTo(primary.port);
        const database = `postgres://${SUPERUSER}@127.0.0.1:${network.port}/postgres?sslmode=disable`;
        const run = (name: string, args: readonly string[], options: RunOptions = {}) =>
          scratch.run([...args, `--db=${name}`], { now: NOW, env: { PGPASSWORD: ROLE_PASSWORD }, ...options });
        try {
          assertExit(await run(database, ["init", `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`]), 0);
          await use({ primary, replica, network, database, run });
        } finally {
          await network.close();
        }
      });
    }, FOLLOWED)
  );
}

/** The first server goes as in a crash, and the other one takes its place. */
async function failOver({ primary, replica, network }: Pair): Promise<void> {
  await primary.stop("immediate");
  await replica.promote();
  network.leadTo(replica.port);
}

/** Until the other one has what the first one has. */
async function follow({ primary, replica }: Pair): Promise<void> {
  const place = await withConnection(primary.address(), (one) => one.rows("SELECT pg_current_wal_lsn()::text"));
  await withConnection(replica.address(), async (other) => {
    const sql = `SELECT pg_last_wal_replay_lsn() >= '${place[0]?.[0]}'`;
    while ((await other.rows(sql))[0]?.[0] !== true) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

async function timed(work: Promise<ProgramRun>, begin: () => number): Promise<ProgramRun> {
  const run = await work;
  const took = performance.now() - begin();
  assert(took < LONGEST, `${took} ms${describeRun(run)}`);
  return run;
}

/** Asserts that the follower has what a database that is a file has when the rows were loaded once. */
function assertLoaded({ replica, database }: Pair): Promise<void> {
  return withScratch(async (scratch) => {
    const run = (args: readonly string[]) => scratch.run([...args, "--db=file.db"], { now: NOW, stdin: WHOLE });
    assertExit(await run(["init", `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`]), 0);
    assertExit(await run(LOAD), 0);
    const plain = (rows: readonly string[], name: string) => new Set(rows.map((row) => row.replace(name, "DATABASE")));
    const expected = plain(storedInFile(scratch.path("file.db")), "file.db");
    const found = plain(await storedAtServer(replica.address()), database);
    // Thousands of rows are the same.
    assertEquals([...found.difference(expected)], [...expected.difference(found)]);
  });
}

const release = INSTALLED_RELEASE;
if (release !== null) {
  Deno.test(`${release.name}: a server that follows another one is read, and takes no writes: 73`, () =>
    withPair(release, async (pair) => {
      const { run, database, replica } = pair;
      assertExit(await run(database, LOAD, { stdin: WHOLE }), 0);
      const users = [...LOGIN, "--class=UserLocal", "--csvfile=-", "--no_localize=1", "--reconciliationkeys=login"];
      assertExit(await run(database, users, { stdin: LIMITED_USERS }), 0);
      await follow(pair);
      const following = serverName(replica.address());
      const refused = await run(following, LOAD, { stdin: WHOLE });
      assertExit(refused, 73);
      assertMatch(refused.stderr, /Database is read-only: .*read-only/);
      for (const args of READING) {
        const expected = await run(database, args);
        assertEquals(toldBy(await run(following, args), following), toldBy(expected, database));
        assertExit(expected, 0);
      }
    }));

  Deno.test(`${release.name}: a server that is lost in the middle of a run ends it, and the next finds its follower`, () =>
    withPair(release, async (pair) => {
      const { run, database } = pair;
      await follow(pair);
      let failed = 0;
      let over = Promise.resolve();
      // The run may end before the follower has taken its place.
      const happens = () => {
        failed = performance.now();
        return over = failOver(pair);
      };
      const lost = await timed(run(database, LOAD, { stdin: pausing(happens) }), () => failed);
      await over;
      assertExit(lost, 75);
      assertMatch(lost.stderr, /Connection to the server was lost/);
      assertExit(await run(database, LOAD, { stdin: WHOLE }), 0);
      await assertLoaded(pair);
    }));

  Deno.test(`${release.name}: a COMMIT whose answer is lost with its server is looked up at its follower`, () =>
    withPair(release, async (pair) => {
      const { run, database, network } = pair;
      let failed = 0;
      const onStatement = (sql: string) => {
        if (sql !== "COMMIT" || failed > 0) return;
        failed = performance.now();
        network.loseAnswers();
        // So long the COMMIT has to come to the follower.
        setTimeout(() => failOver(pair), 500);
      };
      const done = await timed(run(database, LOAD, { stdin: WHOLE, onStatement }), () => failed);
      assertExit(done, 0);
      await assertLoaded(pair);
    }));

  Deno.test(`${release.name}: a COMMIT that never came is not looked for at a follower before that takes writes`, () =>
    withPair(release, async (pair) => {
      const { run, database, primary, network, replica } = pair;
      await follow(pair);
      let failed = 0;
      const onStatement = (sql: string) => {
        if (sql !== "COMMIT" || failed > 0) return;
        failed = performance.now();
        network.stall();
        network.leadTo(replica.port);
        primary.stop("immediate").then(() => network.cut());
        setTimeout(() => replica.promote(), 3000);
      };
      const lost = await timed(run(database, LOAD, { stdin: WHOLE, onStatement }), () => failed);
      assertExit(lost, 75);
      assertMatch(lost.stderr, /Connection to the server was lost/);
      assertExit(await run(database, LOAD, { stdin: WHOLE }), 0);
      await assertLoaded(pair);
    }));
}
