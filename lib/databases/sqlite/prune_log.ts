/** Removing old entries from the change log. */
import { Breath } from "../../breath.ts";
import type { ChangeFacts } from "../../store/changes.ts";
import type { PrunedLog } from "../../store/logged_runs.ts";
import type { Database } from "./connection.ts";
import { insertChange } from "./sqlite_change_log.ts";

/** So many entries are removed with one statement: signals are heard in between. */
const REMOVED_TOGETHER = 10_000;

/** Where a log is kept. */
export interface PrunedTables {
  /** Their names. */
  readonly change: string;
  readonly operations: string;
  /** SQL: an entry `o` is of a run `c`. */
  readonly isOfRun: string;
  readonly hasFeeds: boolean;
  /** @see insertChange */
  readonly insertChange: (database: Database, facts: ChangeFacts) => number;
}

const OURS: PrunedTables = {
  change: "change",
  operations: "change_op",
  isOfRun: "o.change = c.id",
  hasFeeds: true,
  insertChange,
};

/** @see StoreTransaction.prune */
export async function pruneLog(
  database: Database,
  before: Date,
  facts: ChangeFacts,
  tables: PrunedTables = OURS,
): Promise<PrunedLog> {
  const { change, operations, isOfRun, hasFeeds } = tables;
  const breath = new Breath(database.interruption);
  const runs = database.prepare(
    `SELECT id FROM ${change} AS c WHERE date < ? AND EXISTS (SELECT 1 FROM ${operations} AS o WHERE ${isOfRun})`,
  ).all(before.toISOString()).map((row) => Number(row["id"]));
  let entries = 0;
  for (const run of runs) entries += await removeEntries(database, tables, run, breath);
  if (runs.length === 0) return { id: null, runs: 0, entries };
  database.prepare(`UPDATE ${change} SET pruned = 1 WHERE id IN (SELECT value FROM json_each(?))`).run(
    JSON.stringify(runs),
  );
  // They cannot be taken back any more; what feeds have stays.
  if (hasFeeds) {
    database.prepare(
      `DELETE FROM csvrecon_feed_change WHERE change IN (SELECT id FROM ${change} WHERE date < ?)`,
    ).run(before.toISOString());
  }
  const id = tables.insertChange(database, facts);
  database.prepare(`UPDATE ${change} SET deleted = 0 WHERE id = ?`).run(id);
  return { id, runs: runs.length, entries };
}

async function removeEntries(
  database: Database,
  { change, operations, isOfRun }: PrunedTables,
  run: number,
  breath: Breath,
): Promise<number> {
  const remove = database.prepare(
    `DELETE FROM ${operations} WHERE id IN (SELECT o.id FROM ${change} AS c CROSS JOIN ${operations} AS o ` +
      `WHERE c.id = ? AND ${isOfRun} LIMIT ?)`,
  );
  for (let entries = 0;;) {
    const removed = remove.run(run, REMOVED_TOGETHER);
    entries += removed;
    if (removed < REMOVED_TOGETHER) return entries;
    if (breath.isDue) await breath.take();
  }
}
