/** Rows that come as one JSON text: a JavaScript object for each row would cost more than the search. */
import type { StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { FoundObject } from "../../store/objects.ts";

/** Index of the key, id, class, values; a long object comes without its values. */
export type FoundRow = readonly [number, number, string, (readonly StoredValue[])?];

/**
 * So many bytes of JSON may a row have to come along with others. An answer for 512 keys, each of which may find two objects, then has
 * 8 MiB at most, whatever is stored.
 */
export const LONGEST_ROW = 8 * 1024;

/** Of an SQL function; SQLite takes 127, and 1,000 since version 3.48, PostgreSQL 100. */
const MOST_ARGUMENTS = 100;

/** SQL of an array with these elements; with arrays of them, where they are more than a function takes. @param make the function */
export function jsonArray(elements: readonly string[], make: string): string {
  if (elements.length <= MOST_ARGUMENTS) return `${make}(${elements.join(", ")})`;
  const groups: string[] = [];
  for (let start = 0; start < elements.length; start += MOST_ARGUMENTS) {
    groups.push(jsonArray(elements.slice(start, start + MOST_ARGUMENTS), make));
  }
  return jsonArray(groups, make);
}

/** SQL of a row as a JSON array: the values are a list by themselves, which nobody has to copy. */
export function jsonRow(head: readonly string[], values: readonly string[], make: string): string {
  return jsonArray([...head, jsonArray(values, make)], make);
}

/** @param text a JSON array of rows; undefined: there is none @param values how many each has */
export function foundRowsIn(text: unknown, values: number): readonly FoundRow[] {
  const rows = JSON.parse(String(text ?? "[]")) as readonly FoundRow[];
  // Rarely: a copy of every row costs time and memory.
  return values > MOST_ARGUMENTS ? rows.map(withoutGroups) : rows;
}

function withoutGroups(row: FoundRow): FoundRow {
  const [key, id, code, values] = row;
  return values === undefined ? row : [key, id, code, values.flat()];
}

/** A long object has no values: they would fill the memory together with those of others. */
export function foundObject([, id, modelClass, found]: FoundRow): FoundObject {
  return { id: id as ObjectId, class: modelClass, values: found ?? null };
}

/** @param text the JSON array of the values of a long object; undefined: it is gone */
export function longValuesIn(text: unknown, { class: code, id }: FoundObject): readonly StoredValue[] {
  if (text === undefined) throw new Error(`${code} ${id} was found and is gone`);
  return (JSON.parse(String(text)) as readonly StoredValue[]).flat();
}
