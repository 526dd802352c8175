import { assert, assertEquals } from "@std/assert";
import { safeText } from "../../lib/report/safe_csv.ts";
import { processorSeconds } from "../helpers/processor_time.ts";

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
  ['x\n \t\r\n"\u00a0=x', "x\n \t\r\n\"\u00a0'=x"],
  ["x, \n=x", "x, \n'=x"],
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

Deno.test("every blank that there is may stand before a formula", () => {
  for (let code = 0; code <= 0xffff; code++) {
    const blank = String.fromCharCode(code);
    if (blank.trim() !== "" || "\t\r\n".includes(blank)) continue;
    assertEquals(safeText(`${blank}=x`), `${blank}'=x`, code.toString(16));
  }
});

Deno.test("many line breaks, tabs and blanks take no longer than other characters", async () => {
  for (const blank of ["\n", "\t", "\r\n", " ", ", "]) {
    const text = `${blank.repeat(100_000)}z`;
    assert(await processorSeconds(() => safeText(text)) < 2, JSON.stringify(blank));
  }
});
