/** Labels and aliases: from the entries of a model file to maps by language, and the words for attributes that nobody wrote. */
import { labelIn } from "../look_up.ts";
import type { Labels, LanguageCode } from "../model.ts";
import type { AliasesEntry, LabelsEntry } from "./model_file.ts";

/** English and French words: what the program can say by itself. */
export interface Words {
  readonly english: string;
  readonly french: string;
}

export const GENERATED_WORDS = {
  friendlyname: { english: "Full name", french: "Nom complet" },
  obsolescence_flag: { english: "Obsolete", french: "Obsolète" },
  obsolescence_date: { english: "Obsolescence date", french: "Date d'obsolescence" },
} as const satisfies { readonly [code: string]: Words };

const NO_LABELS: Labels = new Map();

/** The first language stands for a text without a language. */
export function labelsOf(entry: LabelsEntry | undefined, languages: readonly LanguageCode[]): Labels {
  if (entry === undefined) return NO_LABELS;
  if (typeof entry === "string") return new Map([[languages[0] ?? "", entry]]);
  return new Map(Object.entries(entry));
}

/** Aliases by language. */
export function aliasesOf(
  entry: AliasesEntry | undefined,
  languages: readonly LanguageCode[],
): ReadonlyMap<LanguageCode, readonly string[]> {
  if (entry === undefined) return new Map();
  if (isList(entry)) return new Map([[languages[0] ?? "", entry]]);
  return new Map(Object.entries(entry));
}

function isList(entry: AliasesEntry): entry is readonly string[] {
  return Array.isArray(entry);
}

/** What a subclass says over what its parent says, language by language. */
export function mergeByLanguage<T>(
  parent: ReadonlyMap<LanguageCode, T>,
  own: ReadonlyMap<LanguageCode, T>,
): ReadonlyMap<LanguageCode, T> {
  return own.size === 0 ? parent : new Map([...parent, ...own]);
}

/**
 * Words for each English and French language of a model. A model whose first language is neither gets English there, so that
 * every language has something better than a code.
 */
export function labelsFromWords(words: Words, languages: readonly LanguageCode[]): Labels {
  const labels = new Map<LanguageCode, string>();
  for (const [index, language] of languages.entries()) {
    if (language.startsWith("FR ")) labels.set(language, words.french);
    else if (index === 0 || language.startsWith("EN ")) labels.set(language, words.english);
  }
  return labels;
}

/** `Organization->Obsolete`: the label of an attribute behind a key, in every language in which either has a label. */
export function joinLabels(
  key: { readonly labels: Labels; readonly code: string },
  remote: { readonly labels: Labels; readonly code: string },
  languages: readonly LanguageCode[],
): Labels {
  const labels = new Map<LanguageCode, string>();
  for (const language of languages) {
    if (!key.labels.has(language) && !remote.labels.has(language)) continue;
    const left = labelIn(key.labels, language, { languages }, key.code);
    labels.set(language, `${left}->${labelIn(remote.labels, language, { languages }, remote.code)}`);
  }
  return labels;
}
