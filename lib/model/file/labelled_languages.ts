/** In which of its languages a model says anything: people of the others see the labels of its first one. */
import type { Attribute, LanguageCode, Model } from "../model.ts";
import { GENERATED_WORDS } from "./labels.ts";

/** In the order of the model. */
export function labelledLanguages(model: Model): readonly LanguageCode[] {
  return model.languages.filter((language) => hasLabels(model, language));
}

/** Whether a class or an attribute bears a label that its author wrote in this language. */
export function hasLabels({ classes }: Model, language: LanguageCode): boolean {
  return [...classes.values()].some(({ labels, attributes }) =>
    labels.has(language) ||
    [...attributes.values()].some((attribute) => attribute.labels.has(language) && !hasWordsOfOurs(attribute))
  );
}

/** The program has words of its own for these, in all English and French. */
function hasWordsOfOurs({ code, kind }: Attribute): boolean {
  return kind === "external_field" || Object.hasOwn(GENERATED_WORDS, code);
}
