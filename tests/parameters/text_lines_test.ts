import { assertEquals } from "@std/assert";
import { textLines } from "../../lib/parameters/reading/text_lines.ts";

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const CASES: readonly (readonly [what: string, text: string, lines: readonly string[]])[] = [
  ["no bytes", "", []],
  ["LF", "a\nb\n", ["a", "b"]],
  ["CRLF", "a\r\nb\r\n", ["a", "b"]],
  ["CR", "a\rb\r", ["a", "b"]],
  ["no line end at the end", "a\nb", ["a", "b"]],
  ["empty lines", "\n\r\n\r\ra", ["", "", "", "", "a"]],
  ["a byte order mark", "\uFEFFa\nb", ["a", "b"]],
  ["a byte order mark further on is text", "a\n\uFEFFb", ["a", "\uFEFFb"]],
  ["characters of several bytes", "é\n€\n😀", ["é", "€", "😀"]],
];

for (const [what, text, lines] of CASES) {
  Deno.test(`lines: ${what}`, () => {
    assertEquals(textLines(bytesOf(text)), lines.map((text, index) => ({ line: index + 1, text })));
  });
}

Deno.test("bytes that are not UTF-8 spoil their own line only", () => {
  const bytes = new Uint8Array([0x61, 0x0a, 0xe9, 0x0a, 0x62, 0x0d, 0x0a, 0xff, 0xfe]);
  assertEquals(textLines(bytes).map(({ text }) => text), ["a", null, "b", null]);
});
