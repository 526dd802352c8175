/** Which columns stand behind the values of attributes, so that one knows what may have changed them. */
import { classOf, isColumn } from "../model/look_up.ts";
import type { AttributeCode, Model, ModelClass } from "../model/model.ts";

/** As `Root.column`: those of the objects of a class, and of others that are shown by them. */
export function columnsBehind(
  model: Model,
  searched: ModelClass,
  attributes: readonly (AttributeCode | "id")[],
): ReadonlySet<string> {
  const columns = new Set<string>();
  const seen = new Set<string>();
  const visit = (modelClass: ModelClass, code: AttributeCode): void => {
    const place = `${modelClass.code}.${code}`;
    const attribute = modelClass.attributes.get(code);
    if (attribute === undefined || seen.has(place)) return;
    seen.add(place);
    if (isColumn(attribute)) columns.add(`${modelClass.root}.${code}`);
    if (attribute.kind === "external_field") {
      visit(modelClass, attribute.key);
      const key = modelClass.attributes.get(attribute.key);
      if (key?.kind === "external_key" && attribute.attribute !== "id") {
        visitAll(classOf(model, key.target), attribute.attribute);
      }
    } else if (attribute.kind === "friendly_name") {
      for (const part of modelClass.friendlyName) if ("attribute" in part) visit(modelClass, part.attribute);
    } else if (attribute.kind === "obsolescence_flag" || attribute.kind === "obsolescence_date") {
      if (modelClass.obsoleteWhen !== null) visit(modelClass, modelClass.obsoleteWhen.attribute);
    }
  };
  /** As an object of any of its real classes has it. */
  const visitAll = (modelClass: ModelClass, code: AttributeCode): void => {
    visit(modelClass, code);
    for (const real of modelClass.concreteClasses) visit(classOf(model, real), code);
  };
  for (const code of attributes) if (code !== "id") visitAll(searched, code);
  return columns;
}
