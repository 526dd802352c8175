/** Many values at once: an array for each column, which `unnest` makes rows of. */
import { finalAttribute, isColumn } from "../../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../../model/model.ts";
import type { Column, Mapping } from "../../store/layout.ts";
import type { OwnColumn } from "../sql/own_layout.ts";

/** The type of a column, and of the values that it is compared with. */
export type ColumnType = "bigint" | "numeric" | "text";

/** What can be a value of an array. */
export type ArrayValue = string | number | null;

export function typeOfColumn(column: Column): ColumnType {
  switch ((column as OwnColumn).storage) {
    case "INTEGER":
      return "bigint";
    case "NUMERIC":
      return "numeric";
    default:
      return "text";
  }
}

/** The type of an attribute of a class, computed ones included. */
export function typeOfAttribute(
  { model, layout }: Mapping,
  modelClass: ModelClass,
  code: AttributeCode | "id",
): ColumnType {
  const { class: owner, attribute } = finalAttribute(model, modelClass, code);
  if (attribute === "id") return "bigint";
  return isColumn(attribute) ? typeOfColumn(layout.columnOf(owner.code, attribute.code)) : "text";
}

/** `unnest($1::bigint[], $2::text[])` */
export function unnest(types: readonly ColumnType[], first = 1): string {
  return `unnest(${types.map((type, index) => `$${first + index}::${type}[]`).join(", ")})`;
}

/** Columns of rows. */
export function columnsOf(rows: readonly (readonly StoredValue[])[], width: number): ArrayValue[][] {
  const columns: ArrayValue[][] = Array.from({ length: width }, () => new Array(rows.length));
  rows.forEach((row, at) => {
    for (let column = 0; column < width; column++) columns[column]![at] = row[column] ?? null;
  });
  return columns;
}
