/**
 * How rows come out of SQLite: many as one JSON text, for a JavaScript object for each row costs more than the search itself; but long ones
 * without their values, which would fill the memory together with those of others.
 */
import type { DerivedKey } from "../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { FoundObject } from "../../store/objects.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { decoded, type Encoded } from "./encoded_value.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { ROW, tableName } from "./foreign_table.ts";
import { jsonArray, MOST_ARGUMENTS } from "./json_array.ts";
import type { ReadAttribute } from "./read_attribute.ts";
import { readAttribute } from "./read_attribute.ts";
import { boundAddress, encodedAddress, hasAddress } from "./row_address.ts";
import { rowIdOf } from "./row_ids.ts";

/** A number that was asked for, what the id is made of, and what the values are made of unless the row is long. */
export type FoundRow = readonly [place: number, ...values: Encoded[]];

/** So many bytes may a row have to come along with others: an answer for 256 keys then has 4 MiB at most, whatever is stored. */
const LONGEST_ROW = 8 * 1024;

export interface FoundRows {
  /** A statement that gives rows as one text. @param place SQL of a number @param from `FROM … LIMIT …` */
  select(place: string, from: string): string;
  /** The rows of its result. */
  rowsIn(result: readonly Readonly<Record<string, Raw>>[]): readonly FoundRow[];
  objectOf(row: FoundRow): FoundObject;
  /** Reads the values of a long object. */
  valuesOf(object: FoundObject): readonly StoredValue[];
}

export function foundRows(context: ForeignContext, code: ClassCode, read: readonly AttributeCode[]): FoundRows {
  const table = tableOf(context, code);
  const attributes = read.map((attribute) => readAttribute(context, code, attribute));
  const address = encodedAddress(table, context.encoding);
  const values = attributes.flatMap(({ expressions }) => expressions);
  const isInGroups = 1 + address.length + values.length > MOST_ARGUMENTS;
  const readValues = valueReader(attributes);
  const idOf = idReader(table.key, address.length);
  return {
    select(place, from) {
      const row = jsonArray([place, ...address, ...values]);
      const head = jsonArray([place, ...address], isInGroups);
      const text = `iif(octet_length(row) <= ${LONGEST_ROW}, row, head)`;
      return `SELECT '[' || ifnull(group_concat(${text}), '') || ']' AS rows FROM (SELECT ${row} AS row, ${head} AS head ${from})`;
    },
    rowsIn: ([result]) => rowsIn(result?.["rows"], isInGroups),
    objectOf: (row) => ({
      id: idOf(row),
      class: code,
      values: row.length > address.length + values.length ? readValues(row, address.length + 1) : null,
    }),
    valuesOf(object) {
      if (object.values !== null) return object.values;
      const bound = boundAddress(table, object.id);
      if (bound === null) throw new Error(`${code} has no row of this id`);
      const result = context.database.prepareRaw(
        `SELECT json_array(${jsonArray(["0", ...values])}) AS rows FROM ${tableName(table)} AS ${ROW} WHERE ${
          hasAddress(table, bound.kind, bound.values.map(() => "?"))
        }`,
      ).all(...bound.values);
      const [row] = rowsIn(result[0]?.["rows"], 1 + values.length > MOST_ARGUMENTS);
      if (row === undefined) throw new Error(`a row of ${code} was found and is gone`);
      return readValues(row, 1);
    },
  };
}

/** @param width of what an id is made of */
function idReader(key: DerivedKey | null, width: number): (row: FoundRow) => ObjectId {
  const count = key?.columns.length ?? 0;
  return (row) => {
    const [, first = null] = row;
    // Most keys are one column, and tell every row.
    const isTold = count === 1 &&
      (typeof first === "number" || (typeof first === "string" && !first.startsWith("\u0000")));
    if (isTold) return first as ObjectId;
    const found = Array.from({ length: width }, (_, place) => decoded(row[place + 1] as Encoded));
    return rowIdOf(key, found.slice(0, count), width > count ? found[count] ?? null : null);
  };
}

function rowsIn(text: Raw | undefined, isInGroups: boolean): readonly FoundRow[] {
  const rows = JSON.parse(String(text ?? "[]")) as readonly FoundRow[];
  return isInGroups ? rows.map((row) => row.flat(1) as unknown as FoundRow) : rows;
}

/** @returns reads the values of a row from a place on */
function valueReader(attributes: readonly ReadAttribute[]): (row: FoundRow, start: number) => readonly StoredValue[] {
  return (row, start) => {
    let next = start;
    return attributes.map(({ expressions, read }) => {
      if (expressions.length === 1) return read(decoded(row[next++] as Encoded), NONE);
      const others = row.slice(next + 1, next + expressions.length).map((one) => decoded(one as Encoded));
      const value = read(decoded(row[next] as Encoded), others);
      next += expressions.length;
      return value;
    });
  };
}

const NONE: readonly Raw[] = [];
