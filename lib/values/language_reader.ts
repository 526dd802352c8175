/** Languages of the model, by code. */
import type { LanguageAttribute, Model } from "../model/model.ts";
import { accepted, identical, isEmpty, keyOf, notAllowed, noValue } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

export function languageReader(attribute: LanguageAttribute, model: Model): ValueReader {
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      return model.languages.includes(cell) ? accepted(cell) : notAllowed(cell, model.languages);
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value ?? "",
  };
  return reader;
}
