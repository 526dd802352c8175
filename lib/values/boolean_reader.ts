/** Yes or no. */
import type { BooleanAttribute } from "../model/model.ts";
import { accepted, identical, isEmpty, keyOf, noValue, refused } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

const SPELLINGS: ReadonlyMap<string, "yes" | "no"> = new Map([
  ["yes", "yes"],
  ["1", "yes"],
  ["no", "no"],
  ["0", "no"],
]);

/** `yes`, `no`, `1` and `0`, in any case. */
export function booleanReader(attribute: BooleanAttribute): ValueReader {
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      const value = SPELLINGS.get(cell.toLowerCase());
      return value === undefined ? refused({ kind: "no_such_spelling" }) : accepted(value);
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value ?? "",
  };
  return reader;
}
