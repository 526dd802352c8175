/** A server that is killed, restarted or cut off ends what waits for it within ten seconds, with 75 and a sentence; so does one that lets nobody in. */
import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { connect, ConnectionLost, type PostgresConnection } from "../../../lib/databases/postgres/connection.ts";
import { RunStop } from "../../../lib/errors.ts";
import { type NetworkBetween, networkTo } from "../../helpers/network_between.ts";
import { administer, sharedServer, withConnection } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { freePort, type PostgresServer, withServer } from "../../helpers/postgres_server.ts";

const SLEEP = "SELECT pg_sleep(60)";
const LONGEST = 10_000;

/** Asserts that the work ends in time, and how. @returns what is in brackets */
async function assertLost(work: () => Promise<unknown>): Promise<string> {
  const begin = performance.now();
  const error = await work().then(() => null, (error) => error);
  const took = performance.now() - begin;
  assertInstanceOf(error, ConnectionLost, `${error}`);
  assert(took < LONGEST, `${took} ms`);
  assertEquals(error.exitCode, 75);
  const [, reason] = /^Connection to the server was lost: 'postgres:\/\/.*' \((.*)\)$/.exec(error.message) ?? [];
  assert(reason !== undefined, error.message);
  return reason;
}

/** A statement of a transaction that has written, and that is at work when something happens. */
async function lostWhile(connection: PostgresConnection, happens: () => unknown): Promise<string> {
  await connection.execute("BEGIN");
  await connection.run("INSERT INTO trace VALUES (1)");
  const reason = await assertLost(async () => {
    const work = connection.rows(SLEEP);
    work.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    await happens();
    await work;
  });
  await assertLost(() => connection.rows("SELECT 1"));
  await connection.close();
  return reason;
}

async function withTrace(server: PostgresServer, use: () => Promise<void>): Promise<void> {
  await administer(server, ["CREATE SCHEMA IF NOT EXISTS csvrecon", "CREATE TABLE csvrecon.trace (n int)"]);
  await use();
  await withConnection(server.address(), async (connection) => {
    assertEquals(await connection.rows("SELECT n FROM trace"), []);
  });
  await administer(server, ["DROP TABLE csvrecon.trace"]);
}

async function withNetwork(
  release: PostgresRelease,
  use: (server: PostgresServer, network: NetworkBetween) => Promise<void>,
) {
  const server = await sharedServer(release);
  const network = networkTo(server.port);
  try {
    await use(server, network);
  } finally {
    await network.close();
  }
}

