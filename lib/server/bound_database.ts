/**
 * The one database of a server: the file that it opened when it began. Logins are checked over a connection that stays open, imports open
 * the path anew; were another file there by then, whoever has the id of the user in that one would import. So both ask whether it is the
 * same file still. They ask by its path: to open and close the file beside SQLite would take SQLite's locks from it (POSIX).
 */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { databaseMissing, databaseReplaced } from "../messages/database.ts";
import type { Database } from "../databases/sqlite/database.ts";
import { pathFrom, type WorkingFolder } from "../working_folder.ts";

/** What tells one database from all others; it can be sent to another thread. */
export interface DatabaseIdentity {
  readonly dev: number;
  /** Null: the system has none. */
  readonly ino: number | null;
  /** The stored model's name and the moment it was stored: another database may have been copied into the same file. */
  readonly made: string;
}

/** The path leads to another database than the one that the server opened, or to none. */
export class DatabaseReplaced extends RunStop {
  constructor(message: StopMessage, options?: ErrorOptions) {
    super(EXIT.databaseNotUsable, [message], options);
    this.name = "DatabaseReplaced";
  }
}

export class BoundDatabase {
  readonly identity: DatabaseIdentity;

  /**
   * @param at what the path is relative to
   * @param open opens the database at the path
   * @throws RunStop, and whatever `open` throws
   */
  static open(path: string, at: WorkingFolder, open: () => Database): BoundDatabase {
    const before = fileAt(path, at);
    return closingOnError(open(), (database) => {
      const bound = new BoundDatabase(database);
      // SQLite does not say which file it opened: it was this one if the same stood there before and afterwards.
      requireFile(path, at, before);
      return bound;
    });
  }

  private constructor(readonly database: Database) {
    this.identity = { ...fileAt(database.path, database), made: madeOf(database) };
  }

  /** @throws RunStop when the database cannot be read; DatabaseReplaced */
  check(): void {
    requireIdentity(this.database, this.identity);
  }
}

/**
 * Opens the database of a server once more. Another one is not even opened: SQLite would write to it.
 * @param at what the path is relative to
 * @throws DatabaseReplaced, and whatever `open` throws
 */
export function openSame(
  path: string,
  at: WorkingFolder,
  identity: DatabaseIdentity,
  open: () => Database,
): Database {
  requireFile(path, at, identity);
  return closingOnError(open(), (database) => {
    requireIdentity(database, identity);
    return database;
  });
}

function closingOnError<T>(database: Database, use: (database: Database) => T): T {
  try {
    return use(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function requireIdentity(database: Database, identity: DatabaseIdentity): void {
  requireFile(database.path, database, identity);
  if (madeOf(database) !== identity.made) throw new DatabaseReplaced(databaseReplaced(database.path));
}

type FileIdentity = Pick<DatabaseIdentity, "dev" | "ino">;

function requireFile(path: string, at: WorkingFolder, { dev, ino }: FileIdentity): void {
  const now = fileAt(path, at);
  if (now.dev !== dev || now.ino !== ino) throw new DatabaseReplaced(databaseReplaced(path));
}

function fileAt(path: string, at: WorkingFolder): FileIdentity {
  try {
    const { dev, ino } = Deno.statSync(pathFrom(at, path));
    return { dev, ino };
  } catch (error) {
    throw new DatabaseReplaced(databaseMissing(path), { cause: error });
  }
}

function madeOf(database: Database): string {
  return JSON.stringify(database.prepare("SELECT name, created FROM csvrecon_model").all());
}
