/** A database as the log and the memory of feeds ask it: in the words of all, with question marks for parameters. */
import type { StoredValue } from "../../model/model.ts";
import { answered, type Later, type Steps } from "../shared/steps.ts";

/** Values by the names of the columns. */
export type AskedRow = Readonly<Record<string, StoredValue>>;

export interface AskedDatabase {
  readonly words: AskedWords;
  readonly interruption: AbortSignal | undefined;
  /** The rows of a query. */
  all(sql: string, ...parameters: readonly StoredValue[]): Later<readonly AskedRow[]>;
  /** Executes a statement that gives no rows. @returns how many rows it has written */
  run(sql: string, ...parameters: readonly StoredValue[]): Later<number>;
  /** Inserts a row into a table whose rows have numbers that are never used twice. @returns its number */
  insert(table: "csvrecon_feed", values: AskedRow): Later<number>;
}

/** What databases say otherwise. Lists are parameters that are JSON arrays. */
export interface AskedWords {
  /** Behind a column: it is in a list. */
  readonly among: string;
  /** A list as a table of this name, with the column `value`. */
  list(name: string): string;
  /** All values of an expression as a JSON array, as text. */
  arrayOf(expression: string): string;
  /** The same of JSON arrays. */
  arrayOfArrays(arrays: string): string;
  /** The function that makes a JSON array. */
  readonly makeArray: string;
  /** A text ends otherwise than a parameter, which it takes twice. */
  endsOtherwise(text: string): string;
  /** Both are the same, or neither is there. */
  same(one: string, other: string): string;
  /**
   * Of entries `o` that meet a condition the first of each object and attribute. @param columns of `o`, by name, `id` first
   * @param from SQL behind FROM and WHERE
   */
  first(columns: readonly string[], from: string): string;
}

/** The first row of a query, if there is one. */
export function* firstRow(
  database: AskedDatabase,
  sql: string,
  ...parameters: readonly StoredValue[]
): Steps<AskedRow | undefined> {
  return (yield* answered(database.all(sql, ...parameters)))[0];
}
