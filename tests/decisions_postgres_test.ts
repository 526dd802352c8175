/** The rules in which we differ from the reference, once more, with all that is stored at a PostgreSQL server. */
import { INSTALLED_RELEASE } from "./helpers/postgres_release.ts";
import { useServer } from "./helpers/server_in_use.ts";

if (INSTALLED_RELEASE !== null) {
  useServer(INSTALLED_RELEASE);
  await import("./decisions_test.ts");
}
