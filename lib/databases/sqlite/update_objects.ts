/** Updating objects, and what the change log is told of it. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { Model, StoredValue } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import { loggedValue } from "../../store/logged_value.ts";
import type { LoggedChange, ObjectUpdate, ValueChange } from "../../store/objects.ts";
import { dateAttribute, obsolescenceDate, watchedAttribute, writtenColumn } from "../sql/obsolescence.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { NothingWritten } from "./sqlite_refusal.ts";
import type { WriteContext } from "./write_context.ts";

/** Updates an object; the log is not told. @returns the date that is lost since when it was obsolete; null: none is */
export function updateObject(context: WriteContext, update: ObjectUpdate): ValueChange | null {
  const { class: code, id, changes } = update;
  if (changes.length === 0) return null;
  const { database, model, layout } = context;
  const table = layout.tableOf(code);
  const modelClass = classOf(model, code);
  const columns = changes.map(({ attribute }) => writtenColumn(layout, modelClass, attribute));
  const values: StoredValue[] = changes.map(({ newValue }) => newValue);
  const date = dateChange(context, update);
  if (date !== null && table.obsolescenceDate !== null) {
    columns.push(table.obsolescenceDate);
    values.push(date.newValue);
  }
  const assignments = columns.map((column) => `${quoteName(column)} = ?`).join(", ");
  const written = database.prepare(
    `UPDATE ${quoteName(table.name)} SET ${assignments} WHERE ${hasId(table, "", "?")}`,
  ).run(...values, id);
  if (written === 0) throw new NothingWritten();
  return date === null || date.oldValue === null || date.oldValue === date.newValue ? null : date;
}

/** Fewer are updated one by one. */
const FEW = 8;

/**
 * Fills external keys of many objects with one statement: else SQLite keeps the page of each object, in case that the key refers to nothing.
 * @param updates of which all or none is unlogged
 * @returns whether they were updated; false: they are not alike, or change something else
 */
export function updateTogether({ database, model, layout }: WriteContext, updates: readonly ObjectUpdate[]): boolean {
  const [first] = updates;
  if (first === undefined || updates.length < FEW || first.isUnlogged !== true) return false;
  const table = layout.tableOf(first.class);
  if (table.key.length > 1 || !updates.every((one) => areAlike(one, first))) return false;
  const modelClass = classOf(model, first.class);
  const codes = first.changes.map(({ attribute }) => attribute);
  if (codes.some((code) => attributeOf(modelClass, code).kind !== "external_key")) return false;
  const columns = codes.map((code) => quoteName(writtenColumn(layout, modelClass, code)));
  const assignments = columns.map((column, index) => `${column} = given.value ->> ${index + 1}`).join(", ");
  const name = quoteName(table.name);
  const written = database.prepare(
    `UPDATE ${name} SET ${assignments} FROM json_each(?) AS given WHERE ${
      idExpression(table, `${name}.`)
    } = given.value ->> 0`,
  ).run(JSON.stringify(updates.map(({ id, changes }) => [id, ...changes.map(({ newValue }) => newValue)])));
  if (written < updates.length) throw new NothingWritten();
  return true;
}

function areAlike(one: ObjectUpdate, other: ObjectUpdate): boolean {
  return one.class === other.class && one.changes.length === other.changes.length &&
    one.changes.every(({ attribute }, index) => attribute === other.changes[index]?.attribute);
}

/** What the watched attribute's new value means to the date; null: it has none, or the date is given besides. */
function dateChange({ database, model, layout, today }: WriteContext, update: ObjectUpdate): ValueChange | null {
  const modelClass = classOf(model, update.class);
  const watched = watchedAttribute(layout, modelClass);
  const change = update.changes.find(({ attribute }) => attribute === watched);
  const date = change === undefined ? null : dateAttribute(layout, modelClass);
  if (change === undefined || date === null) return null;
  if (update.changes.some(({ attribute }) => attribute === date.code)) return null;
  const newValue = obsolescenceDate(modelClass, change.newValue, today);
  const wasObsolete = change.oldValue === modelClass.obsoleteWhen?.value;
  return { attribute: date.code, oldValue: wasObsolete ? storedDate(database, layout, update) : null, newValue };
}

function storedDate(database: Database, layout: Layout, { class: code, id }: ObjectUpdate): StoredValue {
  const table = layout.tableOf(code);
  const row = database.prepare(
    `SELECT ${quoteName(table.obsolescenceDate ?? "")} AS date FROM ${quoteName(table.name)} WHERE ${
      hasId(table, "", "?")
    }`,
  ).get(id);
  return row?.["date"] ?? null;
}

/** Each changed attribute is one entry of the log. */
export function logUpdate(model: Model, log: ChangeEntries, { class: code, id, changes }: ObjectUpdate): void {
  for (const change of changes) logChange(model, log, { ...change, class: code, id });
}

/** Logs a changed attribute, be it a column or a link set. */
export function logChange(
  model: Model,
  log: ChangeEntries,
  { class: code, id, attribute: name, oldValue, newValue }: LoggedChange,
): void {
  const attribute = attributeOf(classOf(model, code), name);
  log.add({
    operation: "update",
    class: code,
    objectId: id,
    attribute: name,
    oldValue: loggedValue(attribute, oldValue),
    newValue: loggedValue(attribute, newValue),
  });
}
