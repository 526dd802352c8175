/** Opening and closing a database that `createDatabase` made. */
import { resolve } from "node:path";
import { EXIT, RunStop } from "../../errors.ts";
import {
  databaseMissing,
  databaseNotOpened,
  databaseNotOurs,
  databaseTooNew,
  databaseTooOld,
  notAFile,
} from "../../messages/database.ts";
import { pathFrom, type WorkingFolder } from "../../working_folder.ts";
import { Database, type StatementTracer } from "./connection.ts";

export { Database } from "./connection.ts";
import { setBusyTimeout } from "./transaction.ts";

export { atomic, type AtomicOptions, withSavepoint } from "./transaction.ts";

/** `CSVR` in ASCII: marks a file as ours (https://sqlite.org/pragma.html#pragma_application_id). */
export const APPLICATION_ID = 0x43535652;

/** Raised whenever the tables of a database change their meaning. 2: with tables of spellings. 3: the log knows what was undone. 4: feeds
 * are remembered. */
export const SCHEMA_VERSION = 4;

/** Of the oldest databases that are still used: `bringUpToDate` gives them what they lack. */
const OLDEST_SCHEMA_VERSION = 1;

/** In KiB. The whole program has 200 MiB. */
const PAGE_CACHE = 8 * 1024;

export interface OpenOptions extends WorkingFolder {
  /** Seconds to wait for another writer. */
  readonly busyTimeoutSeconds: number;
  /** Told the text of every statement just before it is executed. For tests. */
  readonly onStatement?: StatementTracer | undefined;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
}

/**
 * Opens an existing database for reading and writing.
 * @throws RunStop 78 when the file is missing, no SQLite database, not ours or of another schema version; RunStop 73 when it or its
 * folder cannot be used
 */
export function openDatabase(path: string, options: OpenOptions): Database {
  requireFile(path, options);
  const database = connect(path, options);
  try {
    requireOurs(database, path);
    database.exec("PRAGMA journal_mode = WAL");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Whether `createDatabase` made the file at a path.
 * @throws RunStop 78 when it is missing or no SQLite database; RunStop 73 when it or its folder cannot be used
 */
export function isOurs(path: string, options: OpenOptions): boolean {
  requireFile(path, options);
  const database = new Database({ ...options, path, file: resolve(pathFrom(options, path)) });
  try {
    setBusyTimeout(database, options.busyTimeoutSeconds);
    return applicationId(database) === APPLICATION_ID;
  } finally {
    database.close();
  }
}

function applicationId(database: Database): number {
  return Number(database.prepare("PRAGMA application_id").get()?.["application_id"]);
}

/**
 * A connection with the settings that every database of ours has. The file may be new.
 * @param path what messages name
 * @param file what is opened
 */
export function connect(path: string, options: OpenOptions, file = path): Database {
  const database = new Database({ ...options, path, file: resolve(pathFrom(options, file)), isOurs: true });
  try {
    setBusyTimeout(database, options.busyTimeoutSeconds);
    database.exec("PRAGMA foreign_keys = ON");
    database.exec("PRAGMA synchronous = FULL");
    database.exec(`PRAGMA cache_size = -${PAGE_CACHE}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function requireFile(path: string, at: WorkingFolder): void {
  let isFile: boolean;
  try {
    isFile = Deno.statSync(pathFrom(at, path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunStop(EXIT.databaseNotUsable, [databaseMissing(path)]);
    throw new RunStop(EXIT.databaseNotWritable, [databaseNotOpened(path)], { cause: error });
  }
  if (!isFile) throw new RunStop(EXIT.databaseNotUsable, [notAFile(path)]);
}

/** @throws RunStop 78 */
export function requireOurs(database: Database, path: string): void {
  if (applicationId(database) !== APPLICATION_ID) throw new RunStop(EXIT.databaseNotUsable, [databaseNotOurs(path)]);
  const version = schemaVersion(database);
  if (version > SCHEMA_VERSION) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseTooNew(path, version, SCHEMA_VERSION)]);
  }
  if (version < OLDEST_SCHEMA_VERSION) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseTooOld(path, version, SCHEMA_VERSION)]);
  }
}

export function schemaVersion(database: Database): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}

/** Another one whenever somebody has changed tables or indexes. */
export function schemaCookie(database: Database): number {
  return Number(database.prepare("PRAGMA schema_version").get()?.["schema_version"]);
}

/** Another one whenever some other connection has changed anything: of the same connection, to be compared with what it was before. */
export function othersChanges(database: Database): number {
  return Number(database.prepare("PRAGMA data_version").get()?.["data_version"]);
}
