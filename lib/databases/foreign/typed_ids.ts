/** Ids as people write them. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { rowIdOf } from "./row_ids.ts";
import { asHeld, numberIn } from "./stored_affinity.ts";
import type { StoredValues } from "./stored_values.ts";

/** Between the values of a key of several columns. */
const BETWEEN = "|";

/** The id that a text means; null: no row can have it, or none has one that can be written. */
export function idFromText(values: StoredValues, table: DerivedTable, text: string): ObjectId | null {
  const { key } = table;
  if (key === null) return null;
  const parts = key.columns.length === 1 ? [text] : text.split(BETWEEN);
  // With one sign between two values none is within a value.
  if (parts.length !== key.columns.length) return null;
  const found = key.columns.map((column, index) => keyValue(values, table, column, parts[index] ?? ""));
  return found.every((value) => value !== null) ? rowIdOf(key, found, null) : null;
}

/** What the column would hold; null: it cannot. */
function keyValue(values: StoredValues, table: DerivedTable, column: DerivedColumn, text: string): Raw {
  const typed = withoutBlanksAtEnds(text);
  if (typed === "" || typed.includes("\u0000") || column.form.kind === "bytes") return null;
  const isRowid = table.key?.isRowid === true;
  const held = asHeld(typed, column.affinity);
  if ((isRowid || column.form.kind === "integer") && typeof numberIn(String(held)) !== "bigint") return null;
  if (column.form.kind === "date" && typeof held === "string") return values.keys(table, column, held)[0] ?? held;
  return held;
}

function withoutBlanksAtEnds(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === " ") end--;
  let start = 0;
  while (start < end && text.charAt(start) === " ") start++;
  return text.slice(start, end);
}
