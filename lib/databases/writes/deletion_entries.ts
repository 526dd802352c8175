/** What the log is told of a deleted object, attribute by attribute. */
import { isColumn } from "../../model/look_up.ts";
import type { Attribute, ClassCode, ModelClass, StoredValue } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import { loggedValue } from "../../store/logged_value.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { dateAttribute } from "../sql/obsolescence.ts";
import type { ChangeEntries } from "./change_entries.ts";

/** All that an object of the class may lose. */
export function lostAttributes(layout: Layout, modelClass: ModelClass): readonly Attribute[] {
  const date = dateAttribute(layout, modelClass);
  return [...[...modelClass.attributes.values()].filter(isColumn), ...date === null ? [] : [date]];
}

/** @param values one for each attribute */
export function logDeletedObject(
  log: ChangeEntries,
  code: ClassCode,
  objectId: ObjectId,
  attributes: readonly Attribute[],
  values: readonly (StoredValue | undefined)[],
): void {
  let isEmpty = true;
  attributes.forEach((attribute, index) => {
    const value = values[index] ?? null;
    if (value === null || value === "") return;
    isEmpty = false;
    const oldValue = loggedValue(attribute, value);
    log.add({ operation: "delete", class: code, objectId, attribute: attribute.code, oldValue, newValue: null });
  });
  if (isEmpty) log.addObjects("delete", code, [objectId]);
}
