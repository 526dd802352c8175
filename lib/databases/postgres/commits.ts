/**
 * Which transactions were committed lately. The answer to a COMMIT may be lost with the connection; whether it was done then is looked up by
 * a connection of its own.
 */
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import { asWhole, pause } from "../../interruption.ts";
import { commitUnknown } from "../../messages/postgres.ts";
import { ConnectionLost } from "./connection_stops.ts";
import { ID_TABLE } from "./id_table.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

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

/** Opens another connection to the same database. @param interruption ends what waits there; undefined: nothing does */
export type OpenBeside = (interruption: AbortSignal | undefined) => Promise<PostgresDatabase>;

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
    if (!(error instanceof ConnectionLost)) throw error;
    const isThere = await lookUp(database, search);
    if (!isThere) throw error;
  }
}

/** @returns whether it was committed */
async function lookUp({ name }: PostgresDatabase, search: CommitSearch): Promise<boolean> {
  const end = performance.now() + LONGEST_LOOK;
  for (;;) {
    try {
      // Whoever was interrupted is to hear what was done, too.
      return await lookOnce(await search.openBeside(undefined), search);
    } catch (error) {
      // Whatever it is, it says nothing of what was committed.
      if (!mayPass(error) || performance.now() > end) {
        throw new RunStop(EXIT.databaseLocked, [search.unknown(name)], { cause: error });
      }
      await pause(BETWEEN_LOOKS, undefined);
    }
  }
}

/** The server may be about to come back, or another one to take its place, or somebody else writes by now. */
function mayPass(error: unknown): boolean {
  const passing: readonly RunStop["exitCode"][] = [EXIT.databaseLocked, EXIT.databaseNotWritable];
  return error instanceof RunStop && passing.includes(error.exitCode);
}

async function lookOnce(database: PostgresDatabase, { isThere }: CommitSearch): Promise<boolean> {
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
