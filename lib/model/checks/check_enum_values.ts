/** The values of an enum: each code, and in each language each label, stands for one value. */
import type { CheckContext, WrittenAttribute } from "./check_context.ts";
import { itemPath, propertyPath } from "../file/json_path.ts";
import { foldCase, labelIn } from "../look_up.ts";
import type { Attribute, EnumValue } from "../model.ts";

export function checkEnumValues(context: CheckContext, written: WrittenAttribute, attribute: Attribute): void {
  const values = written.entry.values;
  if (attribute.kind !== "enum" || values === undefined) return;
  const path = `${written.path}.values`;
  const codes = new Map<string, string>();
  for (const [index, value] of attribute.values.entries()) {
    const at = Array.isArray(values) ? itemPath(path, index) : propertyPath(path, value.code);
    const first = codes.get(foldCase(value.code));
    if (first === undefined) codes.set(foldCase(value.code), value.code);
    else context.report({ kind: "repeated_value", path: at, found: value.code, first });
    if (first === undefined) checkLabel(context, at, value, attribute.values.slice(0, index));
  }
}

/** Reports the first language in which the value has the label of an earlier one. */
function checkLabel(context: CheckContext, path: string, value: EnumValue, earlier: readonly EnumValue[]): void {
  for (const language of context.model.languages) {
    const found = labelIn(value.labels, language, context.model, value.code);
    const same = earlier.find((one) => labelIn(one.labels, language, context.model, one.code) === found);
    if (same !== undefined) return context.report({ kind: "repeated_value", path, found, first: same.code });
  }
}
