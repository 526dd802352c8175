/** Yes or no. */
import { foldCase } from "../model/look_up.ts";
import type { BooleanAttribute, LanguageCode } from "../model/model.ts";
import { booleanLabels, EVERY_LANGUAGE } from "./boolean_words.ts";
import { accepted, identical, isEmpty, keyOf, noValue, refused } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

type Spellings = ReadonlyMap<string, "yes" | "no">;

/** `yes`, `true`, `t`, `y`, `1` and `on`, their opposites, and the labels of the user's language, in any case (SPEC 16). */
export function booleanReader(attribute: BooleanAttribute, language: LanguageCode): ValueReader {
  const labels = booleanLabels(language);
  const pairs = labels === null ? EVERY_LANGUAGE : [...EVERY_LANGUAGE, labels];
  const spellings = spellingsOf(pairs);
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      const value = spellings.get(cell) ?? spellings.get(foldCase(cell));
      return value === undefined ? refused({ kind: "no_such_spelling", allowed: pairs.flat() }) : accepted(value);
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value ?? "",
  };
  return reader;
}

function spellingsOf(pairs: readonly (readonly [string, string])[]): Spellings {
  const spellings = new Map<string, "yes" | "no">();
  for (const [yes, no] of pairs) {
    spellings.set(foldCase(yes), "yes");
    spellings.set(foldCase(no), "no");
  }
  return spellings;
}
