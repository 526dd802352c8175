/** Updating objects, and what the change log is told of it. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { Model, StoredValue } from "../../model/model.ts";
import { loggedValue } from "../../store/logged_value.ts";
import type { LoggedChange, ObjectUpdate } from "../../store/objects.ts";
import { obsolescenceDate, watchedAttribute } from "../sql/obsolescence.ts";
import { hasId } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { ChangeEntries } from "./sqlite_change_log.ts";
import { NothingWritten } from "./sqlite_refusal.ts";
import type { WriteContext } from "./write_context.ts";

/** Updates an object; the log is not told. */
export function updateObject(context: WriteContext, { class: code, id, changes }: ObjectUpdate): void {
  if (changes.length === 0) return;
  const { database, model, layout } = context;
  const table = layout.tableOf(code);
  const modelClass = classOf(model, code);
  const columns = changes.map(({ attribute }) => layout.columnOf(code, attribute).name);
  const values: StoredValue[] = changes.map(({ newValue }) => newValue);
  const watched = watchedAttribute(layout, modelClass);
  const watchedChange = changes.find(({ attribute }) => attribute === watched);
  if (watchedChange !== undefined && table.obsolescenceDate !== null) {
    columns.push(table.obsolescenceDate);
    values.push(obsolescenceDate(modelClass, watchedChange.newValue, context.today));
  }
  const assignments = columns.map((column) => `${quoteName(column)} = ?`).join(", ");
  const written = database.prepare(
    `UPDATE ${quoteName(table.name)} SET ${assignments} WHERE ${hasId(table, "", "?")}`,
  ).run(...values, id);
  if (written === 0) throw new NothingWritten();
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
