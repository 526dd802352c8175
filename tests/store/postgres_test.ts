/** PostgreSQL is held against every rule of the store. */
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { postgres } from "./open_postgres.ts";
import { storeSuite } from "./store_suite.ts";

for (const release of POSTGRES_RELEASES) storeSuite(postgres(release));
