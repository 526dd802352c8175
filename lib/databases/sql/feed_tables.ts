/** The tables that remember what feeds have brought or met: see `store/feeds.ts`. */

import type { SchemaDialect } from "./dialect.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

/** What the tables of our databases and those of other change logs differ in. */
export interface FeedTableForm {
  /** The type of what objects are known by, and a word on it. */
  readonly objectId: { readonly type: "INTEGER" | "TEXT"; readonly says: string };
  /** Whether keys hold the tables together, and no feed gets the number of one that is gone. */
  readonly isLinked: boolean;
}

const OURS: FeedTableForm = {
  objectId: { type: "INTEGER", says: " -- of the feed's class, or of another one of its root class" },
  isLinked: true,
};

/** The statements that make them, by the name of each, in lower case. */
export function feedTables(
  { objectId, isLinked }: FeedTableForm = OURS,
  words: SchemaDialect = SQLITE_DIALECT.schema,
): ReadonlyMap<string, string> {
  const { integer, text, byKeyAlone } = words;
  const { says } = objectId;
  const type = objectId.type === "INTEGER" ? integer : text;
  const to = (table: string) => isLinked ? ` REFERENCES ${table} (id)` : "";
  const added = isLinked ? "the run that brought or met it first, of change" : "the run that brought or met it first";
  return new Map([
    [
      "csvrecon_feed",
      `CREATE TABLE csvrecon_feed (
  id ${isLinked ? words.countedId : words.reusedId},
  source ${text} NOT NULL, -- as it was given first
  form ${text} NOT NULL, -- what the source is known by
  class ${text} NOT NULL, -- into which its files are loaded
  loaded ${text}, -- UTC: when the last file was loaded, if that was whole
  loaded_sha256 ${text}, -- of that file, hexadecimal
  loaded_settings ${text}, -- what it was loaded with
  UNIQUE (form, class)
)`,
    ],
    [
      "csvrecon_feed_object",
      `CREATE TABLE csvrecon_feed_object (
  feed ${integer} NOT NULL${to("csvrecon_feed")},
  object_id ${type} NOT NULL,${says}
  added ${integer} NOT NULL, -- ${added}
  missed_since ${text}, -- UTC: the day of the first file that lacked it; none: the last file had it
  mark ${text} CHECK (mark IN ('report', 'update')), -- what was done about it since
  PRIMARY KEY (feed, object_id)
)${byKeyAlone}`,
    ],
    [
      "csvrecon_feed_change",
      `CREATE TABLE csvrecon_feed_change (
  change ${integer} NOT NULL${to("change")}, -- the run
  feed ${integer} NOT NULL,
  object_id ${type} NOT NULL,
  old_added ${integer}, -- none: the feed did not know it; what a run has added is told by csvrecon_feed_object alone
  old_missed_since ${text},
  old_mark ${text},
  new_added ${integer}, -- none: the feed does not know it any more
  new_missed_since ${text},
  new_mark ${text},
  PRIMARY KEY (change, feed, object_id)
)${byKeyAlone}`,
    ],
  ]);
}
