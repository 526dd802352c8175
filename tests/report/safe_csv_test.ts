import { assertEquals } from "@std/assert";
import { safeText } from "../../lib/report/safe_csv.ts";

const TEXTS: readonly (readonly [string, string])[] = [
  ["=1+1", "'=1+1"],
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ["@SUM(1,2)", "'@SUM(1,2)"],
  ["+33 1 23 45", "'+33 1 23 45"],
  ["-2+3", "'-2+3"],
  ["-x", "'-x"],
  ["＝1+1", "'＝1+1"],
  ["\tx", "'\tx"],
  ["\t=x", "'\t'=x"],
  ["\rx", "'\rx"],
  ["\n-x", "'\n'-x"],
  ["  =x", "  '=x"],
  // Split at commas, where the quotes of a table with semicolons do not count.
  ["x,=cmd()", "x,'=cmd()"],
  ['x";"=cmd()', 'x";"\'=cmd()'],
  ["first\n=second", "first\n'=second"],
  // Numbers stay numbers.
  ["-5", "-5"],
  ["+33", "+33"],
  ["-1.25", "-1.25"],
  ["-1,5", "-1,5"],
  // Nothing begins with these.
  ["a=b", "a=b"],
  ["a - b", "a - b"],
  ["mail@example.com", "mail@example.com"],
  ["#Columns: name, code", "#Columns: name, code"],
  ["", ""],
];

for (const [text, safe] of TEXTS) {
  Deno.test(`safe in a spreadsheet: ${JSON.stringify(text)}`, () => {
    assertEquals(safeText(text), safe);
    assertEquals(safeText(safe), safe, "twice is the same as once");
  });
}
