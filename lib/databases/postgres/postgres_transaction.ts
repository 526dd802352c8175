/** All or nothing. One transaction writes at a time: it holds the rows of `csvrecon_ids`, and keeps all other writers from our tables. */
import { EXIT, RunStop } from "../../errors.ts";
import { pause } from "../../interruption.ts";
import { serverStop } from "../../messages/server_connection.ts";
import { TransactionLost } from "../../store/store.ts";
import { isTimeToRepeat, TransactionConflict } from "../../store/transaction_conflict.ts";
import { quoteName, quoteNames } from "../sql/sql_text.ts";
import { commit, type OpenBeside } from "./commits.ts";
import { ConnectionLost } from "./connection_stops.ts";
import { ID_TABLE, NOT_OBJECTS } from "./id_table.ts";
import { rulesOfTables } from "./others_rules.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { NOTE_CHANGES, SEARCH_INDEX } from "./run_rights.ts";
import { lockTimeout } from "./session_settings.ts";

export interface AtomicOptions {
  /** Do all the work, give its result, and then take everything back. */
  readonly rollback: boolean;
  /** For who must ask whether a COMMIT was done. */
  readonly openBeside: OpenBeside;
}

/** Does the work in one transaction. @throws as `Store.transaction` */
export async function atomic<T>(
  database: PostgresDatabase,
  work: () => Promise<T>,
  { rollback, openBeside }: AtomicOptions,
): Promise<T> {
  await begin(database, beginning(database));
  try {
    await lock(database);
    database.rulesOfTables = await rulesOfTables(database);
    await readRights(database);
    const result = await work();
    await lastLook(database);
    if (rollback || !database.hasWritten) await end(database, rollback ? "ROLLBACK" : "COMMIT");
    else {
      await commit(database, openBeside);
      database.isInTransaction = false;
    }
    return result;
  } catch (error) {
    await rollBackQuietly(database);
    throw error;
  }
}

/** Does work that only reads, and sees the database as it was when it first read. */
export async function atOneMoment<T>(database: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  await begin(database, "BEGIN ISOLATION LEVEL REPEATABLE READ");
  try {
    const result = await work();
    await end(database, "COMMIT");
    return result;
  } catch (error) {
    await rollBackQuietly(database);
    throw error;
  }
}

/**
 * The same for who closes the connection then, which takes back whatever is left: nobody waits for a server that is gone once the work is
 * done.
 */
export async function readAtOneMoment<T>(database: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  await begin(database, "BEGIN ISOLATION LEVEL REPEATABLE READ");
  return await work();
}

/**
 * As `atomic`, inside a transaction that is open already: what the work wrote is kept for the time being, or taken back alone.
 * @throws whatever the work threw, when nothing of it is left; `TransactionLost` when the whole transaction is gone
 */
export async function withSavepoint<T>(database: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  await database.execute("SAVEPOINT part");
  try {
    const result = await work();
    await database.execute("RELEASE part");
    return result;
  } catch (error) {
    await rollBackPart(database, error);
    throw error;
  }
}

async function rollBackPart(database: PostgresDatabase, cause: unknown): Promise<void> {
  await database.idle();
  try {
    await database.execute("ROLLBACK TO part; RELEASE part");
    database.forgetFailure();
  } catch {
    // Whoever wrote may know already, and why.
    if (cause instanceof TransactionLost) throw cause;
    throw new TransactionLost("the transaction is over, and all of its work with it", { cause });
  }
}

/** Seconds. */
const SHORT_WAIT = 2;

/**
 * As `atomic`, for little work that nobody is to wait for: it is left when another writer holds the database.
 * @returns whether it was done
 */
export async function atomicIfFree(database: PostgresDatabase, work: () => Promise<void>): Promise<boolean> {
  const facts = { mayConflict: database.isPortable, interruption: database.interruption };
  for (let attempt = 1;; attempt++) {
    try {
      return await onceIfFree(database, work);
    } catch (error) {
      if (!await isTimeToRepeat(facts, error, attempt)) throw error;
    }
  }
}

async function onceIfFree(database: PostgresDatabase, work: () => Promise<void>): Promise<boolean> {
  await begin(database, beginning(database));
  try {
    const seconds = Math.min(SHORT_WAIT, database.busyTimeoutSeconds);
    if (seconds > 0) await database.execute(`SET LOCAL lock_timeout = ${lockTimeout(seconds)}`);
    if (!await isFree(database)) {
      await rollBackQuietly(database);
      return false;
    }
    await work();
    await end(database, "COMMIT");
    return true;
  } catch (error) {
    await rollBackQuietly(database);
    throw error;
  }
}

