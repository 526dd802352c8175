/** The memory of feeds, where ids need not outlive a run: rows are known by the keys that entries of the log have. */
import { EXIT, RunStop } from "../../../errors.ts";
import { feedWithoutKey } from "../../../messages/foreign_log.ts";
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { FeedName } from "../../../store/feeds.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { OpenFeed } from "../../logged/feed_objects.ts";
import type { ChangeLog } from "../../sqlite/sqlite_change_log.ts";
import { openFeedOf } from "../../logged/open_feed.ts";
import { askedDatabase } from "../../sqlite/asked_database.ts";
import { doneNow } from "../../shared/steps.ts";
import { idOfKey, keyOfId } from "./logged_keys.ts";

/** @throws RunStop 64 when nothing tells the rows of the class apart but where they are stored */
export function openForeignFeed(
  database: Database,
  { tables }: DerivedModel,
  log: ChangeLog,
  name: FeedName,
  now: Date,
): OpenFeed {
  const table = tables.get(name.class);
  if (table === undefined || table.key === null) throw new RunStop(EXIT.usage, [feedWithoutKey(name.class)]);
  const objects = {
    // A row with null in its key has none that outlives the run.
    keptOf: (ids: readonly ObjectId[]) => ids.flatMap((id) => keyOfId(table, id) ?? []),
    idOf: (kept: number | string) => idOfKey(table, String(kept)) ?? kept as ObjectId,
    areInOrder: false,
    tableOf: (code: string) => tables.has(code) ? code : null,
  };
  return doneNow(openFeedOf(askedDatabase(database), objects, log, name, now));
}
