/** Arrays as PostgreSQL reads them: `pg` would make them, but takes several times as long. */
import type { PostgresValue } from "./postgres_connection.ts";

/** What a quoted element cannot hold as it is. */
const MARKED = /["\\]/;
const EVERY_MARKED = /["\\]/g;

/** An array of one dimension, to be cast to its type. */
export function arrayLiteral(values: readonly (string | number | null)[]): string {
  let literal = "{";
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? null;
    if (at > 0) literal += ",";
    if (typeof value === "string") literal += MARKED.test(value) ? quoted(value) : `"${value}"`;
    else literal += value ?? "NULL";
  }
  return `${literal}}`;
}

/** What `pg` is given for a value: only arrays are made here. */
export function sentValue(value: PostgresValue): string | number | boolean | null {
  return typeof value === "object" && value !== null ? arrayLiteral(value) : value;
}

function quoted(text: string): string {
  return `"${text.replace(EVERY_MARKED, "\\$&")}"`;
}