async function isFree(database: PostgresDatabase): Promise<boolean> {
  try {
    await lockIds(database);
    return true;
  } catch (error) {
    if (isLocked(error)) return false;
    throw error;
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof RunStop && error.exitCode === EXIT.databaseLocked && !(error instanceof ConnectionLost) &&
    !(error instanceof TransactionConflict);
}

/** Who has waited for the lock is to see what the other one has written. Other servers know nothing of that, and begin as they are told to. */
function beginning({ isPortable }: PostgresDatabase): string {
  return isPortable ? "BEGIN" : "BEGIN ISOLATION LEVEL READ COMMITTED";
}

async function begin(database: PostgresDatabase, sql: string): Promise<void> {
  if (database.isInTransaction) throw new Error("a transaction is open already");
  database.forgetFailure();
  await database.execute(sql);
  database.isInTransaction = true;
  database.hasWritten = false;
}

async function end(database: PostgresDatabase, sql: string): Promise<void> {
  await database.execute(sql);
  database.isInTransaction = false;
}

/** @throws RunStop 75 when another writer holds the database longer than the busy timeout */
async function lock(database: PostgresDatabase): Promise<void> {
  const names = (await lockIds(database)).filter((name) => !NOT_OBJECTS.includes(name));
  // Not every server has locks of tables.
  if (names.length === 0 || database.isPortable) return;
  // The server's own looking after tables is in the way, too, and gives up when somebody has waited for a second.
  const seconds = Math.max(LEAST_WAIT, database.busyTimeoutSeconds);
  try {
    await database.execute(
      `SET LOCAL lock_timeout = ${lockTimeout(seconds)}; LOCK TABLE ${
        quoteNames(names)
      } IN SHARE ROW EXCLUSIVE MODE; ` +
        `SET LOCAL lock_timeout = ${lockTimeout(database.busyTimeoutSeconds)}`,
    );
  } catch (error) {
    if (!isLocked(error)) throw error;
    const message = serverStop(database.connection.address, { kind: "locked", seconds });
    throw new RunStop(EXIT.databaseLocked, [message], { cause: error });
  }
}

/** Seconds that other programs are waited for. */
const LEAST_WAIT = 5;

/** @returns the names of the tables that have ids */
async function lockIds(database: PostgresDatabase): Promise<readonly string[]> {
  const rows = await database.rows(`SELECT name FROM ${ID_TABLE} ORDER BY name FOR UPDATE`);
  return rows.map(([name]) => String(name));
}

/** Most servers commit before they change a schema: with those a run makes nothing. */
async function readRights(database: PostgresDatabase): Promise<void> {
  const row = await database.row(
    `SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = '${ID_TABLE}'::regclass`,
  );
  database.isOwner = row?.[0] === true;
  database.schemaChanges = database.isPortable
    ? null
    : database.isOwner
    ? "as_owner"
    : await mayCallFunctions(database)
    ? "by_functions"
    : null;
}

async function mayCallFunctions(database: PostgresDatabase): Promise<boolean> {
  const rows = await database.rows(
    "SELECT bool_and(has_function_privilege(oid, 'EXECUTE')) FROM pg_proc " +
      "WHERE pronamespace = $1::regnamespace AND proname = ANY($2::text[])",
    quoteName(database.schema),
    [SEARCH_INDEX, NOTE_CHANGES],
  );
  return rows[0]?.[0] === true;
}

/** Hears a signal that came while the program was busy, before it is too late. @throws the reason of the interruption */
async function lastLook({ interruption }: PostgresDatabase): Promise<void> {
  if (interruption === undefined) return;
  await pause(0, interruption);
  interruption.throwIfAborted();
}

/** Takes everything back; the error that led here matters, not this one. */
async function rollBackQuietly(database: PostgresDatabase): Promise<void> {
  await database.idle();
  try {
    await database.execute("ROLLBACK");
  } catch {
    // The first error is on its way to the caller; a connection that is gone has taken it back.
  } finally {
    database.isInTransaction = false;
    // What comes next, as the login of the next import, has nothing to do with it.
    database.forgetFailure();
  }
}
