/** Text in the bytes of a charset, or nothing: where `encode.ts` writes what looks like a character, this tells that it is not there. */
import { EncodingTable, isAscii, utf16, withoutNeedlessEscapes } from "./encode.ts";

/** The bytes of a text, or the index of the first character that the charset does not have. */
export type EncodedText =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly index: number };

export type TextToBytes = (text: string) => EncodedText;

/** @param encoding as `TextDecoder` names it */
export function strictEncoderFor(encoding: string): TextToBytes {
  if (encoding === "utf-8") return encodeUtf8;
  if (!encoding.startsWith("utf-16")) return tableEncoder(encoding);
  return (text) => encodeUtf16(text, encoding === "utf-16le");
}

const utf8 = new TextEncoder();

function encodeUtf8(text: string): EncodedText {
  const index = brokenCharacter(text);
  return index < 0 ? { ok: true, bytes: utf8.encode(text) } : { ok: false, index };
}

function encodeUtf16(text: string, isLittleEndian: boolean): EncodedText {
  const index = brokenCharacter(text);
  return index < 0 ? { ok: true, bytes: utf16(text, isLittleEndian) } : { ok: false, index };
}

/** The first half of a character that stands alone; -1: there is none. */
function brokenCharacter(text: string): number {
  return text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u);
}

function tableEncoder(encoding: string): TextToBytes {
  const table = new EncodingTable(encoding);
  return (text) => {
    if (isAscii(text)) return { ok: true, bytes: utf8.encode(text) };
    const bytes: number[] = [];
    let index = 0;
    for (const character of text) {
      const own = table.bytesOf(character);
      if (own === null) return { ok: false, index };
      for (const byte of own) bytes.push(byte);
      index += character.length;
    }
    return { ok: true, bytes: Uint8Array.from(table.isEscaped ? withoutNeedlessEscapes(bytes) : bytes) };
  };
}
