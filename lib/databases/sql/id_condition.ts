/**
 * The condition that a column holds one of many ids, as SQL. Objects that were created one after the other have ids one after the other:
 * SQLite finds them, and those who refer to them, many times as fast by the first and the last as by a list.
 */
import type { StoredValue } from "../../model/model.ts";
import type { Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { hasId, idExpression } from "./object_key.ts";
import { quoteName } from "./sql_text.ts";

/** A part of a statement, and what its question marks stand for. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly StoredValue[];
}

export interface IdCondition {
  /** @param column a column, or an expression of the key */
  of(column: string): Condition;
  /** The rows `t` of a table, in the order of the ids. */
  rowsOf(table: Table): OrderedRows;
}

interface OrderedRows {
  /** What stands behind FROM, behind WHERE and behind ORDER BY. */
  readonly from: string;
  readonly where: string;
  readonly order: string;
  readonly parameters: readonly StoredValue[];
}

/** Ids between which so many others lie for each of them are no range any more. */
const MOST_OTHERS = 1;

/** @param ids each once */
export function idCondition(ids: readonly ObjectId[]): IdCondition {
  return rangeOf(ids) ?? listOf(ids);
}

function listOf(ids: readonly ObjectId[]): IdCondition {
  const parameters = [JSON.stringify(ids)];
  return {
    of: (column) => ({ sql: `${column} IN (SELECT value FROM json_each(?))`, parameters }),
    rowsOf: (table) => ({
      from: `json_each(?) AS k CROSS JOIN ${quoteName(table.name)} AS t`,
      where: hasId(table, "t.", "k.value"),
      order: "k.key",
      parameters,
    }),
  };
}

/** Null: they are no numbers that grow, or fall, by little. */
function rangeOf(ids: readonly ObjectId[]): IdCondition | null {
  const [first, last] = [ids[0], ids.at(-1)];
  if (typeof first !== "number" || typeof last !== "number") return null;
  const span = Math.abs(last - first) + 1;
  const isUp = last > first;
  if (span > ids.length * (1 + MOST_OTHERS) || !ids.every((id, index) => follows(ids[index - 1], id, isUp))) {
    return null;
  }
  const ends: readonly number[] = isUp ? [first, last] : [last, first];
  // The sign keeps SQLite from looking each of the list up.
  const isOfThem = (column: string) => span === ids.length ? "" : ` AND +${column} IN (SELECT value FROM json_each(?))`;
  const parameters = span === ids.length ? ends : [...ends, JSON.stringify(ids)];
  const of = (column: string) => ({ sql: `(${column} >= ? AND ${column} <= ?${isOfThem(column)})`, parameters });
  return {
    of,
    rowsOf(table) {
      const id = idExpression(table, "t.");
      const order = `${id} ${isUp ? "ASC" : "DESC"}`;
      return { from: `${quoteName(table.name)} AS t`, where: of(id).sql, order, parameters };
    },
  };
}

function follows(before: ObjectId | undefined, id: ObjectId, isUp: boolean): boolean {
  if (typeof id !== "number") return false;
  return typeof before !== "number" ? before === undefined : isUp ? id > before : id < before;
}
