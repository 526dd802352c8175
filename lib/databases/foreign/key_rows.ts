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

export interface KeyRow<T> {
  readonly place: number;
  readonly row: T;
}

/** A row of a result as it comes. */
export type RawRow = Readonly<Record<string, Raw>>;

/** How the rows of keys are asked for. */
export interface KeyQuestion<T> {
  /** Values of a key. */
  readonly width: number;
  /** A statement. @param limit `LIMIT …`, or nothing */
  readonly sqlOf: (keys: AskedKeys, limit: string) => string;
  readonly rowsIn: (result: readonly RawRow[]) => readonly T[];
  readonly placeOf: (row: T) => number;
}

export interface KeyRows<T = RawRow> {
  /** All rows of some keys, each with a value for each condition; in the order of the keys. */
  all(keys: readonly (readonly Raw[])[]): readonly KeyRow<T>[];
  /** The same; null: there are more than so many. */
  upTo(keys: readonly (readonly Raw[])[], most: number): readonly KeyRow<T>[] | null;
  /** The first rows of one key. */
  first(key: readonly Raw[], most: number): readonly KeyRow<T>[];
  /** The same, but of keys that find many some are left out: a key that finds thousands would fill the memory. */
  some(keys: readonly (readonly Raw[])[]): SomeRows<T>;
}

export interface SomeRows<T> {
  readonly rows: readonly KeyRow<T>[];
  /** The places of the keys that may have lost rows. */
  readonly cut: readonly number[];
}

/** Two for each key tell one from several. */
const ROWS_OF_KEY = 2;

/** @param width values of a key @param sqlOf a SELECT without LIMIT whose rows have the key's place as `place` */
export function keyRows(database: Database, width: number, sqlOf: (keys: AskedKeys) => string): KeyRows {
  return askedRows(database, {
    width,
    sqlOf: (keys, limit) => sqlOf(keys) + limit,
    rowsIn: (result) => result,
    placeOf: (row) => Number(row["place"]),
  });
}

export function askedRows<T>(database: Database, { width, sqlOf, rowsIn, placeOf }: KeyQuestion<T>): KeyRows<T> {
  const statements = new Map<number | string, RawStatement>();
  // A limit that is bound takes as long as the search itself.
  const statementFor = (count: number, limit: number | null): RawStatement => {
    const name = limit === null ? count : `${count}:${limit}`;
    const known = statements.get(name);
    if (known !== undefined) return known;
    const most = limit === null ? "" : ` LIMIT ${limit}`;
    const made = database.prepareRaw(`${withKeys(width, count)} ${sqlOf(askedKeys(width), most)}`);
    statements.set(name, made);
    return made;
  };
  const ask = (values: readonly Raw[], count: number, limit: number | null): readonly T[] =>
    rowsIn(statementFor(count, limit).all(...values));
  let largest = MOST_KEYS;
  while (largest > 1 && largest * width > MOST_PARAMETERS) largest /= 2;

  return {
    all: (keys) =>
      [...chunks(keys, largest)].flatMap(({ start, count, values }) =>
        ask(values, count, null).map((row) => ({ place: start + placeOf(row), row }))
      ),
    upTo(keys, most) {
      const rows: KeyRow<T>[] = [];
      for (const { start, count, values } of chunks(keys, largest)) {
        for (const row of ask(values, count, most + 1)) rows.push({ place: start + placeOf(row), row });
        if (rows.length > most) return null;
      }
      return rows;
    },
    first: (key, most) => ask(key, 1, most).map((row) => ({ place: 0, row })),
    some(keys) {
      const rows: KeyRow<T>[] = [];
      const cut: number[] = [];
      for (const { start, count, values } of chunks(keys, largest)) {
        const limit = count * ROWS_OF_KEY;
        const found = ask(values, count, limit);
        for (const row of found) rows.push({ place: start + placeOf(row), row });
        if (found.length < limit || count === 1) continue;
        for (let place = rows.at(-1)?.place ?? 0; place < start + count; place++) cut.push(place);
      }
      return { rows, cut };
    },
  };
}

interface Chunk {
  readonly start: number;
  readonly count: number;
  readonly values: readonly Raw[];
}

/** As many keys at a time as there is a statement for: 256, 128 and so on down to one. */
function* chunks(keys: readonly (readonly Raw[])[], largest: number): Generator<Chunk, void> {
  let count = largest;
  for (let start = 0; start < keys.length; start += count) {
    while (count > keys.length - start) count /= 2;
    yield { start, count, values: valuesOf(keys, start, count) };
  }
}

function valuesOf(keys: readonly (readonly Raw[])[], start: number, count: number): readonly Raw[] {
  if (count === 1) return keys[start] ?? [];
  const values: Raw[] = [];
  for (let place = start; place < start + count; place++) for (const value of keys[place] ?? []) values.push(value);
  return values;
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
