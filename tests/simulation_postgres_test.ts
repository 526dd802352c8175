/** A simulation at a PostgreSQL server is the real run there, rolled back: held against a part of the golden cases. */
import { RELEASE_IN_USE } from "./helpers/postgres_release.ts";
import { useServer } from "./helpers/server_in_use.ts";

if (RELEASE_IN_USE !== null) {
  useServer(RELEASE_IN_USE);
  await import("./simulation_test.ts");
}
