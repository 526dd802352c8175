/** What columns are to hold for the values of objects. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { StoredValue } from "../../model/model.ts";
import { idIn, type ObjectId } from "../../store/object_id.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { NothingWritten } from "../sqlite/sqlite_refusal.ts";
import type { ForeignContext } from "./foreign_context.ts";

/** @param old what the row holds by now, whose form is kept; null: nothing, or the row is new */
export type WriteValue = (value: StoredValue, old: Raw) => Raw;

/** @throws ValueNotTold, NothingWritten */
export function rawOf(context: ForeignContext, table: DerivedTable, column: DerivedColumn, value: StoredValue): Raw {
  return valueWriter(context, table, column, [value])(value, null);
}

/** @param values all that are going to be written: what keys hold is looked up for all of them at once */
export function valueWriter(
  { values: codec, references }: ForeignContext,
  table: DerivedTable,
  column: DerivedColumn,
  values: readonly StoredValue[],
): WriteValue {
  if (column.references === null) return (value, old) => codec.write(table, column, value, old);
  const ids = values.map(idIn).filter((id): id is ObjectId => id !== null && id !== "");
  const held = references.valuesOf(column, ids);
  return (value, old) => {
    if (value === null || value === "") return codec.write(table, column, value, old);
    const found = held.get(value as ObjectId);
    // The target is gone.
    if (found === undefined) throw new NothingWritten();
    return found;
  };
}
