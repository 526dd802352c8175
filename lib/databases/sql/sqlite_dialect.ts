/** How SQLite is spoken to. */
import type { Dialect } from "./dialect.ts";
import { quoteName } from "./sql_text.ts";

export const SQLITE_DIALECT: Dialect = {
  fixed: (number, decimals) => `printf('%.${decimals}f', ${number})`,
  piece: (value) => value,
  is: (value, constant) => `${value} IS ${constant}`,
  folded: (text) => `${text} COLLATE NOCASE`,
  exact: (text) => `${text} COLLATE BINARY`,
  ascending: (value) => value,
  unindexed: (value) => `+${value}`,
  jsonText: (text) => `json_quote(${text})`,
  storedDecimal: (column, decimals) =>
    `CASE WHEN typeof(${column}) IN ('integer', 'real') THEN printf('%.${decimals}f', ${column}) ` +
    `ELSE CAST(${column} AS TEXT) END`,
  visibleOrganizations: 'temp."visible_organization"',
  schema: {
    integer: "INTEGER",
    text: "TEXT",
    number: "NUMERIC",
    refersAhead: true,
    ignoresCase: " COLLATE NOCASE",
    countedId: "INTEGER PRIMARY KEY AUTOINCREMENT",
    reusedId: "INTEGER PRIMARY KEY",
    userColumn: "user",
    byKeyAlone: " WITHOUT ROWID",
    keyOfLongText: null,
    indexName: (name) => name,
    indexed: ({ name }) => quoteName(name),
  },
};
