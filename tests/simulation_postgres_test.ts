/** A simulation at a PostgreSQL server is the real run there, rolled back: held against a part of the golden cases. */
import { INSTALLED_RELEASE } from "./helpers/postgres_release.ts";
import { useServer } from "./helpers/server_in_use.ts";

if (INSTALLED_RELEASE !== null) {
  useServer(INSTALLED_RELEASE);
  await import("./simulation_test.ts");
}
