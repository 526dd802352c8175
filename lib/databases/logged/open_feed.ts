/** Opening the memory of a feed, which begins when a run first names it. */
import { comparedForm } from "../../compared_text.ts";
import type { FeedName, LoadedFile } from "../../store/feeds.ts";
import type { Mapping } from "../../store/layout.ts";
import { answered, type Steps } from "../shared/steps.ts";
import { type AskedDatabase, firstRow } from "./asked_database.ts";
import { type FeedObjects, type OpenFeed, ownFeedObjects } from "./feed_objects.ts";
import { type FeedLog, KeptFeed } from "./kept_feed.ts";

/** @param log of the run that loads a file of the feed */
export function* openFeed(
  database: AskedDatabase,
  mapping: Mapping,
  log: FeedLog,
  name: FeedName,
  now: Date,
): Steps<OpenFeed> {
  return yield* openFeedOf(database, ownFeedObjects(mapping), log, name, now);
}

export function* openFeedOf(
  database: AskedDatabase,
  objects: FeedObjects,
  log: FeedLog,
  name: FeedName,
  now: Date,
): Steps<OpenFeed> {
  const form = comparedForm(name.source);
  const asked = "SELECT id FROM csvrecon_feed WHERE form = ? AND class = ?";
  const known = yield* firstRow(database, asked, form, name.class);
  const id = known?.["id"] ??
    (yield* answered(database.insert("csvrecon_feed", { source: name.source, form, class: name.class })));
  const last = yield* lastFile(database, Number(id));
  return { id: Number(id), feed: new KeptFeed(database, objects, log, { id: Number(id), now, last }) };
}

function* lastFile(database: AskedDatabase, feed: number): Steps<LoadedFile | null> {
  const asked = "SELECT loaded, loaded_sha256, loaded_settings FROM csvrecon_feed WHERE id = ?";
  const row = yield* firstRow(database, asked, feed);
  if (row === undefined || row["loaded"] === null) return null;
  return {
    date: new Date(String(row["loaded"])),
    sha256: String(row["loaded_sha256"]),
    settings: String(row["loaded_settings"]),
  };
}
