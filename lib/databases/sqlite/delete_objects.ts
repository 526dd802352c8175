/** Deleting objects, with an account of all that goes or is emptied with them. */
import { attributeOf, classOf, isColumn } from "../../model/look_up.ts";
import type { Attribute, ClassCode } from "../../model/model.ts";
import type { Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Consequence } from "../../store/objects.ts";
import { loggedValue } from "../../store/logged_value.ts";
import { OBJECT, OBJECT_PREFIX } from "../sql/attribute_expression.ts";
import { classExpression } from "../sql/class_condition.ts";
import { dateAttribute, writtenColumn } from "../sql/obsolescence.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { deletedValuesOf } from "../sql/deleted_values.ts";
import { consequencesOf } from "./consequences.ts";
import type { Database } from "./connection.ts";
import type { ChangeEntries } from "./sqlite_change_log.ts";
import { NothingWritten } from "./sqlite_refusal.ts";
import type { WriteContext } from "./write_context.ts";

/** Objects whose values are read with one statement. */
const READ_TOGETHER = 64;

/**
 * Deletes objects of this class, or of classes below it. Each attribute that is not empty is one entry of the log, of the objects that SQLite deletes
 * along with them too; a key that it empties is an entry as well.
 * @returns how many of them were there, and what happened to other objects
 */
export function deleteObjects(
  context: WriteContext,
  log: ChangeEntries,
  code: ClassCode,
  ids: readonly ObjectId[],
  isMany: boolean,
): { readonly deleted: number; readonly consequences: readonly Consequence[] } {
  const { database, layout } = context;
  const table = layout.tableOf(code);
  const consequences = consequencesOf(database, layout, code, ids);
  const present = realClassesOf(database, table, ids);
  if (isMany) logManyDeletions(context, log, present);
  else for (const { class: real, id } of present) logDeletion(context, log, real, id);
  for (const { class: other, id, emptied } of consequences) {
    if (emptied === null) logDeletion(context, log, other, id);
    else logEmptied(context, log, other, id, emptied);
  }
  if (isMany && !mayReferToOwn(database, table, ids)) removeAtOnce(database, table, ids);
  else removeInOrder(database, table, ids);
  // What goes with an object before it is not counted as deleted; what a trigger keeps is still there.
  if (isAnyLeft(database, table, ids)) throw new NothingWritten();
  return { deleted: present.length, consequences };
}

function removeInOrder(database: Database, table: Table, ids: readonly ObjectId[]): void {
  const remove = database.prepare(`DELETE FROM ${quoteName(table.name)} WHERE ${hasId(table, "", "?")}`);
  for (const id of ids) remove.run(id);
}

/** For each statement that deletes, SQLite keeps what it may have to take back: one statement takes half the time of many. */
function removeAtOnce(database: Database, table: Table, ids: readonly ObjectId[]): void {
  const id = idExpression(table, "");
  database.prepare(`DELETE FROM ${quoteName(table.name)} WHERE ${id} IN (SELECT value FROM json_each(?))`)
    .run(JSON.stringify(ids));
}

/** Whether the order of the deletions may matter: SQLite has one of its own. */
function mayReferToOwn(database: Database, table: Table, ids: readonly ObjectId[]): boolean {
  const own = table.columns.filter(({ references }) => references?.table === table.name);
  if (own.length === 0) return false;
  const isFilled = own.map(({ name }) => `${quoteName(name)} IS NOT NULL`).join(" OR ");
  return database.prepare(
    `SELECT 1 FROM ${quoteName(table.name)} WHERE ${idExpression(table, "")} IN (SELECT value FROM json_each(?)) ` +
      `AND (${isFilled}) LIMIT 1`,
  ).get(JSON.stringify(ids)) !== undefined;
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

/** One entry for each object, that has all its values. */
function logManyDeletions(
  { database, model, layout }: WriteContext,
  log: ChangeEntries,
  objects: readonly { readonly class: ClassCode; readonly id: ObjectId }[],
): void {
  for (const [code, group] of Map.groupBy(objects, (one) => one.class)) {
    const read = database.prepare(deletedValuesOf({ model, layout }, code));
    for (let start = 0; start < group.length; start += READ_TOGETHER) {
      const ids = group.slice(start, start + READ_TOGETHER).map(({ id }) => id);
      for (const row of read.all(JSON.stringify(ids))) {
        const oldValue = String(row["value"]);
        const objectId = row["id"] as ObjectId;
        log.add({ operation: "delete", class: code, objectId, attribute: null, oldValue, newValue: null });
      }
    }
  }
}

function isAnyLeft(database: Database, table: Table, ids: readonly ObjectId[]): boolean {
  const id = idExpression(table, "");
  const left = database.prepare(
    `SELECT ${id} FROM ${quoteName(table.name)} WHERE ${id} IN (SELECT value FROM json_each(?)) LIMIT 1`,
  );
  return left.get(JSON.stringify(ids)) !== undefined;
}

function logDeletion(context: WriteContext, log: ChangeEntries, code: ClassCode, objectId: ObjectId): void {
  const { database, model, layout } = context;
  const table = layout.tableOf(code);
  const modelClass = classOf(model, code);
  const date = dateAttribute(layout, modelClass);
  const attributes: readonly Attribute[] = [
    ...[...modelClass.attributes.values()].filter(isColumn),
    ...date === null ? [] : [date],
  ];
  const columns = attributes.map(({ code: name }, index) =>
    `${quoteName(writtenColumn(layout, modelClass, name))} AS v${index}`
  );
  const row = database.prepare(
    `SELECT ${[idExpression(table, ""), ...columns].join(", ")} FROM ${quoteName(table.name)} WHERE ${
      hasId(table, "", "?")
    }`,
  ).get(objectId);
  if (row === undefined) return;
  let isEmpty = true;
  attributes.forEach((attribute, index) => {
    const value = row[`v${index}`] ?? null;
    if (value === null || value === "") return;
    isEmpty = false;
    const oldValue = loggedValue(attribute, value);
    log.add({ operation: "delete", class: code, objectId, attribute: attribute.code, oldValue, newValue: null });
  });
  if (isEmpty) log.addObjects("delete", code, [objectId]);
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
