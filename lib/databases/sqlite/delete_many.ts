/** Deleting very many objects of a class: whatever can be done without a look at each of them is done by SQLite alone. */
import type { ClassCode } from "../../model/model.ts";
import type { Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { classExpression } from "../sql/class_condition.ts";
import { deletedValues } from "../sql/deleted_values.ts";
import { type IdCondition, idCondition } from "../sql/id_condition.ts";
import { idExpression } from "../sql/object_key.ts";
import { quoteName, quoteText } from "../sql/sql_text.ts";
import { consequencesOf } from "./consequences.ts";
import type { Database } from "./connection.ts";
import { type Deletion, logConsequences, removeInOrder, requireNoneLeft } from "./delete_objects.ts";
import type { ManyEntries } from "../writes/group_writes.ts";
import type { SelectedDeletions } from "../writes/change_entries.ts";
import type { WriteContext } from "./write_context.ts";

/** Imports do without. */
export type DeleteMany = typeof deleteManyObjects;

/**
 * The same as `deleteObjects` does, but the log gets one entry for each object, which has all its values.
 * @throws whatever SQLite refuses: then nothing of it may stay, the entries included
 */
export function deleteManyObjects(
  context: WriteContext,
  log: ManyEntries,
  code: ClassCode,
  ids: readonly ObjectId[],
): Deletion {
  const { database, layout } = context;
  const table = layout.tableOf(code);
  const condition = idCondition(ids);
  const consequences = consequencesOf(database, layout, code, ids);
  let deleted = 0;
  for (const { real, count } of countByClass(database, table, condition)) {
    deleted += count;
    log.selected?.(deletionsOf(context, real, condition, count));
  }
  logConsequences(context, log.others, consequences);
  // For each statement that deletes, SQLite keeps what it may have to take back: one takes half the time of many.
  if (mayReferToOwn(database, table, condition)) removeInOrder(database, table, ids);
  else removeAtOnce(database, table, condition);
  requireNoneLeft(database, table, ids);
  return { deleted, consequences };
}

/** Those of the objects that are there. */
function countByClass(
  database: Database,
  table: Table,
  condition: IdCondition,
): readonly { readonly real: ClassCode; readonly count: number }[] {
  const { sql, parameters } = condition.of(idExpression(table, ""));
  const rows = database.prepare(
    `SELECT ${classExpression(table, "")} AS class, count(*) AS count FROM ${quoteName(table.name)} ` +
      `WHERE ${sql} GROUP BY 1`,
  ).all(...parameters);
  return rows.map((row) => ({ real: String(row["class"]), count: Number(row["count"]) }));
}

function deletionsOf(
  { model, layout }: WriteContext,
  real: ClassCode,
  condition: IdCondition,
  count: number,
): SelectedDeletions {
  const table = layout.tableOf(real);
  const id = idExpression(table, "t.");
  const { from, where, order, parameters } = condition.rowsOf(table);
  const value = deletedValues({ model, layout }, real, "t.");
  const isOfClass = table.classes.length > 1 ? ` AND ${classExpression(table, "t.")} = ${quoteText(real)}` : "";
  const rows = `FROM ${from} WHERE ${where}${isOfClass} ORDER BY ${order}`;
  return { class: real, id, value, rows, parameters, count };
}

/** Whether the order of the deletions may matter: SQLite has one of its own. */
function mayReferToOwn(database: Database, table: Table, condition: IdCondition): boolean {
  const own = table.columns.filter(({ references }) => references?.table === table.name);
  if (own.length === 0) return false;
  // The sign keeps SQLite from reading an index of all that refer to any.
  const isFilled = own.map(({ name }) => `+${quoteName(name)} IS NOT NULL`).join(" OR ");
  const { sql, parameters } = condition.of(idExpression(table, ""));
  return database.prepare(`SELECT 1 FROM ${quoteName(table.name)} WHERE ${sql} AND (${isFilled}) LIMIT 1`)
    .get(...parameters) !== undefined;
}

function removeAtOnce(database: Database, table: Table, condition: IdCondition): void {
  const { sql, parameters } = condition.of(idExpression(table, ""));
  database.prepare(`DELETE FROM ${quoteName(table.name)} WHERE ${sql}`).run(...parameters);
}
