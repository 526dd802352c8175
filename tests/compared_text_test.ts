/** When two texts are the same: simple case folding of every character, held against the one that V8 has in its regular expressions. */
import { assert, assertEquals } from "@std/assert";
import { comparedForm, exactForm, isPlainText, looksSame, withoutBlankEnds } from "../lib/compared_text.ts";

function isSame(a: string, b: string): boolean {
  return comparedForm(a) === comparedForm(b);
}

/** Texts, and whether they are the same. */
const PAIRS: readonly (readonly [string, string, boolean])[] = [
  ["Zürich", "ZÜRICH", true],
  ["Café", "Cafe\u0301", true],
  ["Café", "CAFE\u0301", true],
  ["Café", "Cafe", false],
  ["İstanbul", "istanbul", false],
  ["İstanbul", "Istanbul", false],
  ["İ", "I\u0307", true],
  ["ı", "i", false],
  ["ı", "I", false],
  ["ſ", "s", true],
  ["ẛ", "ṡ", true],
  ["\u212a", "k", true],
  ["\u212b", "å", true],
  ["\u2126", "ω", true],
  ["µ", "μ", true],
  ["ß", "ss", false],
  ["ẞ", "ß", true],
  ["ΣΊΣΥΦΟΣ", "Σίσυφος", true],
  ["ς", "σ", true],
  ["ᾳ", "ᾼ", true],
  ["ᾳ", "αι", false],
  ["\u0345", "ι", true],
  ["Ꭰ", "ꭰ", true],
  ["ᏸ", "Ᏸ", true],
  ["ა", "Ა", true],
  ["ǅ", "Ǆ", true],
  ["ǰ", "J\u030c", true],
  ["ﬅ", "ﬆ", true],
  ["ﬁ", "fi", false],
  ["①", "1", false],
  ["𐐀", "𐐨", true],
  ["a\u200bb", "ab", false],
  ["\u200bab\u00ad", "ab", true],
  ["\u3000ab\u0085\u2029", " ab\t", true],
  ["a b", "a\u00a0b", false],
  ["\ufeff", "", true],
];

Deno.test("texts are the same without regard to forms, case and blank ends, and otherwise not", () => {
  for (const [a, b, same] of PAIRS) assertEquals(isSame(a, b), same, `${escape(a)} ${escape(b)}`);
});

/** All characters that have a case, as what is left of them in NFC. */
function casedCharacters(): readonly string[] {
  const cased = new Set<string>();
  for (let code = 0; code < 0x110000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    if (character.toLowerCase() === character && character.toUpperCase() === character) continue;
    const normal = character.normalize("NFC");
    if ([...normal].length === 1) cased.add(normal);
  }
  return [...cased];
}

Deno.test("case is folded as Unicode's simple case folding does", () => {
  const characters = casedCharacters();
  assert(characters.length > 2500);
  const all = characters.join("");
  const mine = Map.groupBy(characters, (character) => comparedForm(`x${character}x`));
  for (const character of characters) {
    // ECMAScript, Canonicalize (22.2.2.7.3): with the flags i and u, CaseFolding.txt with status C and S.
    const code = character.codePointAt(0)?.toString(16);
    const theirs = new Set(all.match(new RegExp(`[\\u{${code}}]`, "giu")));
    const others = new Set(mine.get(comparedForm(`x${character}x`)));
    assertEquals(others, theirs, `U+${code}`);
  }
});

Deno.test("the form of a text is a text that is the same, and its own form", () => {
  for (const text of PAIRS.flat().filter((one) => typeof one === "string")) {
    assertEquals(comparedForm(comparedForm(text)), comparedForm(text), escape(text));
    assertEquals(exactForm(exactForm(text)), exactForm(text), escape(text));
  }
});

Deno.test("plain texts are those in which only the case of ASCII letters can hide", () => {
  for (const text of ["", "a", "a b", "~!x 9"]) assert(isPlainText(text), text);
  for (const text of [" a", "a ", "\ta", "a\nb", "é", "a\u200b", "\u007f"]) assert(!isPlainText(text), escape(text));
});

Deno.test("two texts look the same when their case is the same, too", () => {
  assert(looksSame("Café", "Cafe\u0301 "));
  assert(!looksSame("Café", "CAFÉ"));
  assert(!looksSame("ab", "AB"));
});

Deno.test("blank ends of any length are cut in a time that grows with their length", () => {
  const blanks = "\u2003\u200b".repeat(500_000);
  const begin = performance.now();
  assertEquals(withoutBlankEnds(`${blanks}a b${blanks}`), "a b");
  assertEquals(comparedForm(`${blanks}\u00c9${blanks}`), "\u00e9");
  assert(performance.now() - begin < 5000);
});
