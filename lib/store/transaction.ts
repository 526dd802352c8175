/** All or nothing. */
import type { Database } from "./connection.ts";

export interface AtomicOptions {
  /** True: do all the work, give its result, and then take everything back. */
  readonly rollback?: boolean;
}

function begin(database: Database): void {
  database.exec("BEGIN IMMEDIATE");
}

/** Takes everything back. SQLite may have done so already (disk full); the error that led here matters, not this one. */
function rollBackQuietly(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // The first error is on its way to the caller.
  }
}

/**
 * Does the work in one transaction: its writes are all kept, or none.
 * @throws whatever the work threw, after everything was taken back; RunStop 75 when another writer holds the database longer than
 * the busy timeout; RunStop 73 and 78 for errors of the disk and the file
 */
export async function atomic<T>(
  database: Database,
  work: () => T | Promise<T>,
  options: AtomicOptions = {},
): Promise<T> {
  begin(database);
  try {
    const result = await work();
    database.exec(options.rollback === true ? "ROLLBACK" : "COMMIT");
    return result;
  } catch (error) {
    rollBackQuietly(database);
    throw error;
  }
}

/**
 * As `atomic`, inside a transaction that is open already: what the work wrote is kept for the time being, or taken back alone.
 * @throws whatever the work threw, when nothing of it is left; `TransactionLost` when SQLite has taken back the whole transaction
 */
export async function withSavepoint<T>(database: Database, work: () => Promise<T>): Promise<T> {
  database.exec("SAVEPOINT part");
  try {
    const result = await work();
    database.exec("RELEASE part");
    return result;
  } catch (error) {
    rollBackPart(database, error);
    throw error;
  }
}

/** What is thrown when SQLite has ended a transaction by itself, as it may when the disk is full. */
export class TransactionLost extends Error {}

function rollBackPart(database: Database, cause: unknown): void {
  try {
    database.exec("ROLLBACK TO part; RELEASE part");
  } catch {
    throw new TransactionLost("the transaction is over, and all of its work with it", { cause });
  }
}

/** As `atomic`, for work that never waits. */
export function atomicNow<T>(database: Database, work: () => T): T {
  begin(database);
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBackQuietly(database);
    throw error;
  }
}
