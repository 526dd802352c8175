/** Rows by many keys at a time: a call costs more than a row. Values are bound as they are: JSON would lose digits, and knows no bytes. */
import type { Database, RawStatement } from "../sqlite/connection.ts";
import { placeholders } from "../sql/sql_text.ts";
import type { Raw } from "../sqlite/raw_value.ts";

/** More keys in one statement are hardly faster. A power of two. */
const MOST_KEYS = 256;
/** Every SQLite since 3.32 allows four times as many (https://sqlite.org/limits.html#max_variable_number). */
const MOST_PARAMETERS = 4096;

/** The keys of a statement, as SQL: a table of them that is the first of its FROM. */
export interface AskedKeys {
  readonly table: string;
  /** The place of a key among those that were asked. */
  readonly place: string;
  readonly values: readonly string[];
}

export interface KeyRow {
  readonly place: number;
  readonly row: Readonly<Record<string, Raw>>;
}

export interface KeyRows {
  /**
   * @param keys each with a value for each condition; rows come in the order of their keys
   * @param most so many rows; -1: all
   */
  find(keys: readonly (readonly Raw[])[], most: number): readonly KeyRow[];
}

/** @param width values of a key @param sqlOf a SELECT without LIMIT whose rows have the key's place as `place` */
export function keyRows(database: Database, width: number, sqlOf: (keys: AskedKeys) => string): KeyRows {
  const statements = new Map<number, RawStatement>();
  const statementFor = (count: number): RawStatement => {
    const known = statements.get(count);
    if (known !== undefined) return known;
    const made = database.prepareRaw(`${withKeys(width, count)} ${sqlOf(askedKeys(width))} LIMIT ?`);
    statements.set(count, made);
    return made;
  };
  let largest = MOST_KEYS;
  while (largest > 1 && largest * width > MOST_PARAMETERS) largest /= 2;

  return {
    find(keys, most) {
      const found: KeyRow[] = [];
      let count = largest;
      for (let start = 0; start < keys.length; start += count) {
        while (count > keys.length - start) count /= 2;
        const left = most < 0 ? -1 : most - found.length;
        if (left === 0) break;
        const values = count === 1 ? keys[start] ?? [] : keys.slice(start, start + count).flat();
        for (const row of statementFor(count).all(...values, BigInt(left))) {
          found.push({ place: start + Number(row["place"]), row });
        }
      }
      return found;
    },
  };
}

const KEYS = "k";

function askedKeys(width: number): AskedKeys {
  return {
    table: KEYS,
    place: `${KEYS}.i`,
    values: Array.from({ length: width }, (_, index) => `${KEYS}.v${index}`),
  };
}

/** `WITH k(i, v0) AS (VALUES (0, ?), (1, ?))` */
function withKeys(width: number, count: number): string {
  const columns = ["i", ...Array.from({ length: width }, (_, index) => `v${index}`)];
  const row = placeholders(width + 1);
  const rows = Array.from({ length: count }, (_, place) => row.replace("?", String(place)));
  return `WITH ${KEYS}(${columns.join(", ")}) AS (VALUES ${rows.join(", ")})`;
}
