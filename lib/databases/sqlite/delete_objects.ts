/** Deleting objects, with an account of all that goes or is emptied with them. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Consequence } from "../../store/objects.ts";
import { loggedValue } from "../../store/logged_value.ts";
import { OBJECT, OBJECT_PREFIX } from "../sql/attribute_expression.ts";
import { classExpression } from "../sql/class_condition.ts";
import { writtenColumn } from "../sql/obsolescence.ts";
import { idCondition } from "../sql/id_condition.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { consequencesOf } from "./consequences.ts";
import type { Database } from "./connection.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { logDeletedObject, lostAttributes } from "../writes/deletion_entries.ts";
import { NothingWritten } from "./sqlite_refusal.ts";
import type { WriteContext } from "./write_context.ts";

/** What came of it. */
export interface Deletion {
  /** How many of the objects were there. */
  readonly deleted: number;
  /** What happened to other objects. */
  readonly consequences: readonly Consequence[];
}

/**
 * Deletes objects of this class, or of classes below it. Each attribute that is not empty is one entry of the log, of the objects that SQLite deletes
 * along with them too; a key that it empties is an entry as well.
 */
export function deleteObjects(
  context: WriteContext,
  log: ChangeEntries,
  code: ClassCode,
  ids: readonly ObjectId[],
): Deletion {
  const { database, layout } = context;
  const table = layout.tableOf(code);
  const consequences = consequencesOf(database, layout, code, ids);
  const present = realClassesOf(database, table, ids);
  for (const { class: real, id } of present) logDeletion(context, log, real, id);
  logConsequences(context, log, consequences);
  removeInOrder(database, table, ids);
  requireNoneLeft(database, table, ids);
  return { deleted: present.length, consequences };
}

/** @param consequences that are still to come */
export function logConsequences(
  context: WriteContext,
  log: ChangeEntries,
  consequences: readonly Consequence[],
): void {
  for (const { class: other, id, emptied } of consequences) {
    if (emptied === null) logDeletion(context, log, other, id);
    else logEmptied(context, log, other, id, emptied);
  }
}

export function removeInOrder(database: Database, table: Table, ids: readonly ObjectId[]): void {
  const remove = database.prepare(`DELETE FROM ${quoteName(table.name)} WHERE ${hasId(table, "", "?")}`);
  for (const id of ids) remove.run(id);
}

/** Those of the objects that are there. */
function realClassesOf(
  database: Database,
  table: Table,
  ids: readonly ObjectId[],
): readonly { readonly class: ClassCode; readonly id: ObjectId }[] {
  const id = idExpression(table, OBJECT_PREFIX);
  const rows = database.prepare(
    `SELECT ${id} AS id, ${classExpression(table, OBJECT_PREFIX)} AS class FROM json_each(?) AS k CROSS JOIN ` +
      `${quoteName(table.name)} AS ${OBJECT} WHERE ${hasId(table, OBJECT_PREFIX, "k.value")} ORDER BY k.key`,
  ).all(JSON.stringify(ids));
  return rows.map((row) => ({ class: String(row["class"]), id: row["id"] as ObjectId }));
}

/** What goes with an object before it is not counted as deleted; what a trigger keeps is still there. @throws NothingWritten */
export function requireNoneLeft(database: Database, table: Table, ids: readonly ObjectId[]): void {
  const { sql, parameters } = idCondition(ids).of(idExpression(table, ""));
  const left = database.prepare(`SELECT 1 FROM ${quoteName(table.name)} WHERE ${sql} LIMIT 1`).get(...parameters);
  if (left !== undefined) throw new NothingWritten();
}

function logDeletion(context: WriteContext, log: ChangeEntries, code: ClassCode, objectId: ObjectId): void {
  const { database, model, layout } = context;
  const table = layout.tableOf(code);
  const modelClass = classOf(model, code);
  const attributes = lostAttributes(layout, modelClass);
  const columns = attributes.map(({ code: name }, index) =>
    `${quoteName(writtenColumn(layout, modelClass, name))} AS v${index}`
  );
  const row = database.prepare(
    `SELECT ${[idExpression(table, ""), ...columns].join(", ")} FROM ${quoteName(table.name)} WHERE ${
      hasId(table, "", "?")
    }`,
  ).get(objectId);
  if (row === undefined) return;
  logDeletedObject(log, code, objectId, attributes, attributes.map((_, index) => row[`v${index}`]));
}

function logEmptied(
  { database, model, layout }: WriteContext,
  log: ChangeEntries,
  code: ClassCode,
  objectId: ObjectId,
  attribute: string,
): void {
  const table = layout.tableOf(code);
  const column = quoteName(layout.columnOf(code, attribute).name);
  const row = database.prepare(
    `SELECT ${column} AS value FROM ${quoteName(table.name)} WHERE ${hasId(table, "", "?")}`,
  ).get(objectId);
  const oldValue = loggedValue(attributeOf(classOf(model, code), attribute), row?.["value"] ?? null);
  log.add({ operation: "update", class: code, objectId, attribute, oldValue, newValue: null });
}
