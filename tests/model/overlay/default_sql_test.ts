import { assertEquals } from "@std/assert";
import { unsafePart } from "../../../lib/model/overlay/default_sql.ts";

const SAFE: readonly string[] = [
  "CURRENT_TIMESTAMP",
  "current_date",
  "'it''s; -- \"text\"'",
  "''",
  "-1.5e3",
  "+ 7",
  "- -7",
  ".5",
  "x'00fF'",
  "TRUE",
  "unixepoch()",
  "unixepoch ( 'now' ) * 1000",
  "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+1 day')",
  "(strftime('%s','now'))",
  "lower(hex(randomblob(16)))",
  "'a' || CURRENT_DATE || 'b'",
  "(1 + 2) % 3 / (4 - 5)",
  "date('now')\n",
];

for (const sql of SAFE) {
  Deno.test(`may be the default of a column: ${JSON.stringify(sql)}`, () => assertEquals(unsafePart(sql), undefined));
}

/** What may not stand there; null: the text ends too early. */
const UNSAFE: readonly (readonly [sql: string, at: string | null])[] = [
  ["", null],
  ["   ", null],
  ["(", null],
  ["1 +", null],
  ["date('now'", null],
  ["date", null],
  ["1; DELETE FROM t", ";"],
  ["(SELECT 1)", "SELECT"],
  ["name", "name"],
  ['"name"', '"name"'],
  ["[name]", "[name]"],
  ["`name`", "`name`"],
  ["t.c", "t"],
  ["load_extension('x')", "load_extension"],
  ["writefile('x', 'y')", "writefile"],
  ["zeroblob(9)", "zeroblob"],
  ["CURRENT_DATE()", "("],
  ["unixepoch", null],
  ["unixepoch)", ")"],
  ["1)", ")"],
  ["1, 2", ","],
  ["1 2", "2"],
  ["1a", "1"],
  ["1.5.6", "1.5"],
  ["1 -- comment", "-- comment"],
  ["1 /* comment */", "/* comment */"],
  ["1 /* comment", "/* comment"],
  ["/**/1", "/**/"],
  ["1 | | 2", "|"],
  ["'open", "'"],
  ["x'0'", "x'0'"],
  ["x'0g'", "x'0g'"],
  ["?", "?"],
  [":name", ":"],
  ["1\u00002", "\u0000"],
  ["1 \u00002", "\u0000"],
  ["CASE WHEN 1 THEN 2 END", "CASE"],
  ["1 = 1", "="],
  ["date(,)", ","],
  ["date('now',)", ")"],
];

for (const [sql, at] of UNSAFE) {
  Deno.test(`may not be the default of a column: ${JSON.stringify(sql)}`, () => assertEquals(unsafePart(sql), at));
}

Deno.test("neither depth nor length is too much for the check", () => {
  assertEquals(unsafePart(`${"(".repeat(40)}1${")".repeat(40)}`), undefined);
  assertEquals(unsafePart(`${"(".repeat(400)}1${")".repeat(400)}`), "(");
  assertEquals(unsafePart(`'${"x".repeat(100_000)}'`), "x".repeat(20));
});
