/** Reading the change log of an SQLite database, which an older version may have made. */
import type { LoggedRuns } from "../../store/logged_runs.ts";
import { KeptRuns } from "../logged/kept_runs.ts";
import { askedDatabase } from "./asked_database.ts";
import type { Database } from "./connection.ts";
import { schemaVersion } from "./database.ts";
import { FEEDS, LOG_OF_UNDO } from "./schema_step.ts";

export function sqliteLoggedRuns(database: Database): LoggedRuns {
  return new KeptRuns(askedDatabase(database), {
    knowsUndo: () => schemaVersion(database) >= LOG_OF_UNDO,
    knowsFeeds: () => schemaVersion(database) >= FEEDS,
  });
}
