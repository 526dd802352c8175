/** What SQLite does by itself when objects are deleted. */
import type { ClassCode } from "../../model/model.ts";
import type { Column, Layout, Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Consequence } from "../../store/objects.ts";
import { classExpression } from "../sql/class_condition.ts";
import { idCondition } from "../sql/id_condition.ts";
import { idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { doneNow } from "../shared/steps.ts";
import { consequencesIn, type Referring } from "../writes/consequences.ts";
import type { Database } from "./connection.ts";

/** @see ObjectStore.consequencesOf */
export function consequencesOf(
  database: Database,
  layout: Layout,
  code: ClassCode,
  ids: readonly ObjectId[],
): readonly Consequence[] {
  return doneNow(consequencesIn(layout, code, ids, (...of) => referring(database, ...of)));
}

function referring(
  database: Database,
  table: Table,
  column: Column,
  ids: readonly ObjectId[],
): readonly Referring[] {
  const id = idExpression(table, "");
  const { sql, parameters } = idCondition(ids).of(quoteName(column.name));
  // The sign keeps SQLite from reading the whole table for the order.
  const rows = database.prepare(
    `SELECT ${id} AS id, ${classExpression(table, "")} AS class FROM ${quoteName(table.name)} ` +
      `WHERE ${sql} ORDER BY +${id}`,
  ).all(...parameters);
  return rows.map((row) => ({ class: String(row["class"]), id: row["id"] as ObjectId }));
}
