/** The friendly name that an object is going to have, as far as what is written tells it. */
import { isColumn, isOneLineText } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../model/model.ts";

export interface PlannedName {
  /** What the name begins with. */
  readonly known: string;
  /** It is the whole name. */
  readonly isWhole: boolean;
}

/**
 * Parts are known that are texts of the object's own.
 * @param modelClass the object's real class
 * @param valueOf what its attributes are going to hold
 */
export function plannedName(modelClass: ModelClass, valueOf: (code: AttributeCode) => StoredValue): PlannedName {
  let known = "";
  for (const part of modelClass.friendlyName) {
    if ("text" in part) {
      known += part.text;
      continue;
    }
    const attribute = modelClass.attributes.get(part.attribute);
    if (attribute === undefined || !isColumn(attribute) || !isOneLineText(attribute)) return { known, isWhole: false };
    known += String(valueOf(attribute.code) ?? "");
  }
  return { known, isWhole: true };
}
