/** Rows whose keys are texts that no string has: a search reads such a row, and no statement finds it by what was read. */
import { keyNoText } from "../../messages/stored_values.ts";
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { ValueNotTold } from "../sqlite/sqlite_refusal.ts";
import { addressOf } from "./row_ids.ts";
import { maybeSpoilt } from "./spoilt_texts.ts";

/** @param ids of rows that were looked for @throws ValueNotTold when one is not there, and its key may be such a text */
export function requireTextKeys(
  { key }: DerivedTable,
  ids: readonly ObjectId[],
  found: ReadonlyMap<ObjectId, unknown>,
): void {
  if (found.size === ids.length) return;
  for (const id of ids) {
    const address = found.has(id) ? null : addressOf(id);
    const place = address?.kind === "key" ? address.values.findIndex(maybeSpoilt) : -1;
    if (address?.kind !== "key" || place < 0) continue;
    throw new ValueNotTold(key?.columns[place]?.name ?? "", keyNoText(String(address.values[place])));
  }
}
