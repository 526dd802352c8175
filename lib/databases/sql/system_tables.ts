/** The tables that every database has, whatever its model. */
import { feedTables } from "./feed_tables.ts";
import { SPELLING_TABLES, spellingTableStatements } from "./spelling_tables.ts";

/** Columns of `change` that databases of older versions lack; so they come last. */
const LATER_CHANGE_COLUMNS = [
  "deleted INTEGER /* objects; null: not counted */",
  "undoes INTEGER /* the run that it takes back */",
  "pruned INTEGER NOT NULL DEFAULT 0 /* 1: its entries were removed */",
];
/** Those that came with the memory of feeds. */
const FEED_CHANGE_COLUMNS = [
  "feed INTEGER /* of csvrecon_feed: a file of it was loaded */",
  "gone INTEGER /* objects that the file lacked; null: nobody looked */",
];
const UNDOES_INDEX = "CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL";

/** The statements that bring `change` of an older database up to date. */
export function laterChangeStatements(): readonly string[] {
  return [...LATER_CHANGE_COLUMNS.map((column) => `ALTER TABLE change ADD COLUMN ${column}`), UNDOES_INDEX];
}

/** The same for databases that know no feeds. */
export function feedStatements(): readonly string[] {
  return [...FEED_CHANGE_COLUMNS.map((column) => `ALTER TABLE change ADD COLUMN ${column}`), ...feedTables().values()];
}

/** Columns of the table of runs, in every change log. */
export const RUN_DEFINITIONS = `comment TEXT NOT NULL,
  origin TEXT NOT NULL, -- the program that wrote
  input_name TEXT,
  input_size INTEGER, -- bytes
  input_sha256 TEXT, -- hexadecimal
  parameters TEXT NOT NULL, -- JSON object, secrets left out
  created INTEGER NOT NULL DEFAULT 0, -- rows
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  in_error INTEGER NOT NULL DEFAULT 0`;

/** The model as text, the change log, and failed logins. */
const SYSTEM_TABLES: ReadonlyMap<string, string> = new Map([
  [
    "csvrecon_model",
    `CREATE TABLE csvrecon_model (
  name TEXT NOT NULL,
  text TEXT NOT NULL, -- the model file
  created TEXT NOT NULL -- UTC
)`,
  ],
  [
    "change",
    `CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  date TEXT NOT NULL, -- when the run began, UTC
  user_id INTEGER, -- of the class of users
  user TEXT NOT NULL, -- the user's name
  ${RUN_DEFINITIONS},
  ${[...LATER_CHANGE_COLUMNS, ...FEED_CHANGE_COLUMNS].join(",\n  ")}
)`,
  ],
  [
    "change_op",
    `CREATE TABLE change_op (
  id INTEGER PRIMARY KEY,
  change INTEGER NOT NULL REFERENCES change (id),
  class TEXT NOT NULL, -- the object's own class
  object_id INTEGER NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete')),
  attribute TEXT, -- none for a creation
  old_value TEXT,
  new_value TEXT
)`,
  ],
  [
    "login_failure",
    `CREATE TABLE login_failure (
  login TEXT PRIMARY KEY, -- in lower case
  failures INTEGER NOT NULL, -- in a row
  blocked_until INTEGER NOT NULL, -- milliseconds since 1970, UTC
  written INTEGER NOT NULL -- milliseconds since 1970, UTC
)`,
  ],
  [
    "address_failure",
    `CREATE TABLE address_failure (
  address TEXT PRIMARY KEY, -- IPv4 address, or IPv6 network of 64 bits
  failures INTEGER NOT NULL, -- failed logins over HTTP
  blocked_until INTEGER NOT NULL, -- milliseconds since 1970, UTC
  written INTEGER NOT NULL -- milliseconds since 1970, UTC
)`,
  ],
  [
    "known_client",
    `CREATE TABLE known_client (
  client TEXT PRIMARY KEY, -- a login, and an address from which it was good over HTTP, with a tab between them
  failures INTEGER NOT NULL, -- in a row since
  blocked_until INTEGER NOT NULL, -- milliseconds since 1970, UTC
  written INTEGER NOT NULL -- milliseconds since 1970, UTC
)`,
  ],
]);

/** Names in lower case that no root class may have. */
export const reservedTableNames: ReadonlySet<string> = new Set([
  ...SYSTEM_TABLES.keys(),
  ...SPELLING_TABLES,
  ...feedTables().keys(),
]);

/** The beginning, in lower case, of names that belong to SQLite. */
export const RESERVED_TABLE_PREFIX = "sqlite_";

/** The statement that makes one of the tables: databases made before it was thought of lack it. */
export function systemTableStatement(name: "address_failure" | "known_client"): string {
  return SYSTEM_TABLES.get(name) ?? "";
}

/** The statements that make the tables and their indexes. */
export function systemTableStatements(): readonly string[] {
  return [
    ...SYSTEM_TABLES.values(),
    "CREATE INDEX change_op_of_change ON change_op (change)",
    UNDOES_INDEX,
    "CREATE INDEX change_op_of_object ON change_op (class, object_id)",
    ...spellingTableStatements(),
    ...feedTables().values(),
  ];
}
