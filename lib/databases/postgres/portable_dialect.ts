/**
 * How servers are spoken to that only speak the protocol of PostgreSQL. Their `lower` may fold the letters of all alphabets, and none has a
 * collation of bytes by the same name: their texts are sorted by bytes as they are.
 */
import type { Dialect } from "../sql/dialect.ts";
import { quoteName } from "../sql/sql_text.ts";
import { hashOf, INDEXED_CHARACTERS, POSTGRES_DIALECT } from "./postgres_dialect.ts";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function folded(text: string): string {
  return `translate(${text}, '${UPPER}', '${UPPER.toLowerCase()}')`;
}

export const PORTABLE_DIALECT: Dialect = {
  ...POSTGRES_DIALECT,
  folded,
  exact: (text) => `(${text})`,
  schema: {
    ...POSTGRES_DIALECT.schema,
    text: "text",
    indexed({ name, ignoresCase, isLong }, isUnique) {
      const text = ignoresCase ? folded(quoteName(name)) : quoteName(name);
      if (!isLong) return text;
      return isUnique ? hashOf(text) : `"left"(${text}, ${INDEXED_CHARACTERS})`;
    },
  },
};

/** The same statement for a server that has no collation of bytes. */
export function withoutCollation(sql: string): string {
  return sql.replaceAll(' COLLATE "C"', "");
}
