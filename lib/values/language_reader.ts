/** Languages of the model, by code. */
import type { LanguageAttribute, Model } from "../model/model.ts";
import { wordsInAnyCase } from "./any_case.ts";
import { accepted, identical, isEmpty, keyOf, notAllowed, noValue } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

/** In any case. */
export function languageReader(attribute: LanguageAttribute, model: Model): ValueReader {
  const indexOf = wordsInAnyCase(model.languages);
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      const language = model.languages[indexOf(cell) ?? -1];
      return language === undefined ? notAllowed(cell, model.languages) : accepted(language);
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value ?? "",
  };
  return reader;
}
