/** What an object starts from. */
import { isColumn } from "./look_up.ts";
import type { Attribute, AttributeCode, BytesAttribute, ColumnAttribute, ModelClass, StoredValue } from "./model.ts";

/** The value of an attribute that is not given: text is empty, everything else without a default is null. */
export function defaultOf(attribute: ColumnAttribute | BytesAttribute): StoredValue {
  switch (attribute.kind) {
    case "bytes":
    case "external_key":
      return null;
    case "password":
    case "case_log":
      return "";
    default:
      return attribute.default;
  }
}

/** Whether a new object must have a value of the attribute, and has none unless it is given; bytes never are. */
export function mustBeGiven(attribute: Attribute): attribute is ColumnAttribute | BytesAttribute {
  if (!isColumn(attribute) && attribute.kind !== "bytes") return false;
  const { nullAllowed, filledByDatabase, isGenerated } = attribute;
  if (nullAllowed || filledByDatabase === true || isGenerated === true) return false;
  return (defaultOf(attribute) ?? "") === "";
}

/** The values of a new object by attribute, in the class's order: its defaults, and what is given over them. */
export function newValues(
  modelClass: ModelClass,
  given: Readonly<Record<AttributeCode, StoredValue>>,
): ReadonlyMap<AttributeCode, StoredValue> {
  const columns = [...modelClass.attributes.values()].filter(isColumn);
  return new Map(columns.map((attribute) => [attribute.code, given[attribute.code] ?? defaultOf(attribute)]));
}
