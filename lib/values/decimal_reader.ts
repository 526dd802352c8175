/** Numbers with a fixed count of decimals. */
import type { DecimalAttribute, StoredValue } from "../model/model.ts";
import { accepted, isEmpty, keyOf, noValue, refused } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

const DECIMAL_NUMBER = /^([+-]?)(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))$/;

/** The expression takes the square of a text's length, and digits are counted exactly: a second for a million of them. */
const LONGEST_COUNTED = 1000;

/** A sign, digits and one decimal point, nothing else; rounded to the attribute's decimals. `.5` and `5.` are fine. */
export function decimalReader(attribute: DecimalAttribute): ValueReader {
  const fixed = (value: StoredValue) => typeof value === "number" ? value.toFixed(attribute.decimals) : value;
  const reader: ValueReader = {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : parseDecimal(cell, attribute),
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: (a, b) => fixed(a) === fixed(b),
    report: fixed,
  };
  return reader;
}

function parseDecimal(text: string, { digits, decimals }: DecimalAttribute): ParsedValue {
  const match = text.length > LONGEST_COUNTED ? null : DECIMAL_NUMBER.exec(text);
  if (match === null) return refused({ kind: "wrong_format", found: text });
  const [, sign = "", whole = "", fraction = "", onlyFraction = ""] = match;
  const units = roundedUnits(whole, fraction || onlyFraction, decimals);
  const rounded = (sign === "-" && units !== 0n ? "-" : "") + withPoint(units, decimals);
  if (units >= 10n ** BigInt(digits)) return refused({ kind: "wrong_format", found: rounded });
  return accepted(Number(rounded));
}

/**
 * The number in units of its last decimal, half away from zero. Counted on the digits as typed: a double would
 * make 1.005 smaller than it is.
 */
function roundedUnits(whole: string, fraction: string, decimals: number): bigint {
  const units = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  return (fraction[decimals] ?? "0") >= "5" ? units + 1n : units;
}

function withPoint(units: bigint, decimals: number): string {
  if (decimals === 0) return String(units);
  const digits = String(units).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
