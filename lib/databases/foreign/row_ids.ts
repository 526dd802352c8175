/**
 * The ids of rows of databases that we did not make: what an external key holds where it refers to the key of a table, and what the rest of
 * the program compares.
 * - a key of one column, and a value that can be told as it is: the value;
 * - a key of several columns: a mark, and a JSON array of their values;
 * - everything else (no key, null or bytes in it): a mark, and the rowid. A table without one has a key, whose values then stand as they are.
 * Values that no cell can give begin with NUL, which no cell has.
 */
import type { ObjectId, ShownId, ShownKey } from "../../store/object_id.ts";
import type { DerivedKey } from "../../model/derive/derived_model.ts";
import { isRawText, jsonOf, rawIn, storedOf } from "../sqlite/raw_value.ts";
import type { Raw } from "../sqlite/raw_value.ts";

const ROWID = "\u0000rowid:";
const VALUES = "\u0000key:";

/** Where a row is found: by the values of its key, or by its rowid. */
export type RowAddress =
  | { readonly kind: "key"; readonly values: readonly (number | string)[] }
  | { readonly kind: "rowid"; readonly rowid: number | string };

/** @param values of the key's columns, as they are read @param rowid null: the table has none */
export function rowIdOf(key: DerivedKey | null, values: readonly Raw[], rowid: Raw): ObjectId {
  const stored = values.map(storedOf);
  const canTell = key !== null &&
    stored.every((value) => value !== null && !(typeof value === "string" && isRawText(value)));
  if (!canTell && rowid !== null) return `${ROWID}${rowid}` as string & ObjectId;
  return (canTell && stored.length === 1 ? stored[0] : VALUES + JSON.stringify(stored)) as ObjectId;
}

export function addressOf(id: ObjectId): RowAddress {
  if (isRowid(id)) return { kind: "rowid", rowid: String(id).slice(ROWID.length) };
  return { kind: "key", values: valuesIn(id) ?? [id] };
}

/** Whether it is a rowid that tells the row. */
export function isRowid(id: ObjectId): boolean {
  return typeof id === "string" && id.startsWith(ROWID);
}

/** Those of a key of several columns. */
function valuesIn(id: ObjectId): readonly (number | string)[] | null {
  return typeof id === "string" && id.startsWith(VALUES) ? JSON.parse(id.slice(VALUES.length)) : null;
}

export function shownRowId(id: ObjectId): ShownId {
  const address = addressOf(id);
  if (address.kind === "rowid") return Number(address.rowid);
  const [first = "", ...others] = address.values.map(shownValue);
  return others.length === 0 ? first : [first, ...others].join("|");
}

/** What stands as it is, such as what an external key holds that refers to nothing, is shown as a text. */
function shownValue(value: number | string): number | string {
  if (typeof value === "number" || !isRawText(value)) return value;
  const raw = rawIn(value);
  return typeof raw === "string" ? raw : jsonOf(raw);
}

export function shownRowKey(id: ObjectId): ShownKey | null {
  return valuesIn(id)?.map(shownValue) ?? null;
}
