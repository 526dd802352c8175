/** The rows of a table in the order of its keys, some at a time: as JSON where JSON can tell their values, else as SQL. */
import type { StoredValue } from "../../model/model.ts";
import { placeholders, quoteName, quoteNames, quoteText } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";

/** A table and what of it is stored. */
export interface CopiedTable {
  readonly name: string;
  /** All that is stored of a row, its rowid too where that is no column. */
  readonly columns: readonly CopiedColumn[];
  /** What tells rows apart and puts them in an order: the rowid, or the primary key. */
  readonly key: readonly string[];
}

export interface CopiedColumn {
  readonly name: string;
  /** A number is stored as a number, however it is handed over. */
  readonly isNumeric: boolean;
}

/** Rows of a table. */
export interface SomeRows {
  /** An array of arrays. */
  readonly json: string;
  /** `(1, 'a'), (2, x'00')`; null: none of them. */
  readonly literals: string | null;
}

/** Rows that are read at once, when they are short. */
const ROWS_TOGETHER = 512;
/** In bytes. */
const MOST_BYTES = 1024 * 1024;
/** Functions of SQL take a thousand arguments, and expressions are not deeper. */
export const MOST_ARGUMENTS = 900;

/** @param areLiteral every row is told as SQL */
export function* rowsOf(database: Database, table: CopiedTable, areLiteral: boolean): Generator<SomeRows, void> {
  const rows = rowsTogether(database, table);
  let last: readonly StoredValue[] | null = null;
  while (true) {
    const group = groupStatement(table, areLiteral, last !== null, rows);
    const { count, json, literals } = database.prepare(group).get(...last ?? []) ?? {};
    if (Number(count) > 0) yield { json: String(json ?? "[]"), literals: literals === null ? null : String(literals) };
    if (Number(count) < rows) return;
    last = keyAfter(database, table, last, rows);
  }
}

/** As many as surely fit into the memory. */
function rowsTogether(database: Database, { name, columns }: CopiedTable): number {
  const bytes = sumOf(columns.map((column) => `COALESCE(octet_length(${quoteName(column.name)}), 0)`));
  const most = Number(database.prepare(`SELECT max(${bytes}) AS most FROM ${quoteName(name)}`).get()?.["most"] ?? 0);
  return Math.max(1, Math.min(ROWS_TOGETHER, Math.floor(MOST_BYTES / Math.max(1, most))));
}

/** The key of the row that is so many rows behind another one. @param last null: before the first one */
function keyAfter(
  database: Database,
  { name, key }: CopiedTable,
  last: readonly StoredValue[] | null,
  rows: number,
): readonly StoredValue[] {
  const found = database.prepare(
    `SELECT ${key.map((column, index) => `${quoteName(column)} AS k${index}`).join(", ")} FROM ${quoteName(name)} ` +
      `${behind(key, last !== null)} LIMIT 1 OFFSET ${rows - 1}`,
  ).get(...last ?? []);
  return key.map((_, index) => found?.[`k${index}`] ?? null);
}

function behind(key: readonly string[], hasLast: boolean): string {
  const keys = quoteNames(key);
  const where = hasLast ? `WHERE (${keys}) > ${placeholders(key.length)} ` : "";
  return `${where}ORDER BY ${keys}`;
}

function groupStatement(table: CopiedTable, areLiteral: boolean, hasLast: boolean, rows: number): string {
  const { name, columns, key } = table;
  const values = columns.map((column, index) => `${quoteName(column.name)} AS c${index}`);
  const odd = areLiteral ? "1" : ofMany("max", "0", columns.map(isOdd));
  const names = columns.map((_, index) => `c${index}`);
  const json = areLiteral ? "NULL" : `json_group_array(json_array(${names.join(", ")})) FILTER (WHERE NOT odd)`;
  return `SELECT COUNT(*) AS count, ${json} AS json, ` +
    `group_concat('(' || ${joined(",", names.map(literal))} || ')', ', ') FILTER (WHERE odd) AS literals ` +
    `FROM (SELECT ${values.join(", ")}, ${odd} AS odd FROM ${quoteName(name)} ${behind(key, hasLast)} LIMIT ${rows})`;
}

/** Whether a value does not come through as JSON. */
function isOdd({ name, isNumeric }: CopiedColumn): string {
  const value = quoteName(name);
  const largest = Number.MAX_SAFE_INTEGER;
  // JSON gets fifteen digits.
  const real = isNumeric ? `${value} <> CAST(printf('%!.15g', ${value}) AS REAL) OR abs(${value}) > 1e300` : "1";
  return `CASE typeof(${value}) WHEN 'text' THEN 0 WHEN 'null' THEN 0 WHEN 'real' THEN ${real} ` +
    `WHEN 'integer' THEN ${value} NOT BETWEEN -${largest} AND ${largest} ELSE 1 END`;
}

/** SQL that makes SQL of a value. Text may hold NUL, at which quote() ends. */
function literal(value: string): string {
  return `CASE typeof(${value}) WHEN 'text' THEN 'CAST(X''' || hex(${value}) || ''' AS TEXT)' ELSE quote(${value}) END`;
}

export function joined(separator: string, parts: readonly string[]): string {
  return ofMany("concat_ws", quoteText(separator), parts);
}

/** A sum of many must not be a deep expression. */
function sumOf(parts: readonly string[]): string {
  if (parts.length < 3) return parts.join(" + ");
  const half = parts.length >> 1;
  return `(${sumOf(parts.slice(0, half))}) + (${sumOf(parts.slice(half))})`;
}

/** A function of any number of expressions, as it is of some of them and what it is of the others. @param first its first argument */
function ofMany(name: string, first: string, parts: readonly string[]): string {
  if (parts.length <= MOST_ARGUMENTS) return `${name}(${[first, ...parts].join(", ")})`;
  const rest = ofMany(name, first, parts.slice(MOST_ARGUMENTS));
  return ofMany(name, first, [ofMany(name, first, parts.slice(0, MOST_ARGUMENTS)), rest]);
}
