import { assertEquals } from "@std/assert";
import { StrictDecoder } from "../../lib/source/strict_decoder.ts";
import { fixturePath } from "../helpers/fixtures.ts";
import { decodeChunks, everyChunking } from "./decode_chunks.ts";

/** A file of fixtures/charsets, the encoding to read it in, and its text. */
const FILES: readonly (readonly [file: string, encoding: string, text: string])[] = [
  ["utf-8.csv", "utf-8", "name,town\nCafé €,日本 😀\n"],
  ["utf-8-marked.csv", "utf-8", "name,town\nCafé €,日本 😀\n"],
  ["iso-8859-1.csv", "windows-1252", "name,town\nCafé ¤,Ñandú\n"],
  ["windows-1252.csv", "windows-1252", "name,town\nCafé €,“Žilina”\n"],
  ["iso-8859-15.csv", "iso-8859-15", "name,town\nCafé €,Žilina œ\n"],
  ["windows-1251.csv", "windows-1251", "name,town\nПривет €,Київ №5\n"],
  ["utf-16le-marked.csv", "utf-16le", "name,town\nCafé €,日本 😀\n"],
  ["utf-16le.csv", "utf-16le", "name,town\nCafé €,日本 😀\n"],
  ["utf-16le-marked.csv", "utf-16be", "name,town\nCafé €,日本 😀\n"],
  ["utf-16le-marked.csv", "utf-8", "name,town\nCafé €,日本 😀\n"],
  ["utf-16be-marked.csv", "utf-16be", "name,town\nCafé €,日本 😀\n"],
  ["utf-16be-marked.csv", "windows-1252", "name,town\nCafé €,日本 😀\n"],
  ["shift_jis.csv", "shift_jis", "name,town\nテスト,東京ソ能\n"],
  ["gbk.csv", "gbk", "name,town\n测试,北京\n"],
  ["gb18030.csv", "gb18030", "name,town\n测试 😀,北京\n"],
  ["iso-2022-jp.csv", "iso-2022-jp", "name,town\nテスト,東京\n"],
];

for (const [file, encoding, text] of FILES) {
  Deno.test(`${file} is read as ${encoding}, wherever its chunks are cut`, () => {
    const bytes = Deno.readFileSync(fixturePath("charsets", file));
    for (const chunks of everyChunking(bytes)) {
      assertEquals(decodeChunks(encoding, chunks), { text, undecodable: null });
    }
  });
}

Deno.test("a UTF-8 byte order mark is dropped whatever the charset says", () => {
  for (const encoding of ["utf-8", "windows-1252", "iso-8859-15", "shift_jis", "gbk"]) {
    for (const chunks of everyChunking(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))) {
      assertEquals(decodeChunks(encoding, chunks), { text: "A", undecodable: null }, encoding);
    }
  }
});

Deno.test("only one byte order mark is dropped", () => {
  const twice = Uint8Array.of(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x41);
  assertEquals(decodeChunks("utf-8", [twice]).text, "\ufeffA");
});

Deno.test("inputs shorter than a byte order mark, and the beginning of one, are read", () => {
  assertEquals(decodeChunks("utf-8", []), { text: "", undecodable: null });
  assertEquals(decodeChunks("utf-8", [Uint8Array.of(0x41)]).text, "A");
  assertEquals(decodeChunks("utf-8", [Uint8Array.of(0xef, 0xbb, 0xbf)]), { text: "", undecodable: null });
  assertEquals(decodeChunks("utf-8", [Uint8Array.of(0xff, 0xfe)]), { text: "", undecodable: null });
  assertEquals(decodeChunks("windows-1252", [Uint8Array.of(0xef, 0xbb)]).text, "ï»");
});

Deno.test("U+0085 is a character of a multi-byte charset", () => {
  assertEquals(decodeChunks("utf-8", [Uint8Array.of(0x41, 0xc2, 0x85)]), { text: "A\u0085", undecodable: null });
  assertEquals(decodeChunks("utf-16le", [Uint8Array.of(0x85, 0x00, 0x41, 0x00)]).text, "\u0085A");
});

Deno.test("bytes that wait for the next chunk are not those of a reused buffer", () => {
  const decoder = new StrictDecoder("utf-8");
  const buffer = new Uint8Array(4);
  let text = "";
  for (const four of [[0x61, 0x62, 0x63, 0xe6], [0x97, 0xa5, 0x64, 0xc3], [0xa9, 0x65, 0x66, 0x67]]) {
    buffer.set(four);
    for (const part of decoder.push(buffer)) text += part.kind === "text" ? part.text : part.kind;
  }
  assertEquals(text, "abc日déefg");
});

Deno.test("long texts are decoded like short ones", () => {
  const text = "日本語テキスト,é😀\r\n".repeat(20_000);
  const bytes = new TextEncoder().encode(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) => {
    return bytes.subarray(index * 65_536, (index + 1) * 65_536);
  });
  assertEquals(decodeChunks("utf-8", chunks), { text, undecodable: null });
});
