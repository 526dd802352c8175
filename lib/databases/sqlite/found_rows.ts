/** How the objects that a search finds come out of SQLite: many as one JSON text, but long ones by themselves. */
import type { StoredValue } from "../../model/model.ts";
import type { FoundObject } from "../../store/objects.ts";
import {
  foundObject,
  type FoundRow,
  foundRowsIn,
  jsonArray,
  jsonRow,
  LONGEST_ROW,
  longValuesIn,
} from "../sql/json_rows.ts";
import type { Database } from "./connection.ts";

export interface FoundRows {
  /**
   * @param keys a JSON array
   * @param most so many rows; -1: all
   */
  find(keys: string, most: number): readonly FoundRow[];
  /** The same, but those of the lowest ids: an index may give others first. */
  first(keys: string, most: number): readonly FoundRow[];
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

const MAKE = "json_array";

export function prepareFoundRows(database: Database, { head, values, from, fromId }: FoundRowsSql): FoundRows {
  const row = jsonRow(head, values, MAKE);
  const names = head.map((_, place) => `h${place}`);
  // Of few rows the head alone is wanted: made of each, it took a tenth of the time.
  const one = `iif(octet_length(row) <= ${LONGEST_ROW}, row, ${jsonArray(names, MAKE)})`;
  const columns = [`${row} AS row`, ...head.map((sql, place) => `${sql} AS ${names[place]}`)].join(", ");
  // One text for all rows: calls, and a JavaScript object for each row, cost more than the search itself.
  const textOf = (order: string) =>
    `SELECT '[' || ifnull(group_concat(${one}), '') || ']' AS rows FROM (SELECT ${columns} ${from}${order} LIMIT ?)`;
  const many = database.prepare(textOf(""));
  const [, id = ""] = head;
  const longValues = (object: FoundObject) =>
    database.prepare(`SELECT ${jsonArray(values, MAKE)} AS found ${fromId}`).get(object.id)?.["found"];
  return {
    find: (keys, most) => foundRowsIn(many.get(keys, most)?.["rows"], values.length),
    first(keys, most) {
      const found = database.prepare(textOf(` ORDER BY ${id}`)).get(keys, most);
      return foundRowsIn(found?.["rows"], values.length);
    },
    objectOf: foundObject,
    valuesOf: (object) => object.values ?? longValuesIn(longValues(object), object),
  };
}
