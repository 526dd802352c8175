/** What is written as a record is read as the very same cells. */
import { assertEquals } from "@std/assert";
import { createRecordReader } from "../../lib/csv/record_reader.ts";
import { createRecordWriter } from "../../lib/csv/record_writer.ts";
import { withoutBlankEnds } from "../../lib/compared_text.ts";
import { Random } from "../torture/random.ts";

const DIALECTS = [
  { separator: ",", qualifier: '"' },
  { separator: ";", qualifier: "'" },
  { separator: "\t", qualifier: "\\" },
  { separator: "\\", qualifier: '"' },
  { separator: "a", qualifier: "b" },
  { separator: "😀", qualifier: "é" },
  { separator: " ", qualifier: '"' },
  { separator: ",", qualifier: " " },
  { separator: "aa", qualifier: '"' },
  { separator: "ab", qualifier: "'" },
  { separator: "a;a", qualifier: "x" },
];
const PIECES = [
  ",",
  ";",
  '"',
  "'",
  "\\",
  "\t",
  " ",
  "\n",
  "\r",
  "\r\n",
  "a",
  "b",
  "é",
  "😀",
  "\u00a0",
  "<NULL>",
  "x",
  "\u200b",
  "=",
];

function text(random: Random): string {
  return Array.from({ length: random.int(0, 6) }, () => random.pick(PIECES)).join("");
}

Deno.test("cells of one line come back as they count, others as they are; or the writer says that it cannot", () => {
  const random = new Random(1);
  for (let number = 0; number < 20_000; number++) {
    const dialect = random.pick(DIALECTS);
    const writer = createRecordWriter(dialect);
    const cells = Array.from(
      { length: random.int(1, 4) },
      () => ({ text: text(random), isOneLine: random.chance(0.5) }),
    );
    const written = cells.map((cell) => writer.cell(cell.text, cell.isOneLine));
    if (written.includes(null)) continue;
    const line = writer.line(written.map((cell) => cell ?? ""));
    const reader = createRecordReader(dialect);
    const records = [...reader.push(line), ...reader.end()];
    const told = JSON.stringify([dialect, cells, line]);
    assertEquals(records.length, 1, told);
    assertEquals(records[0]?.problem, null, told);
    const read = records[0]?.cells.map((cell, index) =>
      cells[index]?.isOneLine ? withoutBlankEnds(cell ?? "\0") : cell
    );
    assertEquals(read, cells.map((cell) => cell.isOneLine ? withoutBlankEnds(cell.text) : cell.text), told);
  }
});

const WRITTEN: readonly (readonly [text: string, isOneLine: boolean, written: string | null])[] = [
  ["", true, ""],
  ["plain", true, "plain"],
  ["a,b", true, '"a,b"'],
  [" blanks ", false, '" blanks "'],
  ['a "b"', true, '"a ""b"""'],
  ["a\r\nb", false, '"a\r\r\nb"'],
  ["<NULL>", true, '"<NULL> "'],
  ["<NULL>", false, null],
  ["C:\\", true, "C:\\"],
  ["a,b\\", true, '"a,b\\ "'],
  ["a,b\\", false, null],
];

Deno.test("cells stand between qualifiers only where they must", () => {
  const writer = createRecordWriter({ separator: ",", qualifier: '"' });
  for (const [text, isOneLine, written] of WRITTEN) assertEquals(writer.cell(text, isOneLine), written, text);
});

Deno.test("without a qualifier few texts cannot be written, and are told", () => {
  const writer = createRecordWriter({ separator: ",", qualifier: "" });
  assertEquals(writer.cell("a,b", true), null);
  assertEquals(writer.cell("a\nb", false), null);
  assertEquals(writer.cell(" a ", true), " a ");
  assertEquals(writer.cell(" a ", false), null);
  assertEquals(writer.cell('"a"', true), '"a"');
  assertEquals(writer.cell("<NULL>", true), "<NULL>\u00a0");
  assertEquals(writer.line([""]), "<NULL>\n");
});

Deno.test("a line without any filled cell is one all the same", () => {
  const writer = createRecordWriter({ separator: ",", qualifier: '"' });
  assertEquals([writer.line([""]), writer.line(["", ""]), writer.line(["\u00a0", ""])], [
    '""\n',
    '"",\n',
    '"\u00a0",\n',
  ]);
});

Deno.test("a cell that ends like a separator of several characters is qualified, or gets a blank, or cannot be written", () => {
  const quoted = createRecordWriter({ separator: "||", qualifier: '"' });
  const plain = createRecordWriter({ separator: "||", qualifier: "" });
  const odd = createRecordWriter({ separator: "a;a", qualifier: '"' });
  assertEquals(["x|", "x|y", "|x", "||"].map((one) => quoted.cell(one, true)), ['"x|"', "x|y", "|x", '"||"']);
  assertEquals(["x|", "x|y", "||"].map((one) => plain.cell(one, true)), ["x|\u00a0", "x|y", null]);
  assertEquals(plain.cell("x|", false), null);
  assertEquals(["ba;", "ba", "b;a"].map((one) => odd.cell(one, true)), ['"ba;"', "ba", "b;a"]);
  const reader = createRecordReader({ separator: "||", qualifier: "" });
  const line = plain.line(["x|", "y", "|"].map((one) => plain.cell(one, true) ?? ""));
  assertEquals([...reader.push(line), ...reader.end()][0]?.cells.map((cell) => withoutBlankEnds(cell ?? "")), [
    "x|",
    "y",
    "|",
  ]);
});
