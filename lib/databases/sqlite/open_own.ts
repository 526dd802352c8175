/** Opens a database that `init` made, for its objects. */
import { ownLayout } from "../sql/own_layout.ts";
import type { Database } from "./connection.ts";
import { openDatabase, type OpenOptions } from "./database.ts";
import { fileAt, identityOf, requireFileOf, requireIdentity } from "./database_identity.ts";
import { bringUpToDate } from "./schema_step.ts";
import { SqliteStore } from "./sqlite_store.ts";

export interface OpenOwnOptions extends OpenOptions {
  /** What `Store.identity` told: no other database is opened. Undefined: whatever is there. */
  readonly identity?: string | undefined;
}

/** The store, and the connection that it works with. */
export interface OpenedOwn {
  readonly database: Database;
  readonly store: SqliteStore;
}

/** @throws as `openOwnStore` */
export function openOwn(path: string, options: OpenOwnOptions): OpenedOwn {
  const { identity } = options;
  // Another one is not even opened: SQLite would write to it.
  if (identity !== undefined) requireFileOf(path, options, identity);
  const file = fileAt(path, options);
  const database = openDatabase(path, options);
  try {
    if (identity !== undefined) requireIdentity(path, identityOf(database, file), identity);
    return { database, store: new SqliteStore(database, file, ownLayout, bringUpToDate) };
  } catch (error) {
    database.close();
    throw error;
  }
}
