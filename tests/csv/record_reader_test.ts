import { assertEquals } from "@std/assert";
import { createRecordReader } from "../../lib/csv/record_reader.ts";
import { eachTwoWayCut, readPieces, singleUnits } from "./read_pieces.ts";
import { GOLDEN_RECORD_CASES } from "./golden_record_cases.ts";
import { RECORD_CASES } from "./record_cases.ts";

for (const { title, dialect, text, records, openQualifier } of [...GOLDEN_RECORD_CASES, ...RECORD_CASES]) {
  const expected = { records, openQualifier: openQualifier ?? null };

  Deno.test(title, () => {
    assertEquals(readPieces(dialect, [text]), expected);
  });

  Deno.test(`${title}, cut in two at every place`, () => {
    for (const pieces of eachTwoWayCut(text)) {
      assertEquals(readPieces(dialect, pieces), expected, JSON.stringify(pieces));
    }
  });

  Deno.test(`${title}, one code unit at a time`, () => {
    assertEquals(readPieces(dialect, singleUnits(text)), expected);
  });
}

const COMMA = { separator: ",", qualifier: '"' };

Deno.test("the reader says on which line the text read so far ends", () => {
  const reader = createRecordReader(COMMA);
  assertEquals(reader.line, 1);
  reader.push("a,b");
  assertEquals(reader.line, 1);
  reader.push('\n"c\nd');
  assertEquals(reader.line, 3);
  reader.push('\r\n",e\r');
  assertEquals(reader.line, 5);
  reader.push("\nf");
  assertEquals(reader.line, 5);
});

Deno.test("a CR at the end of a piece ends the record at once, and an LF that follows is the same line end", () => {
  const reader = createRecordReader(COMMA);
  assertEquals(reader.push("a,b\r"), [{ cells: ["a", "b"], line: 1, problem: null, hasLineBreak: false }]);
  assertEquals(reader.push("\n"), []);
  assertEquals(reader.line, 2);
  assertEquals(reader.end(), []);
});

Deno.test("an LF in another piece than its CR is skipped once only", () => {
  const reader = createRecordReader(COMMA);
  reader.push("a\r");
  reader.push("");
  assertEquals(reader.push("\n\nb\n"), [{ cells: ["b"], line: 3, problem: null, hasLineBreak: false }]);
});

Deno.test("records come as soon as they are complete", () => {
  const reader = createRecordReader(COMMA);
  assertEquals(reader.push("a\nb\nc").map((record) => record.cells), [["a"], ["b"]]);
  assertEquals(reader.push("").length, 0);
  assertEquals(reader.push(",d\n").map((record) => record.cells), [["c", "d"]]);
});

Deno.test("whether a qualified cell is open is said at the end, not before", () => {
  const reader = createRecordReader(COMMA);
  reader.push('a\n"b');
  assertEquals(reader.openQualifier, null);
  assertEquals(reader.end(), []);
  assertEquals(reader.openQualifier, { kind: "open_qualifier", line: 2 });
});

Deno.test("a cell that comes in a hundred thousand pieces is whole", () => {
  const reader = createRecordReader(COMMA);
  const pieces = 100_000;
  reader.push('"');
  for (let piece = 0; piece < pieces; piece++) reader.push('ab""\n');
  const [record] = reader.push('"\n');
  assertEquals(record?.cells[0], 'ab"\n'.repeat(pieces));
  assertEquals(record?.line, 1);
  assertEquals(reader.line, pieces + 2);
});
