/** Values as SQLite holds them, and as the program compares them. */
import type { StoredValue } from "../../model/model.ts";
import { UNTOLD } from "../../store/untold_value.ts";

/** What SQLite gives and takes. Integers come as bigint. */
export type Raw = null | number | bigint | string | Uint8Array;

/** The bytes of a text that are none in the encoding of its database, so that no string has them. They are bound as `parameterOf` says. */
export class TextBytes extends Uint8Array {}

/** SQL of a parameter that is this value: bytes of a text become one again; the sign takes away the affinity that a CAST has. */
export function parameterOf(value: Raw): string {
  return value instanceof TextBytes ? "+CAST(? AS TEXT)" : "?";
}

/**
 * Of an integer that a double holds exactly the number, of another one its digits; of bytes, and of a text that could be taken for a mark
 * of ours, a text that no cell can be.
 */
export function storedOf(value: Raw): StoredValue {
  if (typeof value === "string") return value.startsWith("\u0000") ? rawText(value) : value;
  if (typeof value === "bigint") return isExact(value) ? Number(value) : String(value);
  return value instanceof Uint8Array ? rawText(value) : value;
}

function isExact(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}

/** A text that stands for a value which is to be written exactly as it is: JSON behind a mark that no cell has. */
export function rawText(value: Raw): string {
  return UNTOLD + jsonOf(value);
}

export function isRawText(text: string): boolean {
  return text.startsWith(UNTOLD);
}

export function rawIn(text: string): Raw {
  return rawFromJson(text.slice(UNTOLD.length));
}

/** A value as the change log keeps it: JSON that gives its type back; bytes as `{"hex": "00ff"}`, those of a text that is no UTF-8 as `{"text_hex": "4dfc6c"}`, integers of 64 bits with all digits, reals with a point or an exponent. */
export function jsonOf(value: Raw): string {
  if (value instanceof TextBytes) return JSON.stringify({ text_hex: hexOf(value) });
  if (value instanceof Uint8Array) return JSON.stringify({ hex: hexOf(value) });
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return jsonOfReal(value);
  return JSON.stringify(value);
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesIn(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** JSON knows no infinity; a real that is whole must not come back as an integer. */
function jsonOfReal(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify({ real: String(value) });
  return Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 1e21
    ? value.toFixed(1)
    : JSON.stringify(value);
}

export function rawFromJson(json: string): Raw {
  if (/^-?\d+$/.test(json)) return BigInt(json);
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return value as string | number | null;
  if ("text_hex" in value) return new TextBytes(bytesIn(String(value.text_hex)));
  return "hex" in value ? bytesIn(String(value.hex)) : Number((value as { readonly real: string }).real);
}
