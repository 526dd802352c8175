/** Entries of the log are sent, and nobody waits for them: when they are refused, the run ends with the reason, and not with what comes of it. */
import { assertEquals, assertRejects } from "@std/assert";
import { connect, ConnectionLost } from "../../../lib/databases/postgres/connection.ts";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore, openServerDatabase } from "../../../lib/databases/postgres/open_postgres.ts";
import { PostgresDatabase } from "../../../lib/databases/postgres/postgres_database.ts";
import { atOneMoment } from "../../../lib/databases/postgres/postgres_transaction.ts";
import { administer, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

/** More entries than wait. */
const MANY = 600;
const ORGANIZATIONS = { class: "Organization" } as const;

const WAYS: readonly (readonly [string, (database: PostgresDatabase) => Promise<unknown>])[] = [
  ["a SAVEPOINT", (database) => database.execute("SAVEPOINT later")],
  ["a query", (database) => database.rows("SELECT 1")],
  ["a write", (database) => database.run("SELECT 1")],
];

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: a log that takes no entries says so, and the next run of the store is free of it`, () =>
    withSchema(release, async (address, server) => {
      const { schema } = address;
      await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
      await administer(server, [
        `CREATE FUNCTION ${schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room in the log'; END $$`,
        `CREATE TRIGGER refuse BEFORE INSERT ON ${schema}.change_op EXECUTE FUNCTION ${schema}.refuse()`,
      ]);
      const store = await openPostgresStore(address, { busyTimeoutSeconds: 2 });
      const world = new World({ store }, SMALL_MODEL);
      const addMany = (times: number) =>
        world.run(async (run) => {
          for (let time = 0; time < times; time++) {
            for (let index = 0; index < MANY; index++) run.add("Organization", { name: `O${time} ${index}` });
            await run.objects.settled();
          }
          assertEquals((await run.ids(ORGANIZATIONS)).length, times * MANY);
        });
      try {
        await assertRejects(() => addMany(1), Error, "no room in the log");
        await assertRejects(() => addMany(3), Error, "no room in the log");
        await administer(server, [`DROP TRIGGER refuse ON ${schema}.change_op`]);
        await addMany(2);
      } finally {
        await store.close();
      }
    }));

  for (const [way, ask] of WAYS) {
    Deno.test(`${release.name}: ${way} tells why a statement before it has failed that nobody waited for`, () =>
      withSchema(release, async (address) => {
        const database = await openServerDatabase(address, { busyTimeoutSeconds: 2 });
        try {
          for (let time = 0; time < 20; time++) {
            await database.execute("BEGIN");
            database.isInTransaction = true;
            database.runLater("SELECT 1 / $1::int", 0);
            await assertRejects(() => ask(database), Error, "division by zero");
            await database.execute("ROLLBACK").catch(() => {});
            database.isInTransaction = false;
            database.forgetFailure();
          }
        } finally {
          await database.close();
        }
      }));
  }

  Deno.test(`${release.name}: what nobody waited for when the connection was lost fails its transaction, and nothing behind it`, () =>
    withSchema(release, async (address, server) => {
      const options = { busyTimeoutSeconds: 2 };
      const open = () => connect(address, options);
      const database = new PostgresDatabase(await open(), options, open);
      try {
        const lost = atOneMoment(database, async () => {
          database.runLater("SELECT pg_sleep(60)");
          await administer(server, [`SELECT pg_terminate_backend(${database.connection.processId})`]);
          await database.rows("SELECT 1");
        });
        await assertRejects(() => lost, ConnectionLost);
        assertEquals(await database.rows("SELECT 1"), [[1]]);
      } finally {
        await database.close();
      }
    }));
}
