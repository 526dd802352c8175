import { assertEquals } from "@std/assert";
import { atCommas, inBrackets, sqlTokens } from "../../../lib/model/derive/sql_tokens.ts";

function shown(sql: string): string[] {
  return sqlTokens(sql).map(({ kind, text }) => `${kind} ${text}`);
}

Deno.test("names, texts, numbers and signs are told apart", () => {
  assertEquals(shown("a_1$ 'it''s' \"a \"\"b\"\"\" [c d] `e``f` 12 1.5e-3 0xFF .5 x'00ff' größe ,"), [
    "word a_1$",
    "text it's",
    'quoted a "b"',
    "name c d",
    "name e`f",
    "number 12",
    "number 1.5e-3",
    "number 0xFF",
    "number .5",
    "blob 00ff",
    "word größe",
    "sign ,",
  ]);
});

Deno.test("comments are blanks, but not within texts and names", () => {
  assertEquals(shown("a -- b ' \n c /* d ' ) */ e '-- f' \"/* g */\" [-- h] - /**/ i /* to the end"), [
    "word a",
    "word c",
    "word e",
    "text -- f",
    "quoted /* g */",
    "name -- h",
    "sign -",
    "word i",
  ]);
  assertEquals(shown("/***/a/* * */b--"), ["word a", "word b"]);
});

Deno.test("what never ends becomes signs", () => {
  assertEquals(shown("'abc"), ["sign '", "word abc"]);
  assertEquals(shown('"a'), ['sign "', "word a"]);
  assertEquals(shown("[a"), ["sign [", "word a"]);
  assertEquals(shown("\u0000\u0001"), ["sign \u0000", "sign \u0001"]);
});

Deno.test("a text of many brackets, quotes or blanks is read in time", () => {
  for (const piece of ["(", ")", "'", '"', "[", "`", "-- ", "/*", "/* *", "*/", " \n", "0x", "1e", "x'"]) {
    const started = performance.now();
    const tokens = sqlTokens(piece.repeat(20_000));
    assertEquals(inBrackets(tokens, 0)?.after ?? null, null);
    assertEquals(performance.now() - started < 5000, true, piece);
  }
});

Deno.test("brackets close where they opened, and commas in them part nothing", () => {
  const tokens = sqlTokens("(a, (b, c), ')') d");
  const brackets = inBrackets(tokens, 0);
  assertEquals(tokens[brackets?.after ?? 0]?.text, "d");
  assertEquals(atCommas(brackets?.inner ?? []).map((part) => part.map(({ text }) => text).join("")), [
    "a",
    "(b,c)",
    ")",
  ]);
  assertEquals(inBrackets(sqlTokens("(a"), 0), null);
});
