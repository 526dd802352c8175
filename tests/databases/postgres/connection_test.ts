import { assertEquals } from "@std/assert";
import { withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: rows come as arrays`, () =>
    withSchema(release, (address) =>
      withConnection(address, async (connection) => {
        assertEquals(await connection.rows("SELECT 5::int8, true, 1.50::numeric, NULL, 'é'"), [[
          5,
          true,
          "1.50",
          null,
          "é",
        ]]);
        assertEquals(`PostgreSQL ${Math.floor(connection.version / 10000)}`, release.name);
      })));
}
