/** Tells overlays from model files, which `model check` both takes. */
import { ATTRIBUTE_OVERLAY_SCHEMA, CLASS_OVERLAY_SCHEMA, OVERLAY_SCHEMA } from "../checks/check_overlay_shape.ts";
import { ATTRIBUTE_SCHEMA, CLASS_SCHEMA, MODEL_SCHEMA } from "../checks/check_model_shape.ts";
import { isObject, type Schema } from "../checks/check_shape.ts";
import { parseModelText } from "../file/parse_model_text.ts";

/** A text that is neither is none. @param isForDatabase it was given for a database, for which no model file is */
export function isOverlayText(text: string, isForDatabase: boolean): boolean {
  const parsed = parseModelText(text);
  if (!parsed.ok || !isObject(parsed.value) || !isObject(parsed.value["classes"])) return false;
  if (hasAny(parsed.value, onlyIn(MODEL_SCHEMA, OVERLAY_SCHEMA))) return false;
  return isForDatabase || !Object.values(parsed.value["classes"]).some(isOfModel);
}

/** Whether what is said of a class can only stand in a model file. */
function isOfModel(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  if (hasAny(entry, onlyIn(CLASS_SCHEMA, CLASS_OVERLAY_SCHEMA))) return true;
  const attributes = isObject(entry["attributes"]) ? Object.values(entry["attributes"]) : [];
  return attributes.some((attribute) => isObject(attribute) && isAttributeOfModel(attribute));
}

function isAttributeOfModel(entry: { readonly [name: string]: unknown }): boolean {
  if (hasAny(entry, onlyIn(ATTRIBUTE_SCHEMA, ATTRIBUTE_OVERLAY_SCHEMA))) return true;
  const kinds = ATTRIBUTE_SCHEMA.properties?.["kind"]?.enum ?? [];
  const kindsHere = ATTRIBUTE_OVERLAY_SCHEMA.properties?.["kind"]?.enum ?? [];
  return kinds.includes(entry["kind"]) && !kindsHere.includes(entry["kind"]);
}

function onlyIn(one: Schema, other: Schema): readonly string[] {
  return Object.keys(one.properties ?? {}).filter((name) => !Object.hasOwn(other.properties ?? {}, name));
}

function hasAny(object: { readonly [name: string]: unknown }, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(object, name));
}
