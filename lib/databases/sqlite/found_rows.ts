/** How the objects that a search finds come out of SQLite: many as one JSON text, but long ones by themselves. */
import type { StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { FoundObject } from "../../store/objects.ts";
import type { Database } from "./connection.ts";

/** Index of the key, id, class, values; a long object comes without its values. */
export type FoundRow = readonly [number, number, string, (readonly StoredValue[])?];

export interface FoundRows {
  /**
   * @param keys a JSON array
   * @param most so many rows; -1: all
   */
  find(keys: string, most: number): readonly FoundRow[];
  /** A long object has no values: they would fill the memory together with those of others. */
  objectOf(row: FoundRow): FoundObject;
  /** Reads the values of a long object. */
  valuesOf(object: FoundObject): readonly StoredValue[];
}

/** Pieces of SQL. */
export interface FoundRowsSql {
  /** The index of the key, the id, the class. */
  readonly head: readonly string[];
  readonly values: readonly string[];
  /** Finds the objects of many keys. */
  readonly from: string;
  /** Finds one object by its id. */
  readonly fromId: string;
}

/**
 * So many bytes of JSON may a row have to come along with others. An answer for 512 keys, each of which may find two objects, then has
 * 8 MiB at most, whatever is stored.
 */
const LONGEST_ROW = 8 * 1024;

export function prepareFoundRows(database: Database, { head, values, from, fromId }: FoundRowsSql): FoundRows {
  // The values are a list by themselves, which nobody has to copy.
  const row = jsonArray([...head, jsonArray(values)]);
  const isInGroups = values.length > MOST_ARGUMENTS;
  // One text for all rows: calls, and a JavaScript object for each row, cost more than the search itself.
  const many = database.prepare(
    `SELECT '[' || ifnull(group_concat(iif(octet_length(row) <= ${LONGEST_ROW}, row, head)), '') || ']' AS rows ` +
      `FROM (SELECT ${row} AS row, ${jsonArray(head)} AS head ${from} LIMIT ?)`,
  );
  return {
    find(keys, most) {
      const rows = JSON.parse(String(many.get(keys, most)?.["rows"] ?? "[]")) as readonly FoundRow[];
      return isInGroups ? rows.map(withoutGroups) : rows;
    },
    objectOf: ([, id, modelClass, found]) => ({ id: id as ObjectId, class: modelClass, values: found ?? null }),
    valuesOf: (object) =>
      object.values ?? longValues(database, `SELECT ${jsonArray(values)} AS found ${fromId}`, object),
  };
}

function withoutGroups(row: FoundRow): FoundRow {
  const [key, id, code, values] = row;
  return values === undefined ? row : [key, id, code, values.flat()];
}

/** Of an SQL function; SQLite takes 127, and 1,000 since version 3.48. */
const MOST_ARGUMENTS = 100;

/** An array with these elements; with arrays of them, where they are more than a function takes. */
function jsonArray(elements: readonly string[]): string {
  if (elements.length <= MOST_ARGUMENTS) return `json_array(${elements.join(", ")})`;
  const groups: string[] = [];
  for (let start = 0; start < elements.length; start += MOST_ARGUMENTS) {
    groups.push(jsonArray(elements.slice(start, start + MOST_ARGUMENTS)));
  }
  return jsonArray(groups);
}

function longValues(database: Database, sql: string, object: FoundObject): readonly StoredValue[] {
  const found = database.prepare(sql).get(object.id)?.["found"];
  if (found === undefined) throw new Error(`${object.class} ${object.id} was found and is gone`);
  return (JSON.parse(String(found)) as readonly StoredValue[]).flat();
}
