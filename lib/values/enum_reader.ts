/** Enumerations: codes, or labels in the user's language. */
import { labelIn } from "../model/look_up.ts";
import type { EnumAttribute, LanguageCode, Model } from "../model/model.ts";
import { type WordIndex, wordsInAnyCase } from "./any_case.ts";
import { nearestName } from "../nearest_name.ts";
import { accepted, identical, isEmpty, keyOf, notAllowed, noValue, refused } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

/** A code, in any case. */
export function enumCodeReader(attribute: EnumAttribute): ValueReader {
  const codes = attribute.values.map((value) => value.code);
  const indexOf = wordIndex(attribute, codes);
  const codeOf = (cell: string) => codes[indexOf(cell) ?? -1];
  const found = codes.map(accepted);
  return {
    parse(cell) {
      if (isEmpty(cell)) return nothingOf(attribute);
      return found[indexOf(cell) ?? -1] ?? notAllowed(cell, codes);
    },
    // A code that is not allowed matches nothing; then the check of the value speaks.
    parseKey: (cell) => isEmpty(cell) ? undefined : codeOf(cell) ?? cell,
    same: identical,
    report: (value) => value ?? "",
  };
}

/** In any case, unless two words that differ in nothing else are two. */
function wordIndex({ countsCase }: EnumAttribute, words: readonly string[]): WordIndex {
  if (countsCase !== true) return wordsInAnyCase(words);
  const places = new Map(words.map((word, index) => [word, index]));
  return (typed) => places.get(typed);
}

/** The empty text may be one of the codes. */
function nothingOf(attribute: EnumAttribute): ParsedValue {
  const isCode = !attribute.nullAllowed && attribute.values.some(({ code }) => code === "");
  return isCode ? accepted("") : noValue(attribute);
}

/** A label in this language, in any case; codes are refused, unless they are written like a label. */
export function enumLabelReader(attribute: EnumAttribute, language: LanguageCode, model: Model): ValueReader {
  const allowed = attribute.values.map((value) => labelIn(value.labels, language, model, value.code));
  const indexOf = wordIndex(attribute, allowed);
  const found = attribute.values.map(({ code }) => accepted(code));
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return nothingOf(attribute);
      return found[indexOf(cell) ?? -1] ??
        refused({ kind: "label_not_allowed", allowed, nearest: nearestName(cell, allowed) });
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value ?? "",
  };
  return reader;
}
