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
