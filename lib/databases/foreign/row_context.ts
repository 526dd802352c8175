/** What rows of a database that we did not make are written with. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { AttributeCode } from "../../model/model.ts";
import type { AlteredRows } from "./altered_rows.ts";
import type { DefaultValues } from "./default_values.ts";
import type { ForeignContext } from "./foreign_context.ts";
import type { NewIds } from "./new_ids.ts";

export interface RowContext extends ForeignContext {
  readonly ids: NewIds;
  readonly defaults: DefaultValues;
  readonly altered: AlteredRows;
  /** Whether the database checks foreign keys, and so does what they say when rows are deleted. */
  readonly foreignKeys: boolean;
}

export function columnOfAttribute(table: DerivedTable, attribute: AttributeCode): DerivedColumn {
  const column = table.columns.get(attribute) ?? table.key?.columns.find((one) => one.attribute === attribute);
  if (column === undefined) throw new Error(`${table.name} has no column for ${attribute}`);
  return column;
}

/** Those whose values rows are made of again: nobody writes what the database computes. In the order of the table. */
export function writtenNames({ facts }: DerivedTable): readonly string[] {
  return facts.columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name);
}

/** The attribute that a column is; null: it is the id. @param name of the column */
export function attributeOf(table: DerivedTable, name: string): AttributeCode | null {
  for (const [code, column] of table.columns) if (column.name === name) return code;
  return null;
}
