/** SQLite is held against every rule of the store. */
import { SQLITE } from "./open_sqlite.ts";
import { storeSuite } from "./store_suite.ts";

storeSuite(SQLITE);
