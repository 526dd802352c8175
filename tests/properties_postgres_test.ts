/** What must be true of every model and every file, at a PostgreSQL server. */
import { RELEASE_IN_USE } from "./helpers/postgres_release.ts";
import { useServer } from "./helpers/server_in_use.ts";

if (RELEASE_IN_USE !== null) {
  useServer(RELEASE_IN_USE);
  await import("./torture/properties_test.ts");
}
