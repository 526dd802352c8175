/** What a model says of classes, looked at in a moment: the checks of a model file take longer than all else that a run does first. */
import type { ClassCode, Model } from "../model.ts";
import type { AttributeEntry, ModelFile } from "../file/model_file.ts";

/**
 * @param file as it is written
 * @param model made of it
 * @throws Error when it names a class that it does not have
 */
export function requireNamedClasses(file: ModelFile, model: Model): void {
  for (const code of namedClasses(file, model)) {
    if (!model.classes.has(code)) throw new Error(`the model has no class ${code}`);
  }
}

function namedClasses({ classes }: ModelFile, { profiles, organizations }: Model): ReadonlySet<ClassCode> {
  const named = new Set(profiles.flatMap(({ bulkWrite }) => bulkWrite));
  if (organizations !== null) named.add(organizations.class);
  for (const { parent, attributes } of Object.values(classes)) {
    if (parent !== undefined) named.add(parent);
    for (const attribute of Object.values(attributes ?? {})) {
      const code = classOf(attribute);
      if (code !== undefined) named.add(code);
    }
  }
  return named;
}

function classOf({ target, link_class, listed_class }: AttributeEntry): ClassCode | undefined {
  return target ?? link_class ?? listed_class;
}
