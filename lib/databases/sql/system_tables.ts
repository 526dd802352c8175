/** The tables that every database has, whatever its model. */
import type { SchemaDialect } from "./dialect.ts";
import { feedTables } from "./feed_tables.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";
import { SPELLING_TABLES, spellingTableStatements } from "./spelling_tables.ts";

/** Columns of `change` that databases of older versions lack; so they come last. */
function laterChangeColumns({ integer }: SchemaDialect): readonly string[] {
  return [
    `deleted ${integer} /* objects; null: not counted */`,
    `undoes ${integer} /* the run that it takes back */`,
    `pruned ${integer} NOT NULL DEFAULT 0 /* 1: its entries were removed */`,
  ];
}

/** Those that came with the memory of feeds. */
function feedChangeColumns({ integer }: SchemaDialect): readonly string[] {
  return [
    `feed ${integer} /* of csvrecon_feed: a file of it was loaded */`,
    `gone ${integer} /* objects that the file lacked; null: nobody looked */`,
  ];
}

const UNDOES_INDEX = "CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL";

/** The statements that bring `change` of an older database up to date. */
export function laterChangeStatements(): readonly string[] {
  const columns = laterChangeColumns(SQLITE_DIALECT.schema);
  return [...columns.map((column) => `ALTER TABLE change ADD COLUMN ${column}`), UNDOES_INDEX];
}

/** The same for databases that know no feeds. */
export function feedStatements(): readonly string[] {
  const columns = feedChangeColumns(SQLITE_DIALECT.schema);
  return [...columns.map((column) => `ALTER TABLE change ADD COLUMN ${column}`), ...feedTables().values()];
}

/** Columns of the table of runs, in every change log. */
export function runDefinitions({ text, integer }: SchemaDialect = SQLITE_DIALECT.schema): string {
  return `comment ${text} NOT NULL,
  origin ${text} NOT NULL, -- the program that wrote
  input_name ${text},
  input_size ${integer}, -- bytes
  input_sha256 ${text}, -- hexadecimal
  parameters ${text} NOT NULL, -- JSON object, secrets left out
  created ${integer} NOT NULL DEFAULT 0, -- rows
  updated ${integer} NOT NULL DEFAULT 0,
  unchanged ${integer} NOT NULL DEFAULT 0,
  in_error ${integer} NOT NULL DEFAULT 0`;
}

/** The model as text, the change log, and failed logins. */
function systemTables(words: SchemaDialect): ReadonlyMap<string, string> {
  const { text, integer } = words;
  return new Map<string, string>([
    [
      MODEL_TABLE,
      `CREATE TABLE ${MODEL_TABLE} (
  name ${text} NOT NULL,
  text ${text} NOT NULL, -- the model file
  created ${text} NOT NULL -- UTC
)`,
    ],
    [
      "change",
      `CREATE TABLE change (
  id ${words.countedId},
  date ${text} NOT NULL, -- when the run began, UTC
  user_id ${integer}, -- of the class of users
  ${words.userColumn} ${text} NOT NULL, -- the user's name
  ${runDefinitions(words)},
  ${[...laterChangeColumns(words), ...feedChangeColumns(words)].join(",\n  ")}
)`,
    ],
    [
      "change_op",
      `CREATE TABLE change_op (
  id ${words.reusedId},
  change ${integer} NOT NULL REFERENCES change (id),
  class ${text} NOT NULL, -- the object's own class
  object_id ${integer} NOT NULL,
  operation ${text} NOT NULL CHECK (operation IN ('create', 'update', 'delete')),
  attribute ${text}, -- none for a creation
  old_value ${text},
  new_value ${text}
)`,
    ],
    ...failureTables(words),
  ]);
}

/** Those of failed logins. */
function failureTables({ text, integer }: SchemaDialect): readonly (readonly [string, string])[] {
  return [
    [
      "login_failure",
      `CREATE TABLE login_failure (
  login ${text} PRIMARY KEY, -- in lower case
  failures ${integer} NOT NULL, -- in a row
  blocked_until ${integer} NOT NULL, -- milliseconds since 1970, UTC
  written ${integer} NOT NULL -- milliseconds since 1970, UTC
)`,
    ],
    [
      "address_failure",
      `CREATE TABLE address_failure (
  address ${text} PRIMARY KEY, -- IPv4 address, or IPv6 network of 64 bits
  failures ${integer} NOT NULL, -- failed logins over HTTP
  blocked_until ${integer} NOT NULL, -- milliseconds since 1970, UTC
  written ${integer} NOT NULL -- milliseconds since 1970, UTC
)`,
    ],
    [
      "known_client",
      `CREATE TABLE known_client (
  client ${text} PRIMARY KEY, -- a login, and an address from which it was good over HTTP, with a tab between them
  failures ${integer} NOT NULL, -- in a row since
  blocked_until ${integer} NOT NULL, -- milliseconds since 1970, UTC
  written ${integer} NOT NULL -- milliseconds since 1970, UTC
)`,
    ],
  ];
}

/** The table of the model. */
export const MODEL_TABLE = "csvrecon_model";

/** The tables whose rows are kept when a database is copied, beside those of the model. Each refers to none behind it. */
export const KEPT_TABLES: readonly string[] = [
  ...[...systemTables(SQLITE_DIALECT.schema).keys()].filter((name) => name !== MODEL_TABLE),
  ...feedTables().keys(),
];

/** Names in lower case that no root class may have. */
export const reservedTableNames: ReadonlySet<string> = new Set([
  ...systemTables(SQLITE_DIALECT.schema).keys(),
  ...SPELLING_TABLES,
  ...feedTables().keys(),
]);

/** The beginning, in lower case, of names that belong to SQLite. */
export const RESERVED_TABLE_PREFIX = "sqlite_";

/** The statement that makes one of the tables: databases made before it was thought of lack it. */
export function systemTableStatement(name: "address_failure" | "known_client"): string {
  return systemTables(SQLITE_DIALECT.schema).get(name) ?? "";
}

/** The statements that make the tables and their indexes. */
export function systemTableStatements(words: SchemaDialect = SQLITE_DIALECT.schema): readonly string[] {
  return [
    ...systemTables(words).values(),
    "CREATE INDEX change_op_of_change ON change_op (change)",
    UNDOES_INDEX,
    "CREATE INDEX change_op_of_object ON change_op (class, object_id)",
    ...spellingTableStatements(words),
    ...feedTables(undefined, words).values(),
  ];
}
