/** Text to bytes that are read as the very same text, or the place of what a charset lacks. */
import { assertEquals } from "@std/assert";
import { strictEncoderFor } from "../../lib/source/strict_encoder.ts";
import { textDecoder } from "../../lib/source/text_decoder.ts";

const TEXTS: readonly (readonly [encoding: string, text: string])[] = [
  ["utf-8", "é→日本😀"],
  ["utf-16le", "é→日本😀"],
  ["utf-16be", "é→日本😀"],
  ["windows-1252", "é€„œ"],
  ["iso-8859-15", "é€œ"],
  ["windows-1251", "Привет"],
  ["koi8-r", "Привет"],
  ["macintosh", "éœ"],
  ["shift_jis", "日本 ｱ\\~"],
  ["euc-jp", "日本 ｱ"],
  ["iso-2022-jp", "a日本b\n日本"],
  ["gbk", "中文€"],
  ["gb18030", "中文😀é"],
  ["big5", "中文"],
  ["euc-kr", "한국"],
];

for (const [encoding, text] of TEXTS) {
  Deno.test(`bytes of ${encoding} are read as the same text`, () => {
    const encoded = strictEncoderFor(encoding)(text);
    assertEquals(encoded.ok && textDecoder(encoding, { fatal: true }).decode(encoded.bytes), text);
  });
}

const LACKING: readonly (readonly [encoding: string, text: string, index: number])[] = [
  ["utf-8", "a\ud800b", 1],
  ["utf-16le", "ab\udc00", 2],
  ["windows-1252", "é😀→", 1],
  ["windows-1252", "a\u0081", 1],
  ["windows-1251", "é", 0],
  ["iso-8859-15", "¤", 0],
  ["shift_jis", "aé", 1],
  ["big5", "中\u0e01", 1],
];

for (const [encoding, text, index] of LACKING) {
  Deno.test(`${encoding} lacks ${JSON.stringify(text.slice(index))}, and says where`, () => {
    assertEquals(strictEncoderFor(encoding)(text), { ok: false, index });
  });
}
