/**
 * A database that is being made. `cmdb.db` is called `.cmdb.db.<uuid>.unfinished` until it is complete; what a killed program has left
 * under such a name is recognised, because no lock is on it, and removed by the next one.
 */
import { basename, dirname, join, resolve } from "node:path";
import { EXIT, RunStop } from "../../errors.ts";
import { databaseExists, databaseNotCreated } from "../../messages/database.ts";
import { giveNewName } from "../../spool/new_name.ts";
import { Database } from "./connection.ts";

const ENDING = ".unfinished";

/** Where a database will be. */
export interface NamedFile {
  /** As messages name it. */
  readonly path: string;
  /** As the system is asked for it. */
  readonly file: string;
}

/** @throws RunStop 73 when there is something of that name */
export function requireNothing({ path, file }: NamedFile): void {
  try {
    Deno.lstatSync(file);
  } catch {
    // Nothing there, or out of reach: to make the file will tell which.
    return;
  }
  throw new RunStop(EXIT.databaseNotWritable, [databaseExists(path)]);
}

/**
 * Makes an empty file next to where the database will be, of a name that nobody else has. Only its user may read it, for it will hold the
 * hashes of passwords; SQLite makes the files beside it alike.
 * @throws RunStop 73
 */
export function reserveUnfinished({ path, file }: NamedFile): string {
  const unfinished = join(dirname(file), `.${basename(file)}.${crypto.randomUUID()}${ENDING}`);
  try {
    Deno.openSync(unfinished, { createNew: true, write: true, mode: 0o600 }).close();
  } catch (error) {
    throw notCreated(path, error);
  }
  return unfinished;
}

/** Locks the file for as long as the connection is open. Its journal is in memory: if the program is killed, all of the file is waste. */
export function holdUnfinished(database: Database): void {
  database.exec("PRAGMA journal_mode = MEMORY");
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
}

/**
 * Gives a complete database its name, unless something else has it: two programs cannot both succeed.
 * @throws RunStop 73
 */
export function giveName(unfinished: string, { path, file }: NamedFile): void {
  try {
    giveNewName(unfinished, file);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      throw new RunStop(EXIT.databaseNotWritable, [databaseExists(path)], { cause: error });
    }
    throw notCreated(path, error);
  }
  syncFolder(dirname(file));
}

/** The new name must outlive a power cut, as the content does. */
export function syncFolder(folder: string): void {
  try {
    using opened = Deno.openSync(folder, { read: true });
    opened.syncSync();
  } catch {
    // Windows opens no folders, and some network file systems do not sync them: there is no more to be done.
  }
}

/** Removes the file and those that SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    try {
      Deno.removeSync(path + suffix);
    } catch {
      // Not there, mostly; otherwise the error that led here matters more.
    }
  }
}

/** Removes what programs that were killed have left of this database. */
export function removeLeftovers(path: string): void {
  for (const file of unfinishedFiles(path)) {
    if (isAbandoned(file)) removeDatabase(file);
  }
}

function unfinishedFiles(path: string): string[] {
  const folder = dirname(path);
  const beginning = `.${basename(path)}.`;
  try {
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    return names.filter((name) => name.startsWith(beginning) && name.endsWith(ENDING)).map((name) =>
      join(folder, name)
    );
  } catch {
    // No folder, or a closed one: to make the database will tell so.
    return [];
  }
}

/** In milliseconds. A program that has just made its file may not have locked it yet. */
const TIME_TO_LOCK = 1000;

function isAbandoned(file: string): boolean {
  try {
    const { mtime } = Deno.statSync(file);
    if (mtime === null || Math.abs(Date.now() - mtime.getTime()) < TIME_TO_LOCK) return false;
    const database = new Database({ path: file, file: resolve(file), busyTimeoutSeconds: 0 });
    try {
      database.exec("BEGIN EXCLUSIVE");
      return true;
    } finally {
      database.close();
    }
  } catch (error) {
    // Half of a file is no database, but no other program holds it: a lock would have been met first. Otherwise it is held, or gone.
    return error instanceof RunStop && error.exitCode === EXIT.databaseNotUsable;
  }
}

function notCreated(path: string, cause: unknown): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [databaseNotCreated(path)], { cause });
}
