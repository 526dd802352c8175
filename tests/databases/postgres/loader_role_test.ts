/** A role that owns nothing and has the rights that the page tells of: its runs make the indexes and triggers that they need, all the same. */
import { assertEquals, assertRejects } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { PostgresError } from "../../../lib/databases/postgres/postgres_error.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import type { Store } from "../../../lib/store/store.ts";
import { administer, withConnection, withDatabase, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { ROLE_PASSWORD } from "../../helpers/postgres_server.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { limitRules } from "../../store/limit_rules.ts";
import { postgres } from "../../store/open_postgres.ts";
import { NOW, Suite, World } from "../../store/suite.ts";
import type { TestedDatabase } from "../../store/tested_database.ts";

const LOADER = "loader";

function grants(schema: string): readonly string[] {
  return [
    `GRANT USAGE ON SCHEMA ${schema} TO ${LOADER}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${LOADER}`,
    `GRANT EXECUTE ON FUNCTION ${schema}.csvrecon_search_index, ${schema}.csvrecon_note_changes TO ${LOADER}`,
  ];
}

function withLoader(
  release: PostgresRelease,
  use: (store: Store, address: PostgresAddress) => Promise<void>,
): Promise<void> {
  return withSchema(release, async (address, server) => {
    await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
    await administer(server, grants(address.schema));
    const loader = { ...address, user: LOADER, password: loaderPassword };
    const store = await openPostgresStore(loader, { busyTimeoutSeconds: 2 });
    try {
      await use(store, address);
    } finally {
      await store.close();
    }
  });
}

/** A server whose loader may not even make temporary tables, as the suite of the store is given it. */
function withoutTables(release: PostgresRelease): TestedDatabase {
  const nobody = () => {
    throw new Error("nobody asks for it");
  };
  return {
    ...postgres(release),
    name: `${release.name}, a role that may make no temporary tables`,
    open: ({ model, modelText, now, fill }, use) =>
      withDatabase(release, async (address, server) => {
        await createDatabase(address, { model, modelText, now }, fill);
        await withConnection(address, async (connection) => {
          await connection.execute(`REVOKE TEMPORARY ON DATABASE ${address.database} FROM PUBLIC`);
          for (const statement of grants(address.schema)) await connection.execute(statement);
        });
        const loader = server.address({ database: address.database, user: LOADER, password: loaderPassword });
        const store = await openPostgresStore(loader, { busyTimeoutSeconds: 2 });
        try {
          await use({ store, another: nobody, log: nobody, runs: nobody });
        } finally {
          await store.close();
        }
      }),
  };
}

const loaderPassword = () => Promise.resolve(ROLE_PASSWORD);

function worldOf(store: Store): World<{ store: Store }> {
  return new World({ store }, SMALL_MODEL);
}

for (const release of POSTGRES_RELEASES) {
  limitRules(new Suite(withoutTables(release)));

  Deno.test(`${release.name}: a role that owns nothing finds texts by every spelling, be they new or changed`, () =>
    withLoader(release, async (store) => {
      const world = worldOf(store);
      const plan = { class: "Organization", conditions: ["name"] } as const;
      const id = await world.run(async (run) => {
        const made = run.add("Organization", { name: "Zürich" });
        assertEquals(await run.ids(plan, ["ZU\u0308RICH"]), [made]);
        run.update("Organization", made, { name: ["Zürich", "Genève"] });
        assertEquals(await run.ids(plan, ["genève"]), [made]);
        return made;
      });
      await world.run(async (run) => {
        assertEquals(await run.ids(plan, ["GENÈVE"]), [id]);
        const named = { class: "Person", conditions: ["friendlyname"] } as const;
        const jo = run.add("Person", { name: "Doé", first_name: "Jo" });
        assertEquals(await run.ids(named, ["JO DOÉ"]), [jo]);
        run.update("Person", jo, { name: ["Doé", "Roé"] });
        assertEquals(await run.ids(named, ["jo roé"]), [jo]);
        await run.objects.expectDeletions(["Person"]);
        run.objects.delete("Person", [jo]);
        assertEquals(await run.objects.settled(), []);
      });
    }));

  Deno.test(`${release.name}: the indexes that its runs make are those of the owner, and it can make no others`, () =>
    withLoader(release, async (store, address) => {
      await worldOf(store).run(async (run) => {
        run.add("Organization", { name: "A", code: "1" });
        await run.ids({ class: "Organization", conditions: ["name", "parent_id"] }, ["A", null]);
      });
      await withConnection(address, async (connection) => {
        const sql = "SELECT indexname, tableowner FROM pg_indexes JOIN pg_tables USING (schemaname, tablename) " +
          "WHERE schemaname = $1 AND indexname LIKE 'search\\_%'";
        const [, owner] = (await connection.rows(sql, [address.schema]))[0] ?? [];
        assertEquals(owner, address.user);
        await assertRejects(
          () => connection.rows("SELECT csvrecon_search_index('x', 'person', '{id}', '{plain}')"),
          PostgresError,
        );
      });
    }));
}
