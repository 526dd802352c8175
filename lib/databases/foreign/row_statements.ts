/** The kinds of statements by which rows of a table are written, as SQLite is asked about them before they are. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import { placeholders, quoteName, quoteNames } from "../sql/sql_text.ts";
import { tableName } from "./foreign_table.ts";

export function insertOf(table: DerivedTable): string {
  const names = writtenColumns(table).map(({ name }) => name);
  return `INSERT INTO ${tableName(table)} (${quoteNames(names)}) VALUES ${placeholders(names.length)}`;
}

/** Of those of the columns that may change; null: none of them does. */
export function updateOf(table: DerivedTable, isSet: (column: DerivedColumn) => boolean): string | null {
  const changed = writtenColumns(table).filter((column) =>
    table.key?.columns.includes(column) !== true && isSet(column)
  );
  const update = changed.map(({ name }) => `${quoteName(name)} = ?`).join(", ");
  return update === "" ? null : `UPDATE ${tableName(table)} SET ${update} WHERE ${whereOf(table)}`;
}

export function deleteOf(table: DerivedTable): string {
  return `DELETE FROM ${tableName(table)} WHERE ${whereOf(table)}`;
}

/** The key too, where it is no attribute. */
function writtenColumns({ key, columns }: DerivedTable): readonly DerivedColumn[] {
  return [...new Set([...key?.columns ?? [], ...columns.values()])].filter(({ isGenerated }) => !isGenerated);
}

function whereOf({ rowid, key }: DerivedTable): string {
  if (rowid !== null) return `${rowid} = ?`;
  return (key?.columns ?? []).map(({ name }) => `${quoteName(name)} = ?`).join(" AND ");
}
