/** Many rows with few statements: a call costs more than a row. */
import type { StoredValue } from "../../model/model.ts";
import type { Database } from "./connection.ts";
import { placeholders } from "../sql/sql_text.ts";
import type { Raw } from "./raw_value.ts";

/** More rows in one statement are hardly faster. A power of two. */
const MOST_ROWS = 512;
/** Every SQLite since 3.32 allows four times as many (https://sqlite.org/limits.html#max_variable_number). */
const MOST_PARAMETERS = 8192;

/** How the rows of one table are written. */
export interface RowInsertion {
  /** `INSERT INTO … (…) VALUES`, without any row. */
  readonly into: string;
  /** Parameters of a row. */
  readonly width: number;
  /** The text of a row, with a question mark for each parameter; placeholders alone, when left out. */
  readonly row?: string;
}

/** Inserts rows. @param values of one row after the other @returns how many were written: a trigger may leave some out */
export type InsertRows<Value = StoredValue> = (values: readonly Value[]) => number;

/** Prepares a statement that inserts rows. */
type Prepare<Value> = (sql: string) => { run(...parameters: readonly Value[]): number };

/**
 * Inserts as many rows at a time as there is a statement for: for 512 rows, 256 and so on down to one, so that any number of them takes
 * few calls, and few statements have to be prepared.
 */
export function rowInserter(database: Database, insertion: RowInsertion): InsertRows {
  return inserterOf<StoredValue>((sql) => database.prepare(sql), insertion);
}

/** The same for values as SQLite has them. */
export function rawRowInserter(database: Database, insertion: RowInsertion): InsertRows<Raw> {
  return inserterOf<Raw>((sql) => database.prepareRaw(sql), insertion);
}

function inserterOf<Value>(
  prepare: Prepare<Value>,
  { into, width, row = placeholders(width) }: RowInsertion,
): InsertRows<Value> {
  const statements = new Map<number, ReturnType<Prepare<Value>>>();
  const statementFor = (count: number): ReturnType<Prepare<Value>> => {
    const known = statements.get(count);
    if (known !== undefined) return known;
    const made = prepare(`${into} ${Array(count).fill(row).join(", ")}`);
    statements.set(count, made);
    return made;
  };
  let most = MOST_ROWS;
  while (most > 1 && most * width > MOST_PARAMETERS) most /= 2;

  return (values) => {
    let count = most;
    let written = 0;
    for (let start = 0; start < values.length; start += count * width) {
      while (count * width > values.length - start) count /= 2;
      const end = start + count * width;
      // Nearly always all of them: a copy takes time.
      const some = start === 0 && end === values.length ? values : values.slice(start, end);
      written += statementFor(count).run(...some);
    }
    return written;
  };
}