function through(server: PostgresServer, network: NetworkBetween): Promise<PostgresConnection> {
  const address = server.address({ host: "127.0.0.1", port: network.port, user: "loader" });
  return connect(address, { busyTimeoutSeconds: 5 });
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a session that is ended there ends, and what it wrote is gone`, async () => {
    const server = await sharedServer(release);
    await withTrace(server, async () => {
      const connection = await connect(server.address(), { busyTimeoutSeconds: 5 });
      const end = `SELECT pg_terminate_backend(${connection.processId})`;
      assertEquals(
        await lostWhile(connection, () => administer(server, [end])),
        "terminating connection due to administrator command",
      );
    });
  });

  Deno.test(`${release.name}: a server that is stopped, killed or restarted ends what waits for it`, () =>
    withServer(release, async (server) => {
      for (const mode of ["fast", "immediate"] as const) {
        await withTrace(server, async () => {
          const connection = await connect(server.address(), { busyTimeoutSeconds: 5 });
          await lostWhile(connection, () => server.stop(mode));
          const stop = await assertRejects(() => connect(server.address(), { busyTimeoutSeconds: 5 }), RunStop);
          assertEquals(stop.exitCode, 75);
          assert(stop.message.includes("there is no socket"), stop.message);
          await server.start();
        });
      }
      const connection = await connect(server.address(), { busyTimeoutSeconds: 5 });
      await server.stop("fast");
      await server.start();
      // Nobody waited while it happened.
      await assertLost(() => connection.rows("SELECT 1"));
      await connection.close();
    }));

  Deno.test(`${release.name}: a COMMIT whose answer is lost is told as lost`, () =>
    withNetwork(release, async (server, network) => {
      const connection = await through(server, network);
      await connection.execute("BEGIN; CREATE TEMP TABLE lost_commit (n int)");
      network.cut();
      await assertLost(() => connection.execute("COMMIT"));
      await connection.close();
    }));

  Deno.test(`${release.name}: a network that loses everything is noticed, whether a statement waits or comes`, () =>
    withNetwork(release, async (server, network) => {
      const connection = await through(server, network);
      const other = await through(server, network);
      const reason = await assertLost(async () => {
        const work = connection.rows(SLEEP);
        work.catch(() => {});
        network.stall();
        network.stallNew();
        await work;
      });
      assertEquals(reason, "the server no longer answers");
      assertEquals(await assertLost(() => other.rows("SELECT 1")), "the server no longer answers");
      await Promise.all([connection.close(), other.close()]);
    }));

  Deno.test(`${release.name}: one connection that arrives nowhere is noticed where others arrive`, () =>
    withNetwork(release, async (server, network) => {
      const connection = await through(server, network);
      network.stall();
      const reason = await assertLost(() => connection.rows("SELECT 1"));
      assertEquals(reason, "the server has answered, and the answer does not arrive");
      await connection.close();
      // Its other end is still open: nobody tells the client that the server has ended it.
      const ended = await through(server, network);
      const work = assertLost(() => ended.rows(SLEEP));
      network.stall();
      await administer(server, [`SELECT pg_terminate_backend(${ended.processId})`]);
      await work;
      await ended.close();
    }));

  Deno.test(`${release.name}: a statement may take longer than that, and so may the lock that it waits for`, async () => {
    const server = await sharedServer(release);
    const times = { quiet: 100, deadline: 1000, tick: 50 };
    await withConnection(server.address(), async (connection) => {
      assertEquals(await connection.rows("SELECT 1 FROM pg_sleep(4)"), [[1]]);
      await connection.execute("CREATE TABLE public.slow_lock (n int)");
      await connection.execute("BEGIN; LOCK TABLE public.slow_lock");
      await withConnection(server.address(), async (other) => {
        const work = other.rows("SELECT n FROM public.slow_lock");
        await new Promise((resolve) => setTimeout(resolve, 3000));
        await connection.execute("COMMIT");
        assertEquals(await work, []);
      }, { watchTimes: times });
      await connection.execute("DROP TABLE public.slow_lock");
    }, { watchTimes: times });
  });

  Deno.test(`${release.name}: what a password came from may be gone when the server is asked after a long statement`, async () => {
    const server = await sharedServer(release);
    let asked = 0;
    const password = () => asked++ === 0 ? server.address({ user: "loader" }).password() : Promise.resolve(null);
    const address = server.address({ host: "127.0.0.1", user: "loader", password });
    await withConnection(address, async (connection) => {
      assertEquals(await connection.rows("SELECT 1 FROM pg_sleep(2)"), [[1]]);
      const others = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'loader' AND pid <> $1";
      assertEquals(await connection.rows(others, [connection.processId]), [[1]]);
    }, { watchTimes: { quiet: 100, deadline: 1000, tick: 50 } });
    assertEquals(asked, 1);
  });

  Deno.test(`${release.name}: a network that is lost just when somebody was let in is noticed in time`, () =>
    withNetwork(release, async (server, network) => {
      network.stallAfterLogin();
      const address = { host: "127.0.0.1", port: network.port, user: "loader", connectTimeoutSeconds: 2 };
      const begin = performance.now();
      await assertLost(() => connect(server.address(address), { busyTimeoutSeconds: 5 }));
      assert(performance.now() - begin < 5000);
    }));

  Deno.test(`${release.name}: who is not let in is told why, and in time`, () =>
    withNetwork(release, async (server, network) => {
      const told = async (parts: Parameters<PostgresServer["address"]>[0]) => {
        const address = server.address({ host: "127.0.0.1", user: "loader", connectTimeoutSeconds: 1, ...parts });
        const begin = performance.now();
        const stop = await assertRejects(() => connect(address, { busyTimeoutSeconds: 5 }), RunStop);
        assert(performance.now() - begin < 5000);
        return [stop.exitCode, /\((.*)\)$/.exec(stop.message)?.[1]];
      };
      network.stallNew();
      assertEquals(await told({ port: network.port }), [75, `no answer from 127.0.0.1:${network.port} within 1 s`]);
      const nobody = freePort();
      assertEquals(await told({ port: nobody }), [75, `nobody listens at 127.0.0.1:${nobody}`]);
      assertEquals(await told({ host: "no.such.host.invalid" }), [
        78,
        "no address is known for the host no.such.host.invalid",
      ]);
      assertEquals(await told({ host: "/tmp", port: 1 }), [75, "there is no socket /tmp/.s.PGSQL.1"]);
    }));
}
