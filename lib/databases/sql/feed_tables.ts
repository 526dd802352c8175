/** The tables that remember what feeds have brought or met: see `store/feeds.ts`. */

const TABLES: ReadonlyMap<string, string> = new Map([
  [
    "csvrecon_feed",
    `CREATE TABLE csvrecon_feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL, -- as it was given first
  form TEXT NOT NULL, -- what the source is known by
  class TEXT NOT NULL, -- into which its files are loaded
  loaded TEXT, -- UTC: when the last file was loaded, if that was whole
  loaded_sha256 TEXT, -- of that file, hexadecimal
  loaded_settings TEXT, -- what it was loaded with
  UNIQUE (form, class)
)`,
  ],
  [
    "csvrecon_feed_object",
    `CREATE TABLE csvrecon_feed_object (
  feed INTEGER NOT NULL REFERENCES csvrecon_feed (id),
  object_id INTEGER NOT NULL, -- of the feed's class, or of another one of its root class
  added INTEGER NOT NULL, -- the run that brought or met it first, of change
  missed_since TEXT, -- UTC: the day of the first file that lacked it; none: the last file had it
  mark TEXT CHECK (mark IN ('report', 'update')), -- what was done about it since
  PRIMARY KEY (feed, object_id)
) WITHOUT ROWID`,
  ],
  [
    "csvrecon_feed_change",
    `CREATE TABLE csvrecon_feed_change (
  change INTEGER NOT NULL REFERENCES change (id), -- the run
  feed INTEGER NOT NULL,
  object_id INTEGER NOT NULL,
  old_added INTEGER, -- none: the feed did not know it; what a run has added is told by csvrecon_feed_object alone
  old_missed_since TEXT,
  old_mark TEXT,
  new_added INTEGER, -- none: the feed does not know it any more
  new_missed_since TEXT,
  new_mark TEXT,
  PRIMARY KEY (change, feed, object_id)
) WITHOUT ROWID`,
  ],
]);

/** Their names, in lower case. */
export const FEED_TABLES: readonly string[] = [...TABLES.keys()];

/** The statements that make them. */
export function feedTableStatements(): readonly string[] {
  return [...TABLES.values()];
}
