/** A store that stays open while its server is restarted, as that of `serve` does. */
import { assertEquals, assertRejects } from "@std/assert";
import { ConnectionLost } from "../../../lib/databases/postgres/connection.ts";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import type { Store } from "../../../lib/store/store.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { type PostgresServer, withServer } from "../../helpers/postgres_server.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

async function restart(server: PostgresServer): Promise<void> {
  await server.stop("fast");
  await server.start();
}

async function names(store: Store): Promise<unknown[]> {
  const plan = { class: "Organization", conditions: [], read: ["name"], includeHidden: true };
  return (await store.objects(SMALL_MODEL).search(plan).all([])).map(({ values }) => values?.[0]);
}

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: after a restart the store goes on, but for the transaction that was open`, () =>
    withServer(release, async (server) => {
      const address = server.address();
      await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
      const store = await openPostgresStore(address, { busyTimeoutSeconds: 2 });
      try {
        const world = new World({ store }, SMALL_MODEL);
        const add = (name: string) =>
          world.run((run) => {
            run.add("Organization", { name });
            return Promise.resolve();
          });
        await add("A");
        await restart(server);
        assertEquals(await names(store), ["A"]);
        await restart(server);
        await add("B");
        const lost = world.run(async (run) => {
          run.add("Organization", { name: "C" });
          await run.objects.settled();
          await restart(server);
          await run.all("Organization", "name");
        });
        await assertRejects(() => lost, ConnectionLost);
        assertEquals(await names(store), ["A", "B"]);
        const failures = store.failedLogins("login", () => NOW.getTime());
        await failures.write("ada", () => ({ failures: 1, blockedUntil: 0 }));
        await restart(server);
        assertEquals((await failures.read("ada"))?.failures, 1);
        await failures.clear("ada");
        assertEquals(await failures.read("ada"), null);
      } finally {
        await store.close();
      }
    }));
}
