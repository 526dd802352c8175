/** Giving feeds the memory back that they had before a run. */
import { answered, type Later, type Steps } from "../shared/steps.ts";
import { type AskedDatabase, firstRow } from "./asked_database.ts";

export interface TakenBack {
  /** Objects of which something else is remembered now. */
  readonly count: number;
  /** The feed of the run, by its id; null: it had none. */
  readonly feed: number | null;
}

/** @see StoreRun.takeBackFeeds @param log of the run that takes back @param change the table that has the runs */
export function* takeBackFeeds(
  database: AskedDatabase,
  log: { begin(): Later<number> },
  run: number,
  change = "change",
): Steps<TakenBack> {
  const { same } = database.words;
  const feed = (yield* firstRow(database, `SELECT feed FROM ${change} WHERE id = ?`, run))?.["feed"] ?? null;
  const hasChanges = yield* firstRow(
    database,
    "SELECT 1 AS one FROM csvrecon_feed_change WHERE change = ? LIMIT 1",
    run,
  );
  if (feed === null && hasChanges === undefined) return { count: 0, feed: null };
  yield* forgetFiles(database, feed, run);
  const own = yield* answered(log.begin());
  const swapped = yield* answered(database.run(
    `INSERT INTO csvrecon_feed_change (${CHANGE_COLUMNS}) SELECT ?, c.feed, c.object_id, c.new_added, c.new_missed_since, ` +
      "c.new_mark, c.old_added, c.old_missed_since, c.old_mark FROM csvrecon_feed_change AS c LEFT JOIN csvrecon_feed_object AS o " +
      `ON o.feed = c.feed AND o.object_id = c.object_id WHERE c.change = ? AND ${same("o.added", "c.new_added")} AND ` +
      `${same("o.missed_since", "c.new_missed_since")} AND ${same("o.mark", "c.new_mark")}`,
    own,
    run,
  ));
  const added = yield* answered(database.run(
    `INSERT INTO csvrecon_feed_change (${CHANGE_COLUMNS}) SELECT ?, feed, object_id, added, missed_since, mark, NULL, NULL, NULL ` +
      "FROM csvrecon_feed_object WHERE feed = ? AND added = ? ON CONFLICT (change, feed, object_id) DO NOTHING",
    own,
    feed,
    run,
  ));
  yield* answered(database.run(
    "DELETE FROM csvrecon_feed_object WHERE (feed, object_id) IN " +
      "(SELECT feed, object_id FROM csvrecon_feed_change WHERE change = ?)",
    own,
  ));
  yield* answered(database.run(
    "INSERT INTO csvrecon_feed_object (feed, object_id, added, missed_since, mark) SELECT feed, object_id, new_added, " +
      "new_missed_since, new_mark FROM csvrecon_feed_change WHERE change = ? AND new_added IS NOT NULL",
    own,
  ));
  return { count: swapped + added, feed: feed === null ? null : Number(feed) };
}

const CHANGE_COLUMNS =
  "change, feed, object_id, old_added, old_missed_since, old_mark, new_added, new_missed_since, new_mark";

/** What is in the database is not what the file said any more. */
function* forgetFiles(database: AskedDatabase, feed: unknown, run: number): Steps<void> {
  yield* answered(database.run(
    "UPDATE csvrecon_feed SET loaded = NULL, loaded_sha256 = NULL, loaded_settings = NULL WHERE id = ? OR id IN " +
      "(SELECT feed FROM csvrecon_feed_change WHERE change = ?)",
    feed === null ? null : Number(feed),
    run,
  ));
}
