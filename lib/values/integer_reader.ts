/** Whole numbers of 32 bits. */
import type { IntegerAttribute } from "../model/model.ts";
import { accepted, identical, isEmpty, keyOf, noValue, refused, refusedNumber } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

const LEAST = -2147483648;
const MOST = 2147483647;
/** Zeros behind a point are no loss (SPEC 14, Numbers). */
const WHOLE_NUMBER = /^[+-]?[0-9]+(?:\.0+)?$/;

/** A sign and digits, nothing else: no blank, no exponent, no decimals but zeros. `007` is 7, and so is `7.0`. */
export function integerReader(attribute: IntegerAttribute): ValueReader {
  const reader: ValueReader = {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : parseInteger(cell),
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value) => value,
  };
  return reader;
}

function parseInteger(text: string): ParsedValue {
  if (!WHOLE_NUMBER.test(text)) return refusedNumber(text, "integer");
  const value = Number(text);
  if (value < LEAST || value > MOST) {
    return refused({ kind: "out_of_range", found: text, least: String(LEAST), most: String(MOST) });
  }
  // "-0" is 0.
  return accepted(value === 0 ? 0 : value);
}
