/** What a model says of classes, looked at in a moment: the checks of a model file take longer than all else that a run does first. */
import type { Attribute, ClassCode, Model } from "../model.ts";

/** @throws Error when the model names a class that it does not have */
export function requireNamedClasses(model: Model): void {
  for (const code of namedClasses(model)) {
    if (!model.classes.has(code)) throw new Error(`the model has no class ${code}`);
  }
}

function namedClasses({ classes, profiles, organizations }: Model): ReadonlySet<ClassCode> {
  const named = new Set(profiles.flatMap(({ bulkWrite }) => bulkWrite));
  if (organizations !== null) named.add(organizations.class);
  for (const { parent, attributes } of classes.values()) {
    if (parent !== null) named.add(parent);
    for (const attribute of attributes.values()) for (const code of classesOf(attribute)) named.add(code);
  }
  return named;
}

function classesOf(attribute: Attribute): readonly ClassCode[] {
  switch (attribute.kind) {
    case "external_key":
      return [attribute.target];
    case "link_set":
      return [attribute.linkClass];
    case "object_list":
      return [attribute.listedClass];
    default:
      return [];
  }
}
