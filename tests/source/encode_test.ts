/** Text is written so that the decoder reads it back, in every encoding. */
import { assertEquals } from "@std/assert";
import { encoderFor } from "../../lib/source/encode.ts";
import { EVERY_CHARSET } from "../helpers/every_charset.ts";
import { textDecoder } from "../../lib/source/text_decoder.ts";

const ENCODINGS = [...new Set(EVERY_CHARSET.map(({ encoding }) => encoding))];
const MULTI_BYTE = ["gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr"];

function readBack(encoding: string, text: string): string {
  return textDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(encoderFor(encoding)(text));
}

Deno.test("words of each charset are read back as they were written", () => {
  for (const { encoding, words } of EVERY_CHARSET) assertEquals(readBack(encoding, words), words, encoding);
});

Deno.test("whatever a charset lacks becomes what looks like it, or a question mark", () => {
  const text = "“Ça–va”… ﬁ Ａ € ｶ 漢 😀 \u0081";
  assertEquals(readBack("windows-1252", text), "“Ça–va”… fi A € ? ? ? ?");
  assertEquals(readBack("iso-8859-5", text), '"Ca-va"... fi A EUR ? ? ? ?');
  assertEquals(readBack("shift_jis", text), "“Ca-va”… fi Ａ EUR ｶ 漢 ? ?");
  assertEquals(readBack("iso-2022-jp", text), "“Ca-va”… fi Ａ EUR カ 漢 ? ?");
  assertEquals(readBack("utf-8", "a\ud800b"), "a\ufffdb");
  assertEquals(readBack("utf-16le", "a\udc00b"), "a\ufffdb");
});

Deno.test("no character makes bytes that are no text, alone or among others", () => {
  for (const encoding of ENCODINGS) {
    const encode = encoderFor(encoding);
    const decoder = textDecoder(encoding, { fatal: true, ignoreBOM: true });
    let all = "";
    for (let code = 0; code < 0x3000; code += encoding === "gb18030" ? 7 : 1) {
      const character = String.fromCharCode(code);
      all += character;
      const read = decoder.decode(encode(character));
      if (code < 0x80 && encoding !== "iso-2022-jp") assertEquals(read, character, encoding);
    }
    decoder.decode(encode(all));
  }
});

Deno.test("in charsets of several bytes each character is read back, or replaced by what the charset has", () => {
  for (const encoding of MULTI_BYTE) {
    const encode = encoderFor(encoding);
    const decoder = textDecoder(encoding, { fatal: true, ignoreBOM: true });
    for (let code = 0x4e00; code < 0x9fff; code += 13) {
      const character = String.fromCharCode(code);
      const read = decoder.decode(encode(`a${character}b`));
      if (read !== `a${character}b`) assertEquals(read, "a?b", encoding);
    }
  }
});

Deno.test("in ISO-2022-JP no two escape sequences stand side by side, and ASCII is in force at the ends", () => {
  const bytes = encoderFor("iso-2022-jp")("東京a\u001b\u000e大阪");
  const text = String.fromCharCode(...bytes);
  assertEquals(text.includes("\u001b(B\u001b"), false);
  assertEquals(text.endsWith("\u001b(B"), true);
  assertEquals(readBack("iso-2022-jp", "東京a\u001b\u000e大阪"), "東京a??大阪");
});
