/** The words for yes and no. */
import type { LanguageCode } from "../model/model.ts";

/** What is taken whatever the language, as in parameters: the words for yes and no, in pairs. */
export const EVERY_LANGUAGE: readonly (readonly [string, string])[] = [
  ["yes", "no"],
  ["true", "false"],
  ["t", "f"],
  ["y", "n"],
  ["1", "0"],
  ["on", "off"],
];

/** The labels by the first part of a language's code, in the languages of iTop and their neighbours. */
const LABELS: Readonly<Record<string, readonly [string, string]>> = {
  cs: ["ano", "ne"],
  da: ["ja", "nej"],
  de: ["ja", "nein"],
  es: ["sí", "no"],
  fi: ["kyllä", "ei"],
  fr: ["oui", "non"],
  hu: ["igen", "nem"],
  it: ["sì", "no"],
  ja: ["はい", "いいえ"],
  nl: ["ja", "nee"],
  pl: ["tak", "nie"],
  pt: ["sim", "não"],
  ru: ["да", "нет"],
  sk: ["áno", "nie"],
  sv: ["ja", "nej"],
  tr: ["evet", "hayır"],
  zh: ["是", "否"],
};

/** The labels of all these languages, in pairs. */
export const EVERY_LABEL: readonly (readonly [string, string])[] = Object.values(LABELS);

/** The labels of a language, as `FR FR`; null: those of English, or nobody knows. */
export function booleanLabels(language: LanguageCode): readonly [string, string] | null {
  return LABELS[language.slice(0, 2).toLowerCase()] ?? null;
}
