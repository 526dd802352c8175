/** A table of a database that we did not make, as SQL: names of TEMP never hide those of the database. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import { quoteName } from "../sql/sql_text.ts";

/** Under which a table stands in the statements. */
export const ROW = "t";

export function tableName({ name }: DerivedTable): string {
  return `main.${quoteName(name)}`;
}

/** @param of the name under which the table stands */
export function columnOf(column: DerivedColumn, of = ROW): string {
  return `${of}.${quoteName(column.name)}`;
}

/** Null: the table has none. */
export function rowidOf({ rowid }: DerivedTable, of = ROW): string | null {
  return rowid === null ? null : `${of}.${rowid}`;
}
