/** Columns by which statements find rows, each row by itself and by an index. */
import type { DerivedKey, DerivedTable } from "../../model/derive/derived_model.ts";
import { quoteName } from "../sql/sql_text.ts";
import { jsonOf, type Raw } from "../sqlite/raw_value.ts";

export interface KeyColumn {
  readonly name: string;
  /** That of the index; null: that of the column. */
  readonly collation: string | null;
}

/** The columns of a key, each with the collation of the index that keeps it unique: by another one several rows may be found, and slowly. */
export function keyColumnsOf(table: DerivedTable, key: DerivedKey): readonly KeyColumn[] {
  if (key.isRowid) return key.columns.map(({ name }) => ({ name, collation: null }));
  const index = table.indexes.find((columns) => key.columns.every(({ name }, place) => columns[place]?.name === name));
  return key.columns.map(({ name, collation }, place) => ({ name, collation: index?.[place]?.collation ?? collation }));
}

/**
 * The columns by which a row that was read is found again, while nobody else writes: the rowid, or else the key.
 * @throws Error when the table has neither
 */
export function handleOf(table: DerivedTable): readonly KeyColumn[] {
  if (table.rowid !== null) return [{ name: table.rowid, collation: null }];
  if (table.key === null) throw new Error(`rows of ${table.name} cannot be found again`);
  return keyColumnsOf(table, table.key);
}

/** The condition that a column has a value, as SQL. @param prefix of the column's name */
export function hasValue({ name, collation }: KeyColumn, prefix: string, value: string): string {
  const column = prefix + quoteName(name);
  return `${collation === null ? column : `${column} COLLATE ${quoteName(collation)}`} = ${value}`;
}

/** What tells a row apart in the change log: a JSON list. */
export function keyText(values: readonly Raw[]): string {
  return `[${values.map(jsonOf).join(",")}]`;
}
