/**
 * Which transactions were committed lately. The answer to a COMMIT may be lost with the connection; whether it was done then is looked up by
 * a connection of its own.
 */
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import { asWhole, interruptible, pause } from "../../interruption.ts";
import { commitUnknown } from "../../messages/postgres.ts";
import { TransactionConflict } from "../../store/transaction_conflict.ts";
import { ConnectionLost } from "./connection_stops.ts";
import { ID_TABLE } from "./id_table.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { PostgresError } from "./postgres_error.ts";

export const COMMIT_TABLE = "csvrecon_commit";

export const COMMIT_STATEMENT = `CREATE TABLE ${COMMIT_TABLE} (
  id text COLLATE "C" PRIMARY KEY, -- of a transaction, for its own program
  made timestamptz NOT NULL
)`;

/** After this nobody asks any more. */
const KEPT = "1 day";

/** Milliseconds in which the server must be back: whoever waits for the run is to hear of it within ten seconds. */
const LONGEST_LOOK = 8000;
const BETWEEN_LOOKS = 250;

/** Seconds in which who looks hears that the server is still at it. */
const LOCK_WAIT = 1;

/**
 * Opens another connection to the same database.
 * @param interruption ends what waits there; undefined: nothing does
 * @param busyTimeoutSeconds left out: that of the database
 */
export type OpenBeside = (
  interruption: AbortSignal | undefined,
  busyTimeoutSeconds?: number,
) => Promise<PostgresDatabase>;

/**
 * Ends a transaction that has written.
 * @throws ConnectionLost when it was not committed; RunStop 75 when nobody can be asked whether it was
 */
export async function commit(database: PostgresDatabase, openBeside: OpenBeside): Promise<void> {
  const id = crypto.randomUUID();
  await database.run(`DELETE FROM ${COMMIT_TABLE} WHERE made < now() - $1::interval`, KEPT);
  await database.run(`INSERT INTO ${COMMIT_TABLE} (id, made) VALUES ($1, now())`, id);
  await commitFound(database, {
    openBeside,
    isThere: async (beside) => await isCommitted(beside, id) || await isCommittedAfterAll(beside, id),
    unknown: commitUnknown,
  });
}

/** How a COMMIT is looked up. */
export interface CommitSearch {
  readonly openBeside: OpenBeside;
  /** Whether it is done, as seen by another connection; a server that is at it is waited for. */
  isThere(beside: PostgresDatabase): Promise<boolean>;
  /** Says that nobody can be asked. */
  unknown(name: string): StopMessage;
}

/** The same for who knows how to find what was committed. @throws as `commit` */
export function commitFound(database: PostgresDatabase, search: CommitSearch): Promise<void> {
  return asWhole(() => commitOrLookUp(database, search), database.interruption);
}

async function commitOrLookUp(database: PostgresDatabase, search: CommitSearch): Promise<void> {
  try {
    await database.execute("COMMIT");
  } catch (error) {
    if (!await mayBeDone(database, error)) throw error;
    const isThere = await lookUp(database, search);
    if (!isThere) throw error;
  }
}

/**
 * Whether a COMMIT may be done that has failed. A server that goes down, as without room for its log (PANIC), may say why with its last words,
 * which look like a refusal. The word for how bad it is comes in the language of the server; so it is asked whether it goes on.
 */
async function mayBeDone(database: PostgresDatabase, error: unknown): Promise<boolean> {
  if (error instanceof ConnectionLost) return true;
  if (error instanceof TransactionConflict || database.isOfEarlier(error)) return false;
  return await database.connection.execute("SELECT 1").then(() => false, (error) => error instanceof ConnectionLost);
}

/** @returns whether it was committed */
async function lookUp({ name, busyTimeoutSeconds }: PostgresDatabase, search: CommitSearch): Promise<boolean> {
  const begin = performance.now();
  const unknown = (cause?: unknown) => new RunStop(EXIT.databaseLocked, [search.unknown(name)], { cause });
  let end = begin + LONGEST_LOOK;
  for (;;) {
    try {
      return await lookOnce(search, end - performance.now(), unknown);
    } catch (error) {
      const now = performance.now();
      // It is there, and is waited for as other writers are.
      if (isAtIt(error)) end = Math.min(now + LONGEST_LOOK, begin + Math.max(LONGEST_LOOK, busyTimeoutSeconds * 1000));
      // Whatever it is, it says nothing of what was committed.
      if (!mayPass(error) || now + BETWEEN_LOOKS > end) throw unknown(error);
      await pause(BETWEEN_LOOKS, undefined);
    }
  }
}

/** Whether somebody still holds what every writer locks. */
function isAtIt(error: unknown): boolean {
  return error instanceof RunStop && error.cause instanceof PostgresError && error.cause.sqlstate === LOCKED;
}

const LOCKED = "55P03";

/** The server may be about to come back, or another one to take its place, or somebody else writes by now. */
function mayPass(error: unknown): boolean {
  const passing: readonly RunStop["exitCode"][] = [EXIT.databaseLocked, EXIT.databaseNotWritable];
  return error instanceof RunStop && passing.includes(error.exitCode);
}

/** Whoever was interrupted is to hear what was done, too: only the time ends it. @param within milliseconds */
async function lookOnce(search: CommitSearch, within: number, unknown: () => RunStop): Promise<boolean> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(unknown()), within);
  try {
    // A network that has stalled ends nothing by itself.
    return await interruptible(() => askBeside(search, silence.signal), silence.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function askBeside({ openBeside, isThere }: CommitSearch, silence: AbortSignal): Promise<boolean> {
  const database = await openBeside(silence, LOCK_WAIT);
  try {
    return await isThere(database);
  } finally {
    await database.close();
  }
}

async function isCommitted(database: PostgresDatabase, id: string): Promise<boolean> {
  return await database.row(`SELECT 1 FROM ${COMMIT_TABLE} WHERE id = $1`, id) !== undefined;
}

/** The server may be about to commit it: then it still has what every writer locks. */
async function isCommittedAfterAll(database: PostgresDatabase, id: string): Promise<boolean> {
  await database.execute("BEGIN");
  await database.rows(`SELECT name FROM ${ID_TABLE} ORDER BY name FOR UPDATE`);
  await database.execute("ROLLBACK");
  // A transaction may see what was there when it began.
  return await isCommitted(database, id);
}
