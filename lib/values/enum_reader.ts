/** Enumerations: codes, or labels in the user's language. */
import { labelIn } from "../model/look_up.ts";
import type { EnumAttribute, LanguageCode, Model } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import { accepted, identical, isEmpty, keyOf, notAllowed, noValue, refused } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

/** Exactly a code. */
export function enumCodeReader(attribute: EnumAttribute): ValueReader {
  const codes = new Set(attribute.values.map((value) => value.code));
  return {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      return codes.has(cell) ? accepted(cell) : notAllowed(cell, [...codes]);
    },
    // A code that is not allowed matches nothing; then the check of the value speaks.
    parseKey: (cell) => isEmpty(cell) ? undefined : cell,
    same: identical,
    report: (value) => value ?? "",
  };
}

/** Exactly a label in this language; codes are refused, unless they are written like a label. */
export function enumLabelReader(attribute: EnumAttribute, language: LanguageCode, model: Model): ValueReader {
  const allowed = attribute.values.map((value) => labelIn(value.labels, language, model, value.code));
  const codeOf = (label: string) => attribute.values[allowed.indexOf(label)]?.code;
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      const code = codeOf(cell);
      return code === undefined
        ? refused({ kind: "label_not_allowed", allowed, nearest: nearestName(cell, allowed) })
        : accepted(code);
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value ?? "",
  };
  return reader;
}
