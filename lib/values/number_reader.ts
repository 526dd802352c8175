/** Any number that a double holds, or an integer of 64 bits. */
import type { NumberAttribute } from "../model/model.ts";
import { areSameNumber, BITS_64, exactNumber } from "../model/exact_number.ts";
import { type NumberSigns, plainNumbers } from "./number_signs.ts";
import { accepted, isEmpty, isNothing, keyOf, noValue, refused, refusedNumber } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

const EXPONENT = /[eE][+-]?[0-9]+$/;
/** Of doubles. */
const LARGEST = String(Number.MAX_VALUE);

/**
 * A sign, digits, a point, an exponent: `1.50` and `15e-1` are one number.
 * @param signs with which the file writes numbers; null: a decimal point only
 */
export function numberReader(attribute: NumberAttribute, signs: NumberSigns | null): ValueReader {
  const read = signs === null ? (text: string) => parseNumber(text, text, null) : withSigns(signs);
  const reader: ValueReader = {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : read(cell),
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: (a, b) => areSameNumber(a, b) || (isNothing(a) && isNothing(b)),
    report: (value) => value,
  };
  return reader;
}

/** The exponent has no signs of its own. */
function withSigns(signs: NumberSigns): (text: string) => ParsedValue {
  const plainOf = plainNumbers(signs);
  return (text) => {
    const exponent = EXPONENT.exec(text)?.[0] ?? "";
    const plain = plainOf(text.slice(0, text.length - exponent.length));
    return plain === null ? refusedNumber(text, "decimal", signs) : parseNumber(plain + exponent, text, signs);
  };
}

/** @param found as it was typed */
function parseNumber(plain: string, found: string, signs: NumberSigns | null): ParsedValue {
  // No blank stands in a number, but for groups.
  const read = plain.trim() === plain ? exactNumber(plain) : NO_NUMBER;
  if (read.kind === "number") return accepted(read.value);
  return read.kind === "beyond" ? beyond(found) : refusedNumber(found, "decimal", signs);
}

const NO_NUMBER = { kind: "none" } as const;

/** Digits without a point are an integer, which is told its own range. */
export function beyond(found: string): ParsedValue {
  const range = /[.,eE](?!0*$)/.test(found) ? { least: `-${LARGEST}`, most: LARGEST } : BITS_64;
  return refused({ kind: "out_of_range", found, ...range });
}
