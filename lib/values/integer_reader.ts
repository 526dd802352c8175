/** Whole numbers of 32 bits, or of 64. */
import type { IntegerAttribute } from "../model/model.ts";
import { areSameNumber, BITS_64, exactInteger } from "../model/exact_number.ts";
import { type NumberSigns, plainNumbers } from "./number_signs.ts";
import { accepted, identical, isEmpty, keyOf, noValue, refused, refusedNumber } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

const LEAST = -2147483648;
const MOST = 2147483647;
/** Zeros behind a point are no loss (SPEC 14, Numbers). */
const WHOLE_NUMBER = /^[+-]?[0-9]+(?:\.0+)?$/;

/**
 * A sign and digits, nothing else: no blank, no exponent, no decimals but zeros. `007` is 7, and so is `7.0`.
 * @param signs with which the file writes numbers; null: digits only
 */
export function integerReader(attribute: IntegerAttribute, signs: NumberSigns | null): ValueReader {
  const isWide = attribute.bits === 64;
  const inRange = isWide ? in64Bits : in32Bits;
  const read = signs === null ? parseInteger(inRange) : withSigns(signs, inRange);
  const reader: ValueReader = {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : read(cell),
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: isWide ? (a, b) => identical(a, b) || areSameNumber(a, b) : identical,
    report: (value) => value,
  };
  return reader;
}

/** @param plain digits @param found as it was typed */
type InRange = (plain: string, found: string) => ParsedValue;

/** Numbers as the file writes them. */
function withSigns(signs: NumberSigns, inRange: InRange): (text: string) => ParsedValue {
  const plainOf = plainNumbers(signs);
  return (text) => {
    const plain = plainOf(text);
    return plain !== null && WHOLE_NUMBER.test(plain) ? inRange(plain, text) : refusedNumber(text, "integer", signs);
  };
}

function parseInteger(inRange: InRange): (text: string) => ParsedValue {
  return (text) => WHOLE_NUMBER.test(text) ? inRange(text, text) : refusedNumber(text, "integer");
}

function in64Bits(plain: string, found: string): ParsedValue {
  const read = exactInteger(plain);
  return read.kind === "number" ? accepted(read.value) : refused({ kind: "out_of_range", found, ...BITS_64 });
}

function in32Bits(plain: string, found: string): ParsedValue {
  const value = Number(plain);
  if (value < LEAST || value > MOST) {
    return refused({ kind: "out_of_range", found, least: String(LEAST), most: String(MOST) });
  }
  // "-0" is 0.
  return accepted(value === 0 ? 0 : value);
}
