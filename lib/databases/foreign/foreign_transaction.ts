/** Transactions of a database that we did not make, each with that of its change log. */
import { EXIT, RunStop } from "../../errors.ts";
import { databaseBeingRead, indexesOfOthers, keysViolatedAtEnd } from "../../messages/foreign_store.ts";
import type { RunFacts, StoreRun, StoreTransaction, TransactionOptions } from "../../store/store.ts";
import type { Database } from "../sqlite/connection.ts";
import { atomic, requireInPlace, setBusyTimeout, whenFree, withSavepoint } from "../sqlite/transaction.ts";
import type { ForeignLog, ForeignLogs } from "./foreign_log.ts";
import { createForeignObjects } from "./foreign_objects.ts";
import type { ForeignSchema } from "./foreign_schema.ts";
import { MadeUpIds } from "./new_ids.ts";

export interface TransactionParts {
  readonly database: Database;
  readonly logs: ForeignLogs;
}

/** @see Store.transaction */
export async function foreignTransaction<T>(
  { database, logs }: TransactionParts,
  { rollback }: TransactionOptions,
  work: (log: ForeignLog) => Promise<T>,
): Promise<T> {
  let log: ForeignLog | null = null;
  let isCommitted = false;
  const commit = async (): Promise<void> => {
    requireInPlace(database);
    log?.beforeCommit();
    await commitWhenFree(database);
    isCommitted = true;
    tellCommitted(log);
    requireInPlace(database);
  };
  try {
    return await atomic(database, () => {
      // A page that is to go to the file early waits for nobody: it stays in memory while others read.
      setBusyTimeout(database, 0);
      log = logs.begin(rollback);
      return work(log);
    }, { rollback, commit });
  } finally {
    setBusyTimeout(database, database.busyTimeoutSeconds);
    if (!isCommitted) takenBack(log);
  }
}

function takenBack(log: ForeignLog | null): void {
  log?.takenBack();
}

/** What is written is written, whatever becomes of the log now: the next run finds out. */
function tellCommitted(log: ForeignLog | null): void {
  try {
    log?.committed();
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
  }
}

/**
 * Without a write-ahead log nobody may be reading when the file is written.
 * @throws RunStop 75 when somebody reads longer than the busy timeout; RunStop 73 when the database refuses all of it
 */
async function commitWhenFree(database: Database): Promise<void> {
  try {
    await whenFree(database, "COMMIT");
  } catch (error) {
    const { path, busyTimeoutSeconds } = database;
    if (error instanceof RunStop && error.exitCode === EXIT.databaseLocked) {
      throw new RunStop(EXIT.databaseLocked, [databaseBeingRead(path, busyTimeoutSeconds)], { cause: error });
    }
    if (error instanceof Error && error.message.startsWith("FOREIGN KEY constraint failed")) {
      throw new RunStop(EXIT.databaseNotWritable, [keysViolatedAtEnd(path)], { cause: error });
    }
    throw error;
  }
}

export interface OpenTransaction {
  readonly database: Database;
  readonly schema: ForeignSchema;
  readonly log: ForeignLog;
  readonly foreignKeys: boolean;
}

export function transactionOf(open: OpenTransaction): StoreTransaction {
  const { database, log } = open;
  const madeUp = new MadeUpIds();
  return {
    async backUp(path) {
      return await (await import("./foreign_backup.ts")).backUpForeign(database, path);
    },
    part: (work) => withSavepoint(database, () => log.part(work)),
    prune: (before, facts) => log.prune(before, facts),
    prepareSearches: () => Promise.reject(new RunStop(EXIT.usage, [indexesOfOthers(database.path)])),
    // deno-lint-ignore require-await -- what it throws must reject
    run: async (_, facts) => runOf(open, facts, madeUp),
  };
}

function runOf({ database, schema, log, foreignKeys }: OpenTransaction, facts: RunFacts, madeUp: MadeUpIds): StoreRun {
  const changes = log.openRun(facts);
  const objects = createForeignObjects(database, changes, { schema, foreignKeys, simulate: facts.simulate, madeUp });
  let ownFeed: number | null = null;
  return {
    objects,
    searchesWithoutIndex: [],
    // deno-lint-ignore require-await -- what it throws must reject
    async feed(name) {
      const { id, feed } = log.openFeed(changes, name, facts.date);
      ownFeed = id;
      return feed;
    },
    // deno-lint-ignore require-await -- what it throws must reject
    async takeBackFeeds(run) {
      const taken = log.takeBackFeeds(changes, run);
      ownFeed = taken.feed;
      return taken.count;
    },
    // deno-lint-ignore require-await -- what it throws must reject
    async finish(counts, input) {
      objects.finish();
      return changes.finish(counts, input, ownFeed);
    },
  };
}
