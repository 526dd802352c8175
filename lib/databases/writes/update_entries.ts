/** What an update does to the date since when an object is obsolete, and what the log is told of updates. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { Model, StoredValue } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import { loggedValue } from "../../store/logged_value.ts";
import type { LoggedChange, ObjectUpdate, ValueChange } from "../../store/objects.ts";
import { dateAttribute, obsolescenceDate, watchedAttribute } from "../sql/obsolescence.ts";
import { answered, type Later, type Steps } from "../shared/steps.ts";
import type { ChangeEntries } from "./change_entries.ts";

/**
 * What the watched attribute's new value means to the date; null: it has none, or the date is given besides.
 * @param today `Y-m-d` @param storedDate reads the date of the object
 */
export function* dateChange(
  { model, layout }: Mapping,
  today: string,
  update: ObjectUpdate,
  storedDate: () => Later<StoredValue>,
): Steps<ValueChange | null> {
  const modelClass = classOf(model, update.class);
  const watched = watchedAttribute(layout, modelClass);
  const change = update.changes.find(({ attribute }) => attribute === watched);
  const date = change === undefined ? null : dateAttribute(layout, modelClass);
  if (change === undefined || date === null) return null;
  if (update.changes.some(({ attribute }) => attribute === date.code)) return null;
  const newValue = obsolescenceDate(modelClass, change.newValue, today);
  const wasObsolete = change.oldValue === modelClass.obsoleteWhen?.value;
  return { attribute: date.code, oldValue: wasObsolete ? yield* answered(storedDate()) : null, newValue };
}

/** Whether a date is lost by such a change: that is told. */
export function isLost(date: ValueChange | null): date is ValueChange {
  return date !== null && date.oldValue !== null && date.oldValue !== date.newValue;
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
