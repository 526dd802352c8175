/** All or nothing. */
import { EXIT, RunStop } from "../../errors.ts";
import { pause } from "../../interruption.ts";
import { databaseGone } from "../../messages/database.ts";
import { TransactionLost } from "../../store/store.ts";
import type { Database } from "./connection.ts";

export interface AtomicOptions {
  /** True: do all the work, give its result, and then take everything back. */
  readonly rollback?: boolean;
  /** Commits, or throws; left out: at once. */
  readonly commit?: () => Promise<void>;
}

const BEGIN = "BEGIN IMMEDIATE";

/** Milliseconds. SQLite keeps it in 32 bits. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** How long SQLite waits by itself when it meets a lock of another connection; the program stands still meanwhile. */
export function setBusyTimeout(database: Database, seconds: number): void {
  database.exec(`PRAGMA busy_timeout = ${Math.min(Math.round(seconds * 1000), LONGEST_TIMEOUT)}`);
}

/** Does what must not stand still for long, whatever the connection's own timeout. */
function withBusyTimeout<T>(database: Database, seconds: number, act: () => T): T {
  setBusyTimeout(database, seconds);
  try {
    return act();
  } finally {
    setBusyTimeout(database, database.busyTimeoutSeconds);
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof RunStop && error.exitCode === EXIT.databaseLocked;
}

/** Milliseconds between two looks whether another writer is done: more from one to the next, up to this. */
const LONGEST_PAUSE = 50;

/**
 * Executes a statement as soon as no lock of others forbids it. It can be interrupted meanwhile: SQLite's own waiting cannot.
 * @throws RunStop 75 when that takes longer than the busy timeout; the reason of the interruption
 */
export async function whenFree(database: Database, sql: string): Promise<void> {
  const deadline = performance.now() + database.busyTimeoutSeconds * 1000;
  for (let wait = 1;; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    try {
      withBusyTimeout(database, 0, () => database.exec(sql));
      return;
    } catch (error) {
      const left = deadline - performance.now();
      if (!isLocked(error) || left <= 0) throw error;
      await pause(Math.min(wait, left), database.interruption);
    }
  }
}

/** Hears a signal that came while the program was busy, before it is too late. @throws the reason of the interruption */
async function lastLook({ interruption }: Database): Promise<void> {
  if (interruption === undefined) return;
  await pause(0, interruption);
  interruption.throwIfAborted();
}

/**
 * Looks on both sides of the commit: SQLite itself notices nothing when its file was deleted.
 * @throws RunStop 78
 */
function commitInPlace(database: Database): void {
  requireInPlace(database);
  database.exec("COMMIT");
  requireInPlace(database);
}

/** @throws RunStop 78 when the file was deleted or replaced */
export function requireInPlace(database: Database): void {
  if (!database.isInPlace) throw new RunStop(EXIT.databaseNotUsable, [databaseGone(database.path)]);
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
  await whenFree(database, BEGIN);
  try {
    const result = await work();
    await lastLook(database);
    if (options.rollback === true) database.exec("ROLLBACK");
    else if (options.commit !== undefined) await options.commit();
    else commitInPlace(database);
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

function rollBackPart(database: Database, cause: unknown): void {
  try {
    database.exec("ROLLBACK TO part; RELEASE part");
  } catch {
    // Whoever wrote may know already, and why.
    if (cause instanceof TransactionLost) throw cause;
    throw new TransactionLost("the transaction is over, and all of its work with it", { cause });
  }
}

/** Does work that only reads, and sees the database as it was when it first read. In WAL mode no writer waits for it, nor it for one. */
export async function atOneMoment<T>(database: Database, work: () => Promise<T>): Promise<T> {
  database.exec("BEGIN");
  try {
    const result = await work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBackQuietly(database);
    throw error;
  }
}

/** Seconds. */
const SHORT_WAIT = 2;

/**
 * As `atomic`, for little work that nobody is to wait for: it is left when another writer holds the database.
 * @returns whether it was done
 */
export function atomicIfFree(database: Database, work: () => void): boolean {
  const seconds = Math.min(SHORT_WAIT, database.busyTimeoutSeconds);
  try {
    withBusyTimeout(database, seconds, () => atomicNow(database, work));
    return true;
  } catch (error) {
    if (isLocked(error)) return false;
    throw error;
  }
}

/** As `atomic`, for work that never waits. @throws RunStop 75 when another writer holds the database longer than SQLite waits */
export function atomicNow<T>(database: Database, work: () => T): T {
  database.exec(BEGIN);
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBackQuietly(database);
    throw error;
  }
}
