/** What tells rows apart in the change log: a JSON list of the values of their key, which outlives the run, as ids need not. */
import { EXIT, RunStop } from "../../../errors.ts";
import { changeLogAltered } from "../../../messages/foreign_log.ts";
import type { DerivedTable } from "../../../model/derive/derived_model.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import { type Raw, rawFromJson } from "../../sqlite/raw_value.ts";
import { boundAddress } from "../row_address.ts";
import { addressOf, rowIdOf } from "../row_ids.ts";
import { keyText } from "../row_keys.ts";

/** The values that a text has. */
export function keyValues(text: string): readonly Raw[] {
  const list = exactJson(text);
  return Array.isArray(list) ? list.map((value) => rawFromJson(jsonIn(value))) : [];
}

/** The values of a JSON object, each as JSON that `rawInEntry` reads. */
export function jsonValues(object: string): readonly (readonly [string, string])[] {
  return Object.entries(exactJson(object) as object ?? {}).map(([name, value]) => [name, jsonIn(value)]);
}

/** A number as it stands: an integer of 64 bits has more digits than a number of JavaScript. */
class Digits {
  constructor(readonly text: string) {}
}

function exactJson(text: string): unknown {
  const exactly = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === "number" ? new Digits(context?.source ?? String(value)) : value;
  return readable(() => JSON.parse(text, exactly));
}

/** @throws RunStop 78 when the entry is none of ours */
export function rawInEntry(json: string): Raw {
  return readable(() => rawFromJson(json));
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RunStop(EXIT.databaseNotUsable, [changeLogAltered()], { cause: error });
  }
}

function jsonIn(value: unknown): string {
  return value instanceof Digits ? value.text : JSON.stringify(value);
}

/**
 * The key of a row by its id.
 * @returns null when the row must be asked for it: its id is a rowid, and no key
 */
export function keyOfId(table: DerivedTable, id: ObjectId): string | null {
  const address = boundAddress(table, id);
  return address?.kind === "key" ? keyText(address.values) : null;
}

/** The id of the row whose key this was. @returns null when only the rows themselves can tell */
export function idOfKey({ key }: DerivedTable, text: string): ObjectId | null {
  const values = key === null ? [] : keyValues(text);
  if (key === null || values.length !== key.columns.length) return null;
  const id = rowIdOf(key, values, null);
  return addressOf(id).kind === "rowid" ? null : id;
}
