/** What a condition of a search compares, when it is text. */
import { attributeOf, finalAttribute, isColumn } from "../../model/look_up.ts";
import type { AttributeCode, ModelClass } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";

/** Whether a text is null where an external key on the way to it is none: views show it empty, and so it is found by the empty text. */
export function mayLackText({ model, layout }: Mapping, modelClass: ModelClass, code: AttributeCode | "id"): boolean {
  if (code === "id" || isColumn(attributeOf(modelClass, code))) return false;
  const { class: owner, attribute } = finalAttribute(model, modelClass, code);
  if (attribute === "id" || attribute.kind === "friendly_name" && attribute.code === code) return false;
  return isColumn(attribute) ? layout.columnOf(owner.code, attribute.code).emptyIsText : true;
}

export function ignoresCaseOf({ model, layout }: Mapping, modelClass: ModelClass, code: AttributeCode | "id"): boolean {
  const { class: owner, attribute } = finalAttribute(model, modelClass, code);
  if (attribute === "id") return false;
  return isColumn(attribute)
    ? layout.columnOf(owner.code, attribute.code).ignoresCase
    : attribute.kind === "friendly_name";
}
