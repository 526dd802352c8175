/** Connections to a database that we did not make: nothing in it changes but rows, and whoever owns it decides how it is kept. */
import { resolve } from "node:path";
import { EXIT, RunStop } from "../../errors.ts";
import { isChangeLog } from "../../messages/foreign_log.ts";
import { pathFrom } from "../../working_folder.ts";
import type { OpenOptions } from "../open_store.ts";
import { Database } from "../sqlite/connection.ts";
import { setBusyTimeout } from "../sqlite/transaction.ts";
import { LOG_APPLICATION_ID, LOG_ENDING } from "./log/log_tables.ts";

/** In KiB. The log has a connection of its own: both together have less than one of ours. */
const PAGE_CACHE = 4 * 1024;

export interface ForeignConnectionOptions {
  /** Whether foreign keys are checked. */
  readonly foreignKeys: boolean;
  /** Texts in double quotes are texts where no column is called so, as its own program may have it in triggers. */
  readonly takesDoubleQuotedTexts: boolean;
}

/**
 * None of the settings reaches the file. Triggers do not fire triggers of their own table, which is what those rely on that update the row
 * that fired them; nothing in the schema may call functions that do more than compute.
 * @throws RunStop 73 when it cannot be used; RunStop 78 when it is a change log of ours, which nobody may rewrite
 */
export function connectForeign(path: string, options: OpenOptions, how: ForeignConnectionOptions): Database {
  const { takesDoubleQuotedTexts, foreignKeys } = how;
  const file = resolve(pathFrom(options, path));
  const database = new Database({ ...options, path, file, takesDoubleQuotedTexts });
  try {
    setBusyTimeout(database, options.busyTimeoutSeconds);
    requireNoLog(database);
    database.exec(`PRAGMA foreign_keys = ${foreignKeys ? "ON" : "OFF"}`);
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA recursive_triggers = OFF");
    database.exec("PRAGMA trusted_schema = OFF");
    database.exec("PRAGMA cell_size_check = ON");
    database.exec(`PRAGMA cache_size = -${PAGE_CACHE}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function requireNoLog(database: Database): void {
  const id = Number(database.prepare("PRAGMA application_id").get()?.["application_id"]);
  if (id !== LOG_APPLICATION_ID) return;
  const { path } = database;
  const owner = path.endsWith(LOG_ENDING) ? path.slice(0, -LOG_ENDING.length) : null;
  throw new RunStop(EXIT.databaseNotUsable, [isChangeLog(path, owner)]);
}
