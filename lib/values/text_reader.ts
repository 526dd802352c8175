/** Text of every kind: as it comes. */
import { looksSame } from "../compared_text.ts";
import type { Cell } from "../csv/record.ts";
import { isOneLineText } from "../model/look_up.ts";
import type { StoredValue, TextAttribute } from "../model/model.ts";
import { accepted, identical, isEmpty, nothingIn, refused } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

/** Nothing of the text is changed; null is the empty text. Of texts of one line those are the same that look the same. */
export function textReader(attribute: TextAttribute): ValueReader {
  const same = isOneLineText(attribute) ? sameLine : identical;
  return {
    parse: (cell) => parseText(cell, attribute),
    parseKey: (cell) => cell ?? "",
    same,
    report: (value) => value,
  };
}

function sameLine(a: StoredValue, b: StoredValue): boolean {
  return identical(a, b) || (typeof a === "string" && typeof b === "string" && looksSame(a, b));
}

/** The text of a cell, if it is there when it must be and not longer than the attribute allows. */
export function parseText(cell: Cell, attribute: TextAttribute): ParsedValue {
  if (isEmpty(cell)) return attribute.nullAllowed ? accepted("") : refused(nothingIn(attribute));
  const limit = attribute.maxLength;
  // A code point has one or two units, so most texts need no count.
  if (cell.length <= limit) return accepted(cell);
  const found = codePoints(cell);
  return found <= limit ? accepted(cell) : refused({ kind: "too_long", found, limit });
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
