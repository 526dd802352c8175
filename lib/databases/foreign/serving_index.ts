/** Which index of the database serves a search, and whether it is worth it. */
import { foldName } from "../../model/derive/ascii_names.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { Database } from "../sqlite/connection.ts";
import { columnOf, ROW, tableName } from "./foreign_table.ts";

/** The columns by which rows are found; SQLite is kept from looking for others first. */
export type ServedColumns = ReadonlySet<DerivedColumn>;

interface Candidate {
  /** Those of the search by which the index begins. */
  readonly columns: readonly DerivedColumn[];
  /** At most one row is found. */
  readonly isUnique: boolean;
}

/** A key finds no more rows than so many, or the index is worth little. */
const MOST_ROWS_OF_KEY = 50;

/** @param columns that have a value each @param count how many rows the table has; asked when it matters */
export function servingIndex(
  database: Database,
  table: DerivedTable,
  columns: readonly DerivedColumn[],
  count: () => number,
): ServedColumns | null {
  const candidates = candidatesOf(table, columns);
  const unique = candidates.find(({ isUnique }) => isUnique);
  if (unique !== undefined) return new Set(unique.columns);
  const best = candidates.filter((one) => tellsEnough(database, table, one, count));
  const [first] = best.sort((a, b) => telling(b) - telling(a) || b.columns.length - a.columns.length);
  return first === undefined ? null : new Set(first.columns);
}

function candidatesOf(table: DerivedTable, columns: readonly DerivedColumn[]): readonly Candidate[] {
  const byName = new Map(columns.map((column) => [foldName(column.name), column]));
  const found: Candidate[] = [];
  const { key } = table;
  const [rowid] = key?.isRowid === true ? key.columns : [];
  const own = rowid === undefined ? undefined : byName.get(foldName(rowid.name));
  if (own !== undefined) found.push({ columns: [own], isUnique: true });
  for (const { columns: indexed, isUnique, isPartial } of table.facts.indexes) {
    if (isPartial) continue;
    const begin: DerivedColumn[] = [];
    for (const { name, collation } of indexed) {
      const column = name === null ? undefined : byName.get(foldName(name));
      if (column === undefined || collation.toUpperCase() !== column.collation.toUpperCase()) break;
      begin.push(column);
    }
    if (begin.length > 0) found.push({ columns: begin, isUnique: isUnique && begin.length === indexed.length });
  }
  return found;
}

/** Has many different values: the others have few. */
function telling({ columns }: Candidate): number {
  return columns.filter(({ form: { kind } }) => kind !== "boolean" && kind !== "enum" && kind !== "reference").length;
}

/** Below, whatever there is will do. */
const FEW_ROWS = 1000;

function tellsEnough(database: Database, table: DerivedTable, { columns }: Candidate, count: () => number): boolean {
  const rows = count();
  if (rows <= FEW_ROWS) return true;
  const enough = Math.ceil(rows / MOST_ROWS_OF_KEY);
  // In the order of the index: no more of it is read than needed.
  const names = columns.map((column) => columnOf(column));
  const row = database.prepare(
    `SELECT COUNT(*) AS count FROM (SELECT DISTINCT ${names.join(", ")} FROM ${tableName(table)} AS ${ROW} LIMIT ?)`,
  ).get(enough);
  return Number(row?.["count"]) >= enough;
}
