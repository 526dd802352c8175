/**
 * The tables of the change log of a database that we did not make. In a file beside the database they are called as in ours; inside the
 * database they have names of ours. They come without indexes of their own, so that nothing but tables is new in a database of others.
 */
import { quoteText } from "../../sql/sql_text.ts";
import type { Database } from "../../sqlite/connection.ts";

/** `CSVL` in ASCII: marks a file as a change log. */
export const LOG_APPLICATION_ID = 0x4353564c;

/** Raised whenever the tables change their meaning. */
export const LOG_VERSION = 1;

/** What becomes of a run. */
export const STATE = { writing: "writing", done: "done", takenBack: "taken_back" } as const;

export interface LogTables {
  readonly change: string;
  readonly operations: string;
  /** Of a run that is written: a log beside the database does not know yet whether the rows will be. */
  readonly stateOfNew: string;
}

export const TABLES_BESIDE: LogTables = { change: "change", operations: "change_op", stateOfNew: STATE.writing };

export const TABLES_INSIDE: LogTables = {
  change: "csvrecon_change",
  operations: "csvrecon_change_op",
  stateOfNew: STATE.done,
};

/** What is of the names of ours and is none of our tables, as its program calls it; null: nothing. `isThere`: the log is. */
export interface FoundTables {
  readonly isThere: boolean;
  readonly other: string | null;
}

/** Indexes and views have their names from where tables have theirs. */
const OF_NAMES = "SELECT name, type FROM sqlite_schema WHERE type <> 'trigger' " +
  "AND lower(name) IN (SELECT value FROM json_each(?))";

/** Looks whether the tables of a log are there, and whether something else is in their place. */
export function findLogTables(database: Database, tables: LogTables): FoundTables {
  const [log, feeds] = [columnsMadeBy(logTableStatements(tables)), columnsMadeBy(logFeedStatements())];
  const own = new Map([...log, ...feeds]);
  const found = new Map(
    database.prepare(OF_NAMES).all(JSON.stringify([...own.keys()])).map(({ name, type }) => [
      String(name).toLowerCase(),
      { name: String(name), isTable: type === "table" },
    ]),
  );
  for (const [name, { name: shown, isTable }] of found) {
    const columns = isTable ? columnsOf(database, shown) : new Set();
    if (!(own.get(name) ?? []).every((column) => columns.has(column))) return { isThere: false, other: shown };
  }
  for (const part of [log, feeds]) {
    const there = [...part.keys()].filter((name) => found.has(name));
    if (there.length < part.size && there[0] !== undefined) return { isThere: false, other: there[0] };
  }
  return { isThere: found.has(tables.operations), other: null };
}

function columnsOf(database: Database, table: string): ReadonlySet<string> {
  return new Set(database.prepare("SELECT name FROM pragma_table_info(?)").all(table).map(({ name }) => String(name)));
}

/** By the name of the table. */
function columnsMadeBy(statements: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(statements.map((statement) => {
    const [, table = ""] = /^CREATE TABLE (\w+)/.exec(statement) ?? [];
    return [table, [...statement.matchAll(/^ {2}([a-z_0-9]+) (?:INTEGER|TEXT)\b/gm)].map(([, column = ""]) => column)];
  }));
}

/** The statements that make the log. */
export function logTableStatements({ change, operations }: LogTables): readonly string[] {
  const states = Object.values(STATE).map(quoteText).join(", ");
  return [
    `CREATE TABLE ${change} (
  id INTEGER PRIMARY KEY,
  date TEXT NOT NULL, -- when the run began, UTC
  user_id INTEGER, -- none: the database has no users
  user TEXT,
  comment TEXT NOT NULL,
  origin TEXT NOT NULL, -- the program that wrote
  input_name TEXT,
  input_size INTEGER, -- bytes
  input_sha256 TEXT, -- hexadecimal
  parameters TEXT NOT NULL, -- JSON object, secrets left out
  created INTEGER NOT NULL DEFAULT 0, -- rows
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  in_error INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER,
  undoes INTEGER, -- the run that it takes back
  pruned INTEGER NOT NULL DEFAULT 0, -- 1: its entries were removed
  feed INTEGER, -- of csvrecon_feed: a file of it was loaded
  gone INTEGER, -- rows that the file lacked; none: nobody looked
  first_op INTEGER, -- its entries stand from here
  last_op INTEGER, -- up to here
  state TEXT NOT NULL CHECK (state IN (${states}))
)`,
    `CREATE TABLE ${operations} (
  id INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  class TEXT NOT NULL, -- the table
  object_key TEXT NOT NULL, -- JSON list of the key's values; without a key of all values before
  operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete')),
  attribute TEXT, -- the column; none for a creation
  old_value TEXT, -- JSON; bytes as {"hex": "00ff"}
  new_value TEXT,
  made TEXT, -- of a creation: JSON object of what the row was made with, by attribute
  UNIQUE (class, object_key, id)
)`,
  ];
}

/** They are made when a run first has a feed. */
export function hasFeeds(database: Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'csvrecon_feed'").get() !==
    undefined;
}

/** The statements that make what remembers feeds: objects are known by the keys that entries of the log have. */
export function logFeedStatements(): readonly string[] {
  return [
    `CREATE TABLE csvrecon_feed (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL, -- as it was given first
  form TEXT NOT NULL, -- what the source is known by
  class TEXT NOT NULL, -- into which its files are loaded
  loaded TEXT, -- UTC: when the last file was loaded, if that was whole
  loaded_sha256 TEXT, -- of that file, hexadecimal
  loaded_settings TEXT, -- what it was loaded with
  UNIQUE (form, class)
)`,
    `CREATE TABLE csvrecon_feed_object (
  feed INTEGER NOT NULL,
  object_id TEXT NOT NULL, -- JSON list of the key's values
  added INTEGER NOT NULL, -- the run that brought or met it first
  missed_since TEXT, -- UTC: the day of the first file that lacked it; none: the last file had it
  mark TEXT CHECK (mark IN ('report', 'update')), -- what was done about it since
  PRIMARY KEY (feed, object_id)
) WITHOUT ROWID`,
    `CREATE TABLE csvrecon_feed_change (
  change INTEGER NOT NULL, -- the run
  feed INTEGER NOT NULL,
  object_id TEXT NOT NULL,
  old_added INTEGER, -- none: the feed did not know it; what a run has added is told by csvrecon_feed_object alone
  old_missed_since TEXT,
  old_mark TEXT,
  new_added INTEGER, -- none: the feed does not know it any more
  new_missed_since TEXT,
  new_mark TEXT,
  PRIMARY KEY (change, feed, object_id)
) WITHOUT ROWID`,
  ];
}
