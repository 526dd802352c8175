/** Rows that come as one JSON text: a JavaScript object for each row would cost more than the search. */
import type { StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { FoundObject } from "../../store/objects.ts";

/** Index of the key, id, class, values; a long object comes without its values. */
export type FoundRow = readonly [number, number, string, ...StoredValue[]];

/**
 * So many bytes of JSON may a row have to come along with others. An answer for 512 keys, each of which may find two objects, then has
 * 8 MiB at most, whatever is stored.
 */
export const LONGEST_ROW = 8 * 1024;

/** Of an SQL function; SQLite takes 127, and 1,000 since version 3.48, PostgreSQL 100. */
const MOST_ARGUMENTS = 100;

/** Whether arrays of so many elements come as arrays of arrays. */
export function isInGroups(elements: number): boolean {
  return elements > MOST_ARGUMENTS;
}

/** SQL of an array with these elements; with arrays of them, where they are more than a function takes. @param make the function */
export function jsonArray(elements: readonly string[], make: string): string {
  if (!isInGroups(elements.length)) return `${make}(${elements.join(", ")})`;
  const groups: string[] = [];
  for (let start = 0; start < elements.length; start += MOST_ARGUMENTS) {
    groups.push(jsonArray(elements.slice(start, start + MOST_ARGUMENTS), make));
  }
  return jsonArray(groups, make);
}

type JsonRow = readonly (StoredValue | readonly StoredValue[])[];

/** @param text a JSON array of rows; undefined: there is none */
export function rowsIn(text: StoredValue | undefined, areInGroups: boolean): readonly (readonly StoredValue[])[] {
  const rows = JSON.parse(String(text ?? "[]")) as readonly JsonRow[];
  // Rarely: a copy of every row costs time and memory.
  return (areInGroups ? rows.map((row) => row.flat()) : rows) as StoredValue[][];
}

/** A long object has no values: they would fill the memory together with those of others. @param count of the values of a short one */
export function foundObject([, id, modelClass, ...found]: FoundRow, count: number): FoundObject {
  return { id: id as ObjectId, class: modelClass, values: found.length === count ? found : null };
}
