/** Removing old entries from the change log. */
import { Breath } from "../../breath.ts";
import type { ChangeFacts } from "../../store/changes.ts";
import type { PrunedLog } from "../../store/logged_runs.ts";
import type { Database } from "./connection.ts";
import { insertChange } from "./sqlite_change_log.ts";

/** So many entries are removed with one statement: signals are heard in between. */
const REMOVED_TOGETHER = 10_000;

/** @see StoreTransaction.prune */
export async function pruneLog(database: Database, before: Date, facts: ChangeFacts): Promise<PrunedLog> {
  const breath = new Breath(database.interruption);
  const runs = database.prepare(
    "SELECT id FROM change WHERE date < ? AND EXISTS (SELECT 1 FROM change_op WHERE change_op.change = change.id)",
  ).all(before.toISOString()).map((row) => Number(row["id"]));
  let entries = 0;
  for (const run of runs) entries += await removeEntries(database, run, breath);
  if (runs.length === 0) return { id: null, runs: 0, entries };
  database.prepare("UPDATE change SET pruned = 1 WHERE id IN (SELECT value FROM json_each(?))").run(
    JSON.stringify(runs),
  );
  // They cannot be taken back any more; what feeds have stays.
  database.prepare("DELETE FROM csvrecon_feed_change WHERE change IN (SELECT id FROM change WHERE date < ?)").run(
    before.toISOString(),
  );
  const id = insertChange(database, facts);
  database.prepare("UPDATE change SET deleted = 0 WHERE id = ?").run(id);
  return { id, runs: runs.length, entries };
}

async function removeEntries(database: Database, run: number, breath: Breath): Promise<number> {
  const remove = database.prepare(
    "DELETE FROM change_op WHERE id IN (SELECT id FROM change_op WHERE change = ? LIMIT ?)",
  );
  for (let entries = 0;;) {
    const removed = remove.run(run, REMOVED_TOGETHER);
    entries += removed;
    if (removed < REMOVED_TOGETHER) return entries;
    if (breath.isDue) await breath.take();
  }
}
