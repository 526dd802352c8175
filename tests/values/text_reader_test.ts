import { assertEquals } from "@std/assert";
import { readerFor } from "../../lib/values/reader_for.ts";
import { CODES, problem, text, value } from "./attributes.ts";

for (const kind of ["string", "text", "html"] as const) {
  const reader = readerFor(text(kind), CODES);
  const mandatory = readerFor(text(kind, { nullAllowed: false }), CODES);

  Deno.test(`${kind} is kept as it comes`, () => {
    for (
      const cell of ["a", "  spaces  ", "line 1\nline 2", '<p onclick="x()">bad<script></script></p>', "<null>", "é😀"]
    ) {
      assertEquals(reader.parse(cell), value(cell));
      assertEquals(reader.report(cell, cell), cell);
      assertEquals(reader.parseKey(cell), cell);
    }
  });

  Deno.test(`${kind} that is empty or null is the empty text, refused where one is needed`, () => {
    for (const cell of ["", null]) {
      assertEquals(reader.parse(cell), value(""));
      assertEquals(reader.parseKey(cell), "");
      assertEquals(mandatory.parse(cell), problem({ kind: "null_not_allowed" }));
      assertEquals(mandatory.parseKey(cell), "");
    }
  });

  Deno.test(`${kind} is measured in code points`, () => {
    const short = readerFor(text(kind, { maxLength: 3 }), CODES);
    assertEquals(short.parse("abc"), value("abc"));
    assertEquals(short.parse("😀😀😀"), value("😀😀😀"));
    assertEquals(short.parse("abcd"), problem({ kind: "too_long", found: 4, limit: 3 }));
    assertEquals(short.parse("😀😀😀😀"), problem({ kind: "too_long", found: 4, limit: 3 }));
  });

  Deno.test(`${kind} is compared exactly`, () => {
    assertEquals(reader.same("abc", "abc"), true);
    for (
      const [a, b] of [["7", "007"], ["abc", "ABC"], ["a b", "a  b"], ["a\u200bb", "ab"], ["1e3", "1000"]] as const
    ) {
      assertEquals(reader.same(a, b), false);
    }
  });

  // SPEC 14: Texts that only look different are the same. Texts of several lines are kept byte for byte.
  Deno.test(`${kind} of one line is the same in another form, and with blanks at its ends`, () => {
    const isLine = kind !== "text" && kind !== "html";
    for (const [a, b] of [["ABC", "ABC "], ["ABC", "\u00a0ABC\u200b"], ["Caf\u00e9", "Cafe\u0301"]] as const) {
      assertEquals(reader.same(a, b), isLine);
    }
  });
}
