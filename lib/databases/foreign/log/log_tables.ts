/**
 * The tables of the change log of a database that we did not make. In a file beside the database they are called as in ours; inside the
 * database they have names of ours. They come without indexes of their own, so that nothing but tables is new in a database of others.
 */
import { foldName } from "../../../model/derive/ascii_names.ts";
import { feedTables } from "../../sql/feed_tables.ts";
import { quoteText } from "../../sql/sql_text.ts";
import { runDefinitions } from "../../sql/system_tables.ts";
import type { Database } from "../../sqlite/connection.ts";

/** `CSVL` in ASCII: marks a file as a change log. */
export const LOG_APPLICATION_ID = 0x4353564c;

/** What the name of a log has behind that of its database. */
export const LOG_ENDING = ".csvrecon";

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
      foldName(String(name)),
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
  ${runDefinitions()},
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
  old_value TEXT, -- JSON; bytes as {"hex": "00ff"}, those of a text that is none as {"text_hex": "4dfc"}
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
    ...feedTables({ objectId: { type: "TEXT", says: " -- JSON list of the key's values" }, isLinked: false }).values(),
  ];
}
