/** The door for who asks whose a database is before anything is done with it. */
import { RunStop } from "../errors.ts";
import { namesServer } from "../server_address/postgres_address.ts";
import type { DatabaseKind } from "../store/database_kind.ts";
import { isOurs, type OpenOptions } from "./sqlite/database.ts";
import { fileAt } from "./sqlite/database_identity.ts";

/** SQLite reads it, as nobody else may open a file that it has open. At a server, a schema is ours or refused when it is opened. */
export function databaseKind(path: string, options: OpenOptions): DatabaseKind {
  if (namesServer(path)) return "ours";
  if (fileAt(path, options) === null) return "missing";
  try {
    return isOurs(path, options) ? "ours" : "foreign";
  } catch (error) {
    if (error instanceof RunStop) return error;
    throw error;
  }
}
