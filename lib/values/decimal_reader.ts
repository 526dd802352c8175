/** Numbers with a fixed count of decimals. */
import type { DecimalAttribute, StoredValue } from "../model/model.ts";
import { type NumberSigns, plainNumbers, signedNumbers } from "./number_signs.ts";
import { accepted, isEmpty, keyOf, noValue, refused, refusedNumber } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

const DECIMAL_NUMBER = /^([+-]?)(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))$/;
const NO_ZERO = /[1-9]/;

/** The expression takes the square of a text's length, and digits are counted exactly: a second for a million of them. */
const LONGEST_COUNTED = 1000;

/**
 * A sign, digits and one decimal point, nothing else. `.5` and `5.` are fine; what the attribute's decimals do not hold exactly is refused
 * (SPEC 14, Numbers).
 * @param signs with which the file writes numbers; null: a decimal point only
 */
export function decimalReader(attribute: DecimalAttribute, signs: NumberSigns | null): ValueReader {
  const read = signs === null ? (text: string) => parseDecimal(text, attribute) : withSigns(attribute, signs);
  const fixed = (value: StoredValue) => typeof value === "number" ? value.toFixed(attribute.decimals) : value;
  const reader: ValueReader = {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : read(cell),
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: (a, b) => fixed(a) === fixed(b),
    report: fixed,
  };
  return reader;
}

/** Numbers as the file writes them: what is wrong with one is told of the text that was typed, with its own signs. */
function withSigns(attribute: DecimalAttribute, signs: NumberSigns): (text: string) => ParsedValue {
  const plainOf = plainNumbers(signs);
  const typed = signedNumbers(signs);
  return (found) => {
    const plain = plainOf(found);
    if (plain === null) return refusedNumber(found, "decimal", signs);
    const parsed = parseDecimal(plain, attribute);
    if (parsed.ok) return parsed;
    const { problem } = parsed;
    if (problem.kind === "too_many_decimals") return refused({ ...problem, found });
    if (problem.kind !== "out_of_range") return parsed;
    return refused({ ...problem, found, least: typed(problem.least), most: typed(problem.most) });
  };
}

function parseDecimal(text: string, { digits, decimals }: DecimalAttribute): ParsedValue {
  const match = text.length > LONGEST_COUNTED ? null : DECIMAL_NUMBER.exec(text);
  if (match === null) return refusedNumber(text, "decimal");
  const [, sign = "", whole = "", behindWhole = "", behindNothing = ""] = match;
  const fraction = behindWhole || behindNothing;
  // Zeros behind are no loss.
  if (NO_ZERO.test(fraction.slice(decimals))) {
    return refused({ kind: "too_many_decimals", found: text, limit: decimals });
  }
  const units = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  const most = 10n ** BigInt(digits) - 1n;
  if (units > most) {
    const limit = withPoint(most, decimals);
    return refused({ kind: "out_of_range", found: text, least: `-${limit}`, most: limit });
  }
  return accepted(Number((sign === "-" && units !== 0n ? "-" : "") + withPoint(units, decimals)));
}

/** @param units the number in units of its last decimal */
function withPoint(units: bigint, decimals: number): string {
  if (decimals === 0) return String(units);
  const digits = String(units).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
