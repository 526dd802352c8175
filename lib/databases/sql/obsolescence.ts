/** Since when an object is obsolete. */
import { isColumn } from "../../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../../model/model.ts";
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
