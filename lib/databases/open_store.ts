/**
 * The door to databases: `commands/`, `jobs/` and `server/` come through it, and hand everybody else a `Store`. Beside it are doors for
 * those who need less, and so need not load all of this.
 */
import type { ChangeLogPlace } from "../store/change_log_place.ts";
import type { Store } from "../store/store.ts";
import { namesServer } from "../server_address/postgres_address.ts";
import type { ServerWorld } from "./postgres/named_server.ts";
import { isOurs, openDatabase } from "./sqlite/database.ts";
import { openOwn } from "./sqlite/open_own.ts";
import { prepareServedFailures } from "./sqlite/sqlite_login_failures.ts";

export interface OpenOptions extends ServerWorld {
  /** Seconds to wait for another writer. */
  readonly busyTimeoutSeconds: number;
  /** Told the text of every statement just before it is executed. For tests. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
  /** What `Store.identity` told: no other database is opened. Undefined: whatever is there. */
  readonly identity?: string | undefined;
  /** How a database is used that we did not make; left out: it is refused. */
  readonly foreign?: ForeignOptions | undefined;
}

/** What may be said of a database that we did not make. */
export interface ForeignOptions {
  /** The file that says what its schema cannot tell; null: none. */
  readonly overlay: { readonly path: string; readonly text: string } | null;
  readonly changeLog: ChangeLogPlace;
  /** Whether it is to check foreign keys. */
  readonly foreignKeys: boolean;
}

/**
 * Opens an existing database for reading and writing.
 * @throws RunStop 78 when the file is missing, no SQLite database, not ours and `foreign` is left out, or of another schema version; RunStop
 * 73 when it or its folder cannot be used; DatabaseReplaced when it is another one than `identity` tells
 */
export async function openStore(path: string, options: OpenOptions): Promise<Store> {
  const { foreign } = options;
  if (namesServer(path)) return await openAtServer(path, options);
  if (foreign !== undefined && !isOurs(path, options)) {
    const { openForeignStore } = await import("./foreign/open_foreign_store.ts");
    return await openForeignStore(path, options, foreign);
  }
  return openOwnStore(path, options);
}

/** The same of a database that `init` made: every other one is refused. */
export async function openOurStore(path: string, options: Omit<OpenOptions, "foreign">): Promise<Store> {
  return namesServer(path) ? await openAtServer(path, options) : openOwnStore(path, options);
}

async function openAtServer(path: string, options: OpenOptions): Promise<Store> {
  const { addressOf } = await import("./postgres/named_server.ts");
  const { openPostgresStore } = await import("./postgres/open_postgres.ts");
  return await openPostgresStore(await addressOf(path, options), options);
}

/** That of a file. */
export function openOwnStore(path: string, options: Omit<OpenOptions, "foreign">): Store {
  return openOwn(path, options).store;
}

/**
 * Makes what a server needs in a database that lacks it, as those that older versions made.
 * @throws as `openStore`; RunStop 75 when another writer holds the database too long
 */
export function prepareForServer(path: string, options: OpenOptions): Promise<void> {
  if (namesServer(path)) return Promise.resolve();
  const database = openDatabase(path, options);
  try {
    prepareServedFailures(database);
    return Promise.resolve();
  } finally {
    database.close();
  }
}
