/** Every rule of the store once more, with what all servers have that speak the protocol of PostgreSQL. */
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { postgres } from "./open_postgres.ts";
import { storeSuite } from "./store_suite.ts";

const [release] = POSTGRES_RELEASES;
if (release !== undefined) storeSuite(postgres(release, "portable"));
