/** What the affinity of a column makes of a value that is written there or compared with it (https://sqlite.org/datatype3.html#type_affinity). */
import type { DerivedColumn } from "../../model/derive/derived_model.ts";
import type { Raw } from "../sqlite/raw_value.ts";

type Affinity = DerivedColumn["affinity"];

/** As SQLite would hold it in a column of this affinity. */
export function asHeld(value: Raw, affinity: Affinity): Raw {
  if (value === null || value instanceof Uint8Array || affinity === "BLOB") return value;
  if (affinity === "TEXT") return typeof value === "string" ? value : textOf(value);
  const number = typeof value === "string" ? numberIn(value) : value;
  if (typeof number === "string") return number;
  return affinity === "REAL" ? Number(number) : wholeOf(number);
}

/** Integers of 64 bits have 19 digits. */
const WHOLE = /^[ \t\r\n\f\v]*([+-]?)0*([0-9]{1,19})[ \t\r\n\f\v]*$/;
const NUMBER = /^[ \t\r\n\f\v]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n\f\v]*$/;

/** SQLite looks no farther in a text that is to be a number. */
const LONGEST = 1000;

/** The number that a text is to a database; the text: it is none. */
export function numberIn(text: string): number | bigint | string {
  if (text.length > LONGEST) return text;
  const whole = WHOLE.exec(text);
  if (whole !== null) {
    const [, sign = "", digits = ""] = whole;
    const value = BigInt(digits) * (sign === "-" ? -1n : 1n);
    if (isOf64Bits(value)) return value;
  }
  return NUMBER.test(text) ? Number(text) : text;
}

export function isOf64Bits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** A real that is whole is an integer there. */
function wholeOf(value: number | bigint): number | bigint {
  if (typeof value === "bigint" || !Number.isInteger(value)) return value;
  const whole = BigInt(value);
  return isOf64Bits(whole) ? whole : value;
}

/** A real has a point, and as many digits as tell it: SQLite itself may lose some. */
function textOf(value: number | bigint): string {
  if (typeof value === "bigint") return String(value);
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  const [digits = "", exponent] = String(value).split("e");
  const pointed = digits.includes(".") ? digits : `${digits}.0`;
  return exponent === undefined ? pointed : `${pointed}e${exponent}`;
}
