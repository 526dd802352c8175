/** Updating and deleting objects. */
import { attributeOf, classOf, isColumn } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass, StoredValue } from "../../model/model.ts";
import type { LoggedChange, ObjectUpdate } from "../../store/objects.ts";
import type { Row } from "./connection.ts";
import { loggedValue } from "../../store/logged_value.ts";
import { obsolescenceDate, watchedAttribute } from "../sql/obsolescence.ts";
import { quoteName } from "../sql/sql_text.ts";
import { columnName, OBSOLESCENCE_DATE, tableOf } from "../sql/own_layout.ts";
import type { WriteContext } from "./write_context.ts";

/** Updates an object; each changed attribute is one entry of the log. */
export function updateObject(context: WriteContext, { class: code, id, changes }: ObjectUpdate): void {
  if (changes.length === 0) return;
  const { database, model } = context;
  const modelClass = classOf(model, code);
  const columns = changes.map(({ attribute }) => columnName(model, code, attribute));
  const values: StoredValue[] = changes.map(({ newValue }) => newValue);
  const watched = watchedAttribute(model, modelClass);
  const watchedChange = changes.find(({ attribute }) => attribute === watched);
  if (watchedChange !== undefined) {
    columns.push(OBSOLESCENCE_DATE);
    values.push(obsolescenceDate(modelClass, watchedChange.newValue, context.today));
  }
  const assignments = columns.map((column) => `${quoteName(column)} = ?`).join(", ");
  database.prepare(`UPDATE ${quoteName(tableOf(model, code).name)} SET ${assignments} WHERE "id" = ?`).run(
    ...values,
    id,
  );
  for (const change of changes) logChange(context, { ...change, class: code, id });
}

/** Logs a changed attribute, be it a column or a link set. */
export function logChange(context: WriteContext, { class: code, id, attribute: name, ...change }: LoggedChange): void {
  const attribute = attributeOf(classOf(context.model, code), name);
  context.log?.add({
    operation: "update",
    class: code,
    objectId: id,
    attribute: name,
    oldValue: loggedValue(attribute, change.oldValue),
    newValue: loggedValue(attribute, change.newValue),
  });
}

/**
 * Deletes objects of exactly this class; each attribute that is not empty is one entry of the log. What SQLite deletes along with
 * them, by `ON DELETE CASCADE`, is not logged.
 */
export function deleteObjects(context: WriteContext, code: ClassCode, ids: readonly number[]): void {
  const { database, model } = context;
  const modelClass = classOf(model, code);
  const table = quoteName(tableOf(model, code).name);
  const attributes = [...modelClass.attributes.values()].filter(isColumn).map((attribute) => attribute.code);
  const columns = attributes.map((attribute, index) => `${quoteName(columnName(model, code, attribute))} AS v${index}`);
  const read = database.prepare(`SELECT ${["id", ...columns].join(", ")} FROM ${table} WHERE "id" = ?`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE "id" = ?`);
  for (const id of ids) {
    const row = read.get(id);
    if (row === undefined) continue;
    remove.run(id);
    logDeletion(context, modelClass, id, attributes, row);
  }
}

function logDeletion(
  context: WriteContext,
  modelClass: ModelClass,
  objectId: number,
  attributes: readonly AttributeCode[],
  row: Row,
): void {
  let isEmpty = true;
  attributes.forEach((name, index) => {
    const value = row[`v${index}`] ?? null;
    if (value === null || value === "") return;
    isEmpty = false;
    const oldValue = loggedValue(attributeOf(modelClass, name), value);
    context.log?.add({
      operation: "delete",
      class: modelClass.code,
      objectId,
      attribute: name,
      oldValue,
      newValue: null,
    });
  });
  if (isEmpty) context.log?.addObjects("delete", modelClass.code, [objectId]);
}
