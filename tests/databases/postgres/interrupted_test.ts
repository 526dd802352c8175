/** What ends a statement from outside: a signal, an administrator, a lock that somebody else holds. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { connect } from "../../../lib/databases/postgres/connection.ts";
import { EXIT, RunStop } from "../../../lib/errors.ts";
import { Interruption } from "../../../lib/interruption.ts";
import { administer, sharedServer, withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { networkTo } from "../../helpers/network_between.ts";

const SLEEP = "SELECT pg_sleep(60)";

function interruption(): Interruption {
  return new Interruption("SIGINT", EXIT.interrupted, [{ text: "#Interrupted" }]);
}

function after(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(interruption()), milliseconds);
  return controller.signal;
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: an interruption ends what waits at once, there too, and a ROLLBACK still goes`, () =>
    withSchema(release, (address) =>
      withConnection(address, async (observer) => {
        const signal = after(300);
        const connection = await connect(address, { busyTimeoutSeconds: 5, interruption: signal });
        await connection.execute("BEGIN");
        const begin = performance.now();
        await assertRejects(() => connection.rows(SLEEP), Interruption);
        assert(performance.now() - begin < 1000);
        await assertRejects(() => connection.rows("SELECT 1"), Interruption);
        await connection.execute("ROLLBACK");
        const sql = "SELECT state FROM pg_stat_activity WHERE pid = $1";
        assertEquals(await observer.rows(sql, [connection.processId]), [["idle"]]);
        await connection.close();
      })));

  Deno.test(`${release.name}: an interruption ends the waiting for a lock, and for a server that does not let anybody in`, () =>
    withSchema(release, (address, server) =>
      withConnection(address, async (holder) => {
        await holder.execute(`CREATE SCHEMA ${address.schema}; CREATE TABLE held (n int)`);
        await holder.execute("BEGIN; LOCK TABLE held");
        const connection = await connect(address, { busyTimeoutSeconds: 60, interruption: after(300) });
        await assertRejects(() => connection.rows("SELECT n FROM held"), Interruption);
        await connection.close();
        await holder.execute("ROLLBACK");
        const network = networkTo(server.port);
        network.stallNew();
        const far = server.address({ host: "127.0.0.1", port: network.port, user: "loader" });
        const begin = performance.now();
        await assertRejects(() => connect(far, { busyTimeoutSeconds: 5, interruption: after(200) }), Interruption);
        assert(performance.now() - begin < 1500);
        await network.close();
      })));

  Deno.test(`${release.name}: an interruption does not end a COMMIT that is under way`, () =>
    withSchema(release, (address) =>
      withConnection(address, async (owner) => {
        await owner.execute(`CREATE SCHEMA ${address.schema}; CREATE TABLE slow (n int);
          CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END';
          CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()`);
        const controller = new AbortController();
        const connection = await connect(address, { busyTimeoutSeconds: 5, interruption: controller.signal });
        await connection.execute("BEGIN");
        await connection.run("INSERT INTO slow VALUES (1)");
        const commit = connection.execute("COMMIT");
        await new Promise((resolve) => setTimeout(resolve, 200));
        controller.abort(interruption());
        await commit;
        await connection.close();
        assertEquals(await owner.rows("SELECT n FROM slow"), [[1]]);
      })));

  Deno.test(`${release.name}: a lock is waited for as long as was told, and then it is 75`, () =>
    withSchema(release, (address) =>
      withConnection(address, async (holder) => {
        await holder.execute(`CREATE SCHEMA ${address.schema}; CREATE TABLE held (n int)`);
        await holder.execute("BEGIN; LOCK TABLE held");
        for (const seconds of [0, 0.5]) {
          await withConnection(address, async (connection) => {
            const stop = await assertRejects(() => connection.rows("SELECT n FROM held"), RunStop);
            assertEquals([stop.exitCode, stop.message], [
              75,
              `Database is locked by another writer: '${address.name}' (waited ${seconds} s)`,
            ]);
          }, { busyTimeoutSeconds: seconds });
        }
        await holder.execute("ROLLBACK");
      })));

  Deno.test(`${release.name}: a statement that somebody ends there is 75`, async () => {
    const server = await sharedServer(release);
    await withConnection(server.address(), async (connection) => {
      const endings = [
        () => administer(server, [`SELECT pg_cancel_backend(${connection.processId})`]),
        () => connection.cancel(),
      ];
      for (const end of endings) {
        const stopped = assertRejects(() => connection.rows(SLEEP), RunStop);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await end();
        const { exitCode, message } = await stopped;
        assertEquals([exitCode, message], [
          75,
          "Somebody at the server ended a statement of this run: 'postgres://csvrecon@/postgres'",
        ]);
      }
    });
  });

  Deno.test(`${release.name}: of two who wait for each other one ends with 75, and the other goes on`, () =>
    withSchema(release, (address) =>
      withConnection(address, (one) =>
        withConnection(address, async (other) => {
          await one.execute(`CREATE SCHEMA ${address.schema}; CREATE TABLE a (n int); CREATE TABLE b (n int)`);
          await one.execute("BEGIN; LOCK TABLE a");
          await other.execute("BEGIN; LOCK TABLE b");
          const results = await Promise.allSettled(
            [one.run("LOCK TABLE b"), other.run("LOCK TABLE a")].map((work, index) =>
              // Who is refused lets go.
              work.catch(async (error) => {
                await [one, other][index]?.execute("ROLLBACK");
                throw error;
              })
            ),
          );
          const reasons = results.flatMap((result) => result.status === "rejected" ? [result.reason] : []);
          assertEquals(reasons.map(({ exitCode, message }) => [exitCode, message]), [[
            75,
            `Another writer and this run waited for each other: '${address.name}'`,
          ]]);
        }))));

  Deno.test(`${release.name}: what a role or a server may not do is 73, with the words of the server`, () =>
    withSchema(release, async (address) => {
      await withConnection(address, async (owner) => {
        await owner.execute(
          `CREATE SCHEMA ${address.schema}; CREATE TABLE owned (n int); GRANT USAGE ON SCHEMA ${address.schema} TO loader`,
        );
        await owner.execute("BEGIN READ ONLY");
        const readOnly = await assertRejects(() => owner.run("INSERT INTO owned VALUES (1)"), RunStop);
        assertEquals([readOnly.exitCode, readOnly.message], [
          73,
          `Database is read-only: '${address.name}' (cannot execute INSERT in a read-only transaction)`,
        ]);
      });
      const { password } = (await sharedServer(release)).address({ user: "loader" });
      await withConnection({ ...address, user: "loader", password }, async (loader) => {
        const stop = await assertRejects(() => loader.run("INSERT INTO owned VALUES (1)"), RunStop);
        assertEquals([stop.exitCode, stop.message], [
          73,
          `User 'loader' may not do this: '${address.name}' (permission denied for table owned)`,
        ]);
      });
    }));
}
