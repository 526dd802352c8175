/**
 * The door to databases: `commands/`, `jobs/` and `server/` come through it, and hand everybody else a `Store`. Beside it are doors for
 * those who need less, and so need not load all of this.
 */
import type { Store } from "../store/store.ts";
import type { WorkingFolder } from "../working_folder.ts";
import { ownLayout } from "./sql/own_layout.ts";
import { openDatabase } from "./sqlite/database.ts";
import { fileAt, identityOf, requireFileOf, requireIdentity } from "./sqlite/database_identity.ts";
import { bringUpToDate } from "./sqlite/schema_step.ts";
import { prepareServedFailures } from "./sqlite/sqlite_login_failures.ts";
import { SqliteStore } from "./sqlite/sqlite_store.ts";

export interface OpenOptions extends WorkingFolder {
  /** Seconds to wait for another writer. */
  readonly busyTimeoutSeconds: number;
  /** Told the text of every statement just before it is executed. For tests. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
  /** What `Store.identity` told: no other database is opened. Undefined: whatever is there. */
  readonly identity?: string | undefined;
}

/**
 * Opens an existing database for reading and writing.
 * @throws RunStop 78 when the file is missing, no SQLite database, not ours or of another schema version; RunStop 73 when it or its
 * folder cannot be used; DatabaseReplaced when it is another one than `identity` tells
 */
export function openStore(path: string, options: OpenOptions): Store {
  const { identity } = options;
  // Another one is not even opened: SQLite would write to it.
  if (identity !== undefined) requireFileOf(path, options, identity);
  const file = fileAt(path, options);
  const database = openDatabase(path, options);
  try {
    if (identity !== undefined) requireIdentity(path, identityOf(database, file), identity);
    return new SqliteStore(database, file, ownLayout, bringUpToDate);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes what a server needs in a database that lacks it, as those that older versions made.
 * @throws as `openStore`; RunStop 75 when another writer holds the database too long
 */
export function prepareForServer(path: string, options: OpenOptions): Promise<void> {
  const database = openDatabase(path, options);
  try {
    prepareServedFailures(database);
    return Promise.resolve();
  } finally {
    database.close();
  }
}
