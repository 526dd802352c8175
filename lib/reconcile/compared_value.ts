/** The form of a value by which searches compare it. */
import { comparedForm, exactForm } from "../compared_text.ts";
import { isColumn, isText } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../model/model.ts";

/** Values are equal when searches take them to be. */
export function comparedValue(
  target: ModelClass,
  code: AttributeCode,
  value: StoredValue | undefined,
): StoredValue {
  const attribute = target.attributes.get(code);
  if (typeof value !== "string" || attribute === undefined || !isColumn(attribute)) return value ?? null;
  return !isText(attribute) || attribute.countsCase ? exactForm(value) : comparedForm(value);
}
