/** The rules in which we differ from the reference, once more, with all that is stored at a PostgreSQL server. */
import { RELEASE_IN_USE } from "./helpers/postgres_release.ts";
import { useServer } from "./helpers/server_in_use.ts";

if (RELEASE_IN_USE !== null) {
  useServer(RELEASE_IN_USE);
  await import("./decisions_test.ts");
}
