/** Removing old entries from the change log. */
import { Breath } from "../../breath.ts";
import type { PrunedLog } from "../../store/logged_runs.ts";
import type { Later } from "../shared/steps.ts";
import type { AskedDatabase } from "./asked_database.ts";

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
}

/** Those of our databases. */
export const OWN_LOG: PrunedTables = {
  change: "change",
  operations: "change_op",
  isOfRun: "o.change = c.id",
  hasFeeds: true,
};

/** @see StoreTransaction.prune @param insertChange makes the removal a run of the log */
export async function pruneLog(
  database: AskedDatabase,
  before: Date,
  tables: PrunedTables,
  insertChange: () => Later<number>,
): Promise<PrunedLog> {
  const { change, operations, isOfRun, hasFeeds } = tables;
  const breath = new Breath(database.interruption);
  const old = await database.all(
    `SELECT id FROM ${change} AS c WHERE date < ? AND EXISTS (SELECT 1 FROM ${operations} AS o WHERE ${isOfRun})`,
    before.toISOString(),
  );
  const runs = old.map((row) => Number(row["id"]));
  let entries = 0;
  for (const run of runs) entries += await removeEntries(database, tables, run, breath);
  if (runs.length === 0) return { id: null, runs: 0, entries };
  await database.run(`UPDATE ${change} SET pruned = 1 WHERE id ${database.words.among}`, JSON.stringify(runs));
  // They cannot be taken back any more; what feeds have stays.
  if (hasFeeds) {
    await database.run(
      `DELETE FROM csvrecon_feed_change WHERE change IN (SELECT id FROM ${change} WHERE date < ?)`,
      before.toISOString(),
    );
  }
  const id = await insertChange();
  await database.run(`UPDATE ${change} SET deleted = 0 WHERE id = ?`, id);
  return { id, runs: runs.length, entries };
}

async function removeEntries(
  database: AskedDatabase,
  { change, operations, isOfRun }: PrunedTables,
  run: number,
  breath: Breath,
): Promise<number> {
  const remove =
    `DELETE FROM ${operations} WHERE id IN (SELECT o.id FROM ${change} AS c CROSS JOIN ${operations} AS o ` +
    `WHERE c.id = ? AND ${isOfRun} LIMIT ?)`;
  for (let entries = 0;;) {
    const removed = await database.run(remove, run, REMOVED_TOGETHER);
    entries += removed;
    if (removed < REMOVED_TOGETHER) return entries;
    if (breath.isDue) await breath.take();
  }
}
