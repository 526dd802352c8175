/** Labels of external fields that have none of their own: `Organization->Obsolete`, from the key's and the target's labels. */
import { joinLabels } from "./labels.ts";
import type { Attribute, ExternalFieldAttribute, Labels, LanguageCode } from "../model.ts";

/** Attributes of a class by their code; undefined: there is no such class. */
export type AttributesOf = (classCode: string) => ReadonlyMap<string, Attribute> | undefined;

/**
 * The field with labels that are joined when somebody asks for them: all classes are there by then.
 * @param owner the class that has the field
 * @param own labels that win
 */
export function withDerivedLabels(
  owner: string,
  field: ExternalFieldAttribute,
  own: Labels,
  attributesOf: AttributesOf,
  languages: readonly LanguageCode[],
): ExternalFieldAttribute {
  let labels: Map<LanguageCode, string> | null = null;
  return {
    ...field,
    get labels(): Labels {
      if (labels !== null) return labels;
      // Noted before it is filled: fields that stand for each other in a circle end here.
      labels = new Map();
      for (const [language, label] of joinedLabels(owner, field, attributesOf, languages)) labels.set(language, label);
      for (const [language, label] of own) labels.set(language, label);
      return labels;
    },
  };
}

function joinedLabels(
  owner: string,
  field: ExternalFieldAttribute,
  attributesOf: AttributesOf,
  languages: readonly LanguageCode[],
): Labels {
  const key = attributesOf(owner)?.get(field.key);
  const remote = key?.kind === "external_key" ? attributesOf(key.target)?.get(field.attribute) : undefined;
  return key === undefined || remote === undefined ? new Map() : joinLabels(key, remote, languages);
}
