/** Since when an object is obsolete. */
import { isColumn } from "../../model/look_up.ts";
import type { Attribute, AttributeCode, ModelClass, StoredValue } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";

/** The attribute whose value makes objects of the class obsolete; null when no date is kept. */
export function watchedAttribute(layout: Layout, modelClass: ModelClass): AttributeCode | null {
  const watched = modelClass.obsoleteWhen?.attribute;
  if (watched === undefined || layout.tableOf(modelClass.code).obsolescenceDate === null) return null;
  const attribute = modelClass.attributes.get(watched);
  return attribute !== undefined && isColumn(attribute) ? watched : null;
}

/**
 * What is to be stored when the watched attribute is written.
 * @param today `Y-m-d`
 */
export function obsolescenceDate(modelClass: ModelClass, watchedValue: StoredValue, today: string): string | null {
  return watchedValue === modelClass.obsoleteWhen?.value ? today : null;
}

/** The attribute that tells the date; null: the class has none, or no date is kept. */
export function dateAttribute(layout: Layout, modelClass: ModelClass): Attribute | null {
  if (layout.tableOf(modelClass.code).obsolescenceDate === null) return null;
  return [...modelClass.attributes.values()].find(({ kind }) => kind === "obsolescence_date") ?? null;
}

/** The column that holds what may be written of an attribute: also the date, which only the taking back of a run gives. */
export function writtenColumn(layout: Layout, modelClass: ModelClass, attribute: AttributeCode): string {
  const { obsolescenceDate: date } = layout.tableOf(modelClass.code);
  const isDate = date !== null && modelClass.attributes.get(attribute)?.kind === "obsolescence_date";
  return isDate ? date : layout.columnOf(modelClass.code, attribute).name;
}
