/** How PostgreSQL is spoken to, 14 and later. Texts have the collation "C": `lower` then folds ASCII letters and no others. */
import type { Dialect } from "../sql/dialect.ts";
import { quoteName } from "../sql/sql_text.ts";
import { shortName } from "./short_names.ts";

/** So many characters of a long text are indexed: more may not fit into a page. */
export const INDEXED_CHARACTERS = 200;

/** For a key: a long text may not fit into a page. */
export function hashOf(text: string): string {
  return `md5(${text})`;
}

export const POSTGRES_DIALECT: Dialect = {
  fixed: (number, decimals) => `CAST(round(${number}, ${decimals}) AS text)`,
  piece: (value) => `CAST(${value} AS text)`,
  is: (value, constant) => `${value} IS NOT DISTINCT FROM ${constant}`,
  folded: (text) => `lower(${text})`,
  exact: (text) => `(${text}) COLLATE "C"`,
  ascending: (value) => `${value} NULLS FIRST`,
  unindexed: (value) => value,
  jsonText: (text) => `CAST(to_json(${text}) AS text)`,
  storedDecimal: (column, decimals) => `CAST(round(${column}, ${decimals}) AS text)`,
  visibleOrganizations: 'pg_temp."visible_organization"',
  schema: {
    integer: "bigint",
    text: 'text COLLATE "C"',
    number: "numeric",
    refersAhead: false,
    ignoresCase: "",
    countedId: "bigint PRIMARY KEY",
    reusedId: "bigint PRIMARY KEY",
    userColumn: '"user"',
    byKeyAlone: "",
    keyOfLongText: hashOf,
    indexName: shortName,
    indexed({ name, ignoresCase, isLong }, isUnique) {
      const text = ignoresCase ? `lower(${quoteName(name)})` : quoteName(name);
      if (!isLong) return text;
      return isUnique ? hashOf(text) : `"left"(${text}, ${INDEXED_CHARACTERS})`;
    },
  },
};
