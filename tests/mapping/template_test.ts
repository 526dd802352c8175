import { assertEquals } from "@std/assert";
import { type Filter, filtered } from "../../lib/mapping/filter.ts";
import { readTemplate } from "../../lib/mapping/template.ts";

/** What a template makes of one cell `x`. */
function made(template: string, cell: string, most = 1000): string | null {
  const read = readTemplate(template);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  let text = "";
  for (const piece of read.pieces) {
    const part = "text" in piece
      ? piece.text
      : piece.filters.reduce<string | null>((one, filter) => one === null ? null : filtered(one, filter, most), cell);
    if (part === null) return null;
    text += part;
  }
  return text;
}

const FILTERED: readonly (readonly [string, string, string])[] = [
  ["{x}", "a", "a"],
  ["<{ x }>", "a", "<a>"],
  ["{{{x}}}", "a", "{a}"],
  ["{x|lower}", "ÄB", "äb"],
  ["{x|upper}", "straße", "STRASSE"],
  ["{x|trim}|", "\u00a0 a b\u3000", "a b|"],
  ["{x|before:@}", "ann@example.org", "ann"],
  ["{x|before:@}", "ann", "ann"],
  ["{x|before:, }", "a, b, c", "a"],
  ["{x|after:@}", "ann@example.org", "example.org"],
  ["{x|after:@}", "ann", ""],
  ["{x|after:CN=|before:,}", "CN=Ann Lee,OU=Sales", "Ann Lee"],
  ["{x|part:-,1}", "a-b-c", "a"],
  ["{x|part:-,3}", "a-b-c", "c"],
  ["{x|part:-,4}", "a-b-c", ""],
  ["{x|part:-,-1}", "a-b-c", "c"],
  ["{x|part:-,-3}", "a-b-c", "a"],
  ["{x|part:-,-4}", "a-b-c", ""],
  ["{x|part:,,2}", "a,b", "b"],
  ["{x|part:ab,-1}", "xab", ""],
  ["{x|part:ab,-2}", "ab", ""],
  ["{x|part:aa,-1}", "aaa", ""],
  ["{x|replace:,,.}", "1,5", "1.5"],
  ["{x|replace:;,,}", "1;5", "1,5"],
  ["{x|replace: ,}", "a b c", "abc"],
  ["{x|replace:aa,b}", "aaaaa", "bba"],
  ["{x|replace:a,$&\\1}", "a", "$&\\1"],
  ["{x|before:||}", "a|b", "a"],
  ["{x| LOWER }", "A", "a"],
];

Deno.test("filters cut, replace and change case", () => {
  for (const [template, cell, expected] of FILTERED) assertEquals(made(template, cell), expected, template);
});

Deno.test("no filter makes more than it may, however it is asked for", () => {
  assertEquals(made("{x|replace:a,bcd}", "aaaa", 11), null);
  assertEquals(made("{x|replace:a,bcd}", "aaaa", 12), "bcdbcdbcdbcd");
  assertEquals(made("{x|upper}", "ßß", 3), null);
});

Deno.test("filters take no longer than the text is", () => {
  const long = "a".repeat(4_000_000);
  const begin = performance.now();
  for (const filter of ["trim", "before:aab", "after:aab", "part:aab,9999", "part:aab,-9999", "replace:aab,c"]) {
    assertEquals(made(`{x|${filter}}`, long + " ".repeat(100_000), 10_000_000) !== null, true);
  }
  const seconds = (performance.now() - begin) / 1000;
  assertEquals(seconds < 20, true, `${seconds} s`);
});

const WRONG: readonly (readonly [string, readonly unknown[]])[] = [
  ["a", [{ kind: "no_column" }]],
  ["", [{ kind: "no_column" }]],
  ["{{x}}", [{ kind: "no_column" }]],
  ["{x", [{ kind: "lone_brace", found: "{" }]],
  ["{x{y}}", [{ kind: "lone_brace", found: "{" }]],
  ["}{x}", [{ kind: "lone_brace", found: "}" }]],
  ["{}{ |lower}", [{ kind: "nameless", found: "{}" }, { kind: "nameless", found: "{ |lower}" }]],
  ["{x|lowr}", [{ kind: "unknown_filter", found: "lowr", nearest: "lower" }]],
  ["{x|}", [{ kind: "unknown_filter", found: "", nearest: null }]],
  ["{x|lower:1}", [{ kind: "filter_form", found: "lower:1", filter: "lower" }]],
  ["{x|before}", [{ kind: "filter_form", found: "before", filter: "before" }]],
  ["{x|after:}", [{ kind: "filter_form", found: "after:", filter: "after" }]],
  ["{x|part:a}", [{ kind: "filter_form", found: "part:a", filter: "part" }]],
  ["{x|part:,1}", [{ kind: "filter_form", found: "part:,1", filter: "part" }]],
  ["{x|part:a,0}", [{ kind: "filter_form", found: "part:a,0", filter: "part" }]],
  ["{x|part:a,1.5}", [{ kind: "filter_form", found: "part:a,1.5", filter: "part" }]],
  ["{x|replace:a}", [{ kind: "filter_form", found: "replace:a", filter: "replace" }]],
  ["{x|replace:,a}", [{ kind: "filter_form", found: "replace:,a", filter: "replace" }]],
  [`{x|before:${"a".repeat(101)}}`, [{ kind: "argument_too_long", filter: "before", found: 101, most: 100 }]],
  [`{x|replace:a,${"b".repeat(99)}}`, [{ kind: "argument_too_long", filter: "replace", found: 101, most: 100 }]],
  [`{x${"|lower".repeat(60)}}{y${"|upper".repeat(41)}}`, [{ kind: "too_many_filters", found: 101, most: 100 }]],
];

Deno.test("all that is wrong with a template is told", () => {
  for (const [template, problems] of WRONG) {
    const read = readTemplate(template);
    assertEquals(read.ok ? [] : read.problems, problems as never, template);
  }
});

Deno.test("a template may have as many filters, and as long ones, as it may", () => {
  const read = readTemplate(`{x|before:${"a".repeat(100)}${"|lower".repeat(99)}}`);
  assertEquals(read.ok ? [] : read.problems, []);
});

Deno.test("half a character is never made of whole ones", () => {
  const filters: readonly Filter[] = [
    { name: "before", sign: "😀" },
    { name: "after", sign: "😀" },
    { name: "part", sign: "😀", number: -1 },
    { name: "replace", sign: "😀", by: "x" },
  ];
  for (const filter of filters) assertEquals(filtered("a😁b😀c😀", filter, 100)?.isWellFormed(), true);
});
