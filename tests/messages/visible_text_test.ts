import { assert, assertEquals } from "@std/assert";
import { visibleJson, visibleLine, visibleText } from "../../lib/messages/visible_text.ts";

const TEXTS: readonly (readonly [string, string])[] = [
  ["plain, Ünïcode, 日本語, 👩‍🚀", "plain, Ünïcode, 日本語, 👩‍🚀"],
  ["\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"],
  ["\x1b]0;title\x07", "\\x1b]0;title\\x07"],
  ["\u009b31m", "\\x9b31m"],
  ["a\rb\x7f\b", "a\\rb\\x7f\\x08"],
  [
    "user\u202e‮txt.exe\u2066x\u2069\u200f\u200e\u061c",
    "user‹U+202E›‹U+202E›txt.exe‹U+2066›x‹U+2069›‹U+200F›‹U+200E›‹U+061C›",
  ],
  ["a\u2028b\u2029c", "a‹U+2028›b‹U+2029›c"],
  ["a\tb\nc", "a\tb\nc"],
];

Deno.test("what commands a terminal or turns text around is spelt out", () => {
  for (const [text, shown] of TEXTS) assertEquals(visibleText(text), shown);
  assertEquals(visibleLine("a\r\nb"), "a\\r\\nb");
});

Deno.test("JSON holds none of it as it is, and means the same", () => {
  for (const [text] of TEXTS) {
    const json = visibleJson({ text });
    assertEquals(JSON.parse(json), { text });
    assertEquals(visibleLine(json), json);
  }
  assert(visibleJson("\u202e").includes("\\u202e"));
});
