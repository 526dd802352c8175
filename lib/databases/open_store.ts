/**
 * The one door to databases: `commands/`, `jobs/` and `server/` come through it, and hand everybody else a `Store`. What an import does
 * not need is loaded when it is asked for.
 */
import type { Model } from "../model/model.ts";
import type { JobHolder, JobLock } from "../store/job_holder.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { Store } from "../store/store.ts";
import type { WorkingFolder } from "../working_folder.ts";
import { openDatabase } from "./sqlite/database.ts";
import { fileAt, identityOf, requireFileOf, requireIdentity } from "./sqlite/database_identity.ts";
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
    return new SqliteStore(database, file);
  } catch (error) {
    database.close();
    throw error;
  }
}

export interface NewStore extends WorkingFolder {
  readonly model: Model;
  /** The model's file, to be kept in the database. */
  readonly modelText: string;
  readonly now: Date;
  readonly onStatement?: ((sql: string) => void) | undefined;
  readonly interruption?: AbortSignal | undefined;
}

/** Seconds. Nobody else can know a new file, so there is nobody to wait for. */
const NO_WAIT = 0;

/**
 * Makes a database with the tables of a model; it bears its name only when it is complete.
 * @param fill hands over the first objects; they are part of the same transaction
 * @throws RunStop 73 when the file exists or cannot be made, RunStop 78 when the model cannot be stored; then, and when `fill`
 * throws, no file is left behind
 */
export async function createStore(
  path: string,
  options: NewStore,
  fill: (objects: ObjectStore) => void | Promise<void>,
): Promise<void> {
  const { createDatabase } = await import("./sqlite/create_database.ts");
  const { createObjectStore } = await import("./sqlite/sqlite_objects.ts");
  const { model, now } = options;
  await createDatabase(path, { ...options, busyTimeoutSeconds: NO_WAIT }, async (database) => {
    const objects = createObjectStore(database, model, null, { now });
    await fill(objects);
    const [refused] = await objects.settled();
    if (refused !== undefined) {
      throw new Error(`a new database refuses ${refused.write.class}: ${refused.refusal.text}`);
    }
  });
}

/**
 * Makes what a server needs in a database that lacks it, as those that older versions made.
 * @throws as `openStore`; RunStop 75 when another writer holds the database too long
 */
export async function prepareForServer(path: string, options: OpenOptions): Promise<void> {
  const { prepareAddressFailures } = await import("./sqlite/sqlite_login_failures.ts");
  const database = openDatabase(path, options);
  try {
    prepareAddressFailures(database);
  } finally {
    database.close();
  }
}

/**
 * Takes the lock of a job at a database, or says who has it.
 * @throws RunStop 75 when another run holds it; RunStop 73 when there can be no lock
 */
export async function takeJobLock(path: string, holder: JobHolder): Promise<JobLock> {
  const sqlite = await import("./sqlite/sqlite_job_lock.ts");
  return sqlite.takeJobLock(path, holder);
}

/** Which SQLite this program carries: `3.49.1` */
export async function sqliteVersion(): Promise<string> {
  const sqlite = await import("./sqlite/sqlite_version.ts");
  return sqlite.sqliteVersion();
}
