/** What a server locks for a moment, as its autovacuum does, is no other writer, even for whoever waits for none. */
import { assertEquals } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW } from "../../store/suite.ts";

/** In milliseconds. */
const MOMENT = 60;

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a table that is locked for a moment is waited for, whatever busy_timeout says`, () =>
    withSchema(release, async (address) => {
      await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
      await withConnection(address, async (other) => {
        await other.execute("BEGIN; LOCK TABLE csvrecon_mark IN ACCESS EXCLUSIVE MODE");
        let isLocked = true;
        const freed = new Promise((resolve) => setTimeout(resolve, MOMENT)).then(() => {
          isLocked = false;
          return other.execute("ROLLBACK");
        });
        const store = await openPostgresStore(address, { busyTimeoutSeconds: 0 });
        assertEquals(isLocked, false);
        await store.close();
        await freed;
      });
    }));
}
