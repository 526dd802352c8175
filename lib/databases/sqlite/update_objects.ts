/** Updating objects, and what the change log is told of it. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import type { ObjectUpdate, ValueChange } from "../../store/objects.ts";
import { writtenColumn } from "../sql/obsolescence.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";
import { doneNow } from "../shared/steps.ts";
import { dateChange, isLost } from "../writes/update_entries.ts";
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
  const date = doneNow(dateChange(context, context.today, update, () => storedDate(database, layout, update)));
  if (date !== null && table.obsolescenceDate !== null) {
    columns.push(table.obsolescenceDate);
    values.push(date.newValue);
  }
  const assignments = columns.map((column) => `${quoteName(column)} = ?`).join(", ");
  const written = database.prepare(
    `UPDATE ${quoteName(table.name)} SET ${assignments} WHERE ${hasId(table, "", "?")}`,
  ).run(...values, id);
  if (written === 0) throw new NothingWritten();
  return isLost(date) ? date : null;
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

function storedDate(database: Database, layout: Layout, { class: code, id }: ObjectUpdate): StoredValue {
  const table = layout.tableOf(code);
  const row = database.prepare(
    `SELECT ${quoteName(table.obsolescenceDate ?? "")} AS date FROM ${quoteName(table.name)} WHERE ${
      hasId(table, "", "?")
    }`,
  ).get(id);
  return row?.["date"] ?? null;
}
