/** Whether a run identifies objects as their class does: only then is it told that an object matches which the user may not see. */
import type { ColumnPlan, ReconciliationKey } from "../columns/plan.ts";
import type { AttributeCode, ModelClass } from "../model/model.ts";

/**
 * Whether the keys of the run are the class's own, from the first one on: all of them, or as many as the file has of the front ones. With
 * any other the answer would tell whoever tries values one after another what a hidden object has in that very attribute.
 */
export function areOwnKeys({ class: modelClass, keys }: ColumnPlan): boolean {
  const own = [...new Set(modelClass.reconciliationKeys.map((code) => codeOfOwn(modelClass, code)))];
  const used = new Set(keys.map(codeOfKey));
  return used.size > 0 && used.size <= own.length && own.slice(0, used.size).every((code) => used.has(code));
}

/** What a key of a run is compared with. */
export function codeOfKey(key: ReconciliationKey): AttributeCode {
  if (key.kind === "id") return "id";
  return key.kind === "attribute" ? key.attribute.code : key.columns.key.code;
}

/** An external field that a class lists stands for its external key. */
export function codeOfOwn(modelClass: ModelClass, code: AttributeCode): AttributeCode {
  const attribute = modelClass.attributes.get(code);
  return attribute?.kind === "external_field" ? attribute.key : code;
}
