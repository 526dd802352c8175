/** Text in the bytes of a charset: exactly those that `strict_decoder.ts` decodes to the same text. */
import { isSingleByte } from "./fitting_charsets.ts";

/** The bytes of a text, or the index of the first character that the charset does not have. */
export type EncodedText =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly index: number };

export type TextToBytes = (text: string) => EncodedText;

/** @param encoding as `TextDecoder` names it @returns null when texts cannot be written in it */
export function encoderFor(encoding: string): TextToBytes | null {
  switch (encoding) {
    case "utf-8":
      return encodeUtf8;
    case "utf-16le":
    case "utf-16be":
      return (text) => encodeUtf16(text, encoding === "utf-16le");
    // Escapes change what the bytes behind them mean.
    case "iso-2022-jp":
      return null;
    default:
      return tableEncoder(encoding);
  }
}

const utf8 = new TextEncoder();

function encodeUtf8(text: string): EncodedText {
  const index = brokenCharacter(text);
  return index < 0 ? { ok: true, bytes: utf8.encode(text) } : { ok: false, index };
}

function encodeUtf16(text: string, isLittleEndian: boolean): EncodedText {
  const index = brokenCharacter(text);
  if (index >= 0) return { ok: false, index };
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), isLittleEndian);
  return { ok: true, bytes };
}

/** The first half of a character that stands alone; -1: there is none. */
function brokenCharacter(text: string): number {
  return text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u);
}

/** By what Deno itself decodes: one or two bytes for each character. */
function tableEncoder(encoding: string): TextToBytes {
  const table = bytesByCharacter(encoding);
  return (text) => {
    const bytes = new Uint8Array(2 * text.length);
    let length = 0;
    let index = 0;
    for (const character of text) {
      const code = table.get(character);
      if (code === undefined) return { ok: false, index };
      if (code > 0xff) bytes[length++] = code >> 8;
      bytes[length++] = code & 0xff;
      index += character.length;
    }
    return { ok: true, bytes: bytes.subarray(0, length) };
  };
}

/** The Encoding Standard maps bytes that a charset leaves undefined to these, and then they are refused. */
const UNDEFINED = /[\u0080-\u009f\ufffd]/;

/** The bytes of two of a character stand in one number, the first one high. */
function bytesByCharacter(encoding: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const table = new Map<string, number>();
  const add = (code: number, bytes: readonly number[]) => {
    const character = decoded(decoder, bytes);
    if (character !== null && [...character].length === 1 && !table.has(character)) table.set(character, code);
  };
  for (let byte = 0; byte <= 0xff; byte++) add(byte, [byte]);
  if (isSingleByte(encoding)) return table;
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x30; second <= 0xfe; second++) add(first << 8 | second, [first, second]);
  }
  return table;
}

function decoded(decoder: TextDecoder, bytes: readonly number[]): string | null {
  try {
    const character = decoder.decode(Uint8Array.from(bytes));
    return UNDEFINED.test(character) ? null : character;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
