/** Numbers as they are held: integers that a double does not hold exactly are their digits. */
import type { StoredValue } from "./model.ts";

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;
/** The range of an integer of 64 bits. */
export const BITS_64 = { least: String(LEAST), most: String(MOST) } as const;

/** Digits are counted exactly, which takes the square of their number: longer integers are beyond 64 bits, or have zeros that nobody writes. */
const LONGEST = 1000;
const WHOLE_NUMBER = /^([+-]?)0*([0-9]+)(?:\.0*)?$/;
/** As a database reads numbers: blanks around it, and an exponent. */
const NUMBER = /^[ \t\r\n\f\v]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n\f\v]*$/;

/** What a text is as a number. */
export type ExactNumber =
  | { readonly kind: "number"; readonly value: number | string }
  /** Beyond what 64 bits hold, or a double. */
  | { readonly kind: "beyond" }
  | { readonly kind: "none" };

/** The integer of some digits; zeros behind a point are no loss. */
export function exactInteger(text: string): ExactNumber {
  const match = text.length > LONGEST ? null : WHOLE_NUMBER.exec(text);
  if (match === null) return /^[+-]?[0-9]+$/.test(text) ? { kind: "beyond" } : { kind: "none" };
  const [, sign = "", digits = ""] = match;
  // "-0" is 0.
  const value = Number(digits) === 0 ? 0 : Number(sign + digits);
  if (Number.isSafeInteger(value)) return { kind: "number", value };
  const exact = BigInt(digits) * (sign === "-" ? -1n : 1n);
  return exact < LEAST || exact > MOST ? { kind: "beyond" } : { kind: "number", value: String(exact) };
}

/** Any number, with an exponent too: an integer exactly, everything else as the double next to it. */
export function exactNumber(text: string): ExactNumber {
  const integer = exactInteger(text);
  if (integer.kind !== "none") return integer;
  if (text === "Infinity" || text === "-Infinity") return { kind: "number", value: Number(text) };
  if (text.length > LONGEST || !NUMBER.test(text)) return { kind: "none" };
  const whole = exactInteger(text.trim());
  if (whole.kind !== "none") return whole;
  const value = Number(text);
  return Number.isFinite(value) ? { kind: "number", value: value === 0 ? 0 : value } : { kind: "beyond" };
}

/** Whether two values are one number, or the same text; digits beside a double are compared as doubles, for one of them is one. */
export function areSameNumber(a: StoredValue, b: StoredValue): boolean {
  if (a === b) return true;
  if (typeof a === "number") return typeof b === "string" && DIGITS.test(b) && Number(b) === a;
  return typeof a === "string" && typeof b === "number" && DIGITS.test(a) && Number(a) === b;
}

const DIGITS = /^-?[0-9]{16,19}$/;
