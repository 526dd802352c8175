import { assertEquals } from "@std/assert";
import { createRecordReader } from "../../lib/csv/record_reader.ts";
import { RECORD_LIMITS, type RecordLimits } from "../../lib/csv/record_limits.ts";
import { COMMA } from "./record_case.ts";

const MEBI = 1024 * 1024;

function read(
  pieces: Iterable<string>,
  limits: RecordLimits = RECORD_LIMITS,
): ReturnType<typeof createRecordReader> & { cells: number[] } {
  const reader = createRecordReader(COMMA, limits);
  const records = [...pieces].flatMap((piece) => reader.push(piece));
  records.push(...reader.end());
  return Object.assign(reader, { cells: records.map((record) => record.cells.length) });
}

Deno.test("a cell of 16 Mi characters is read, and one more is too much, raw or qualified", () => {
  const most = "x".repeat(16 * MEBI);
  for (const text of [`a,${most}\nb,c`, `a,"${most}"\nb,c`, `a,b\nc,${most}`]) {
    const reader = read([text]);
    assertEquals([reader.tooLong, reader.cells], [null, [2, 2]]);
  }
  const limit = 16 * MEBI;
  assertEquals(read([`a,b\nc,${most}x\n`]).tooLong, { kind: "cell_too_long", line: 2, qualifierLine: null, limit });
  assertEquals(read([`a,b\n\nc,"\n${most}`]).tooLong, { kind: "cell_too_long", line: 3, qualifierLine: 3, limit });
});

Deno.test("nothing is collected of a cell that is too long, and no record behind it is given", () => {
  const reader = createRecordReader(COMMA);
  reader.push('a,b\n"c');
  for (let piece = 0; piece < 17; piece++) reader.push("x".repeat(MEBI));
  assertEquals(reader.tooLong?.kind, "cell_too_long");
  assertEquals([reader.push('",d\ne,f\n'), reader.end(), reader.openQualifier], [[], [], null]);
});

Deno.test("a record of 64 Mi characters is read, and one more is too much", () => {
  const quarter = "x".repeat(16 * MEBI - 1);
  const pieces = [quarter, ",", quarter, ",", quarter, ",", quarter];
  assertEquals(read(["a\n", ...pieces, ","]).tooLong, null);
  const tooLong = { kind: "record_too_long", line: 2, qualifierLine: null, limit: 64 * MEBI } as const;
  assertEquals(read(["a\n", ...pieces, ",,\n"]).tooLong, tooLong);
});

Deno.test("blanks and blank lines are no record, however many they are", () => {
  const reader = read(["a\n", ...Array(3).fill(" ".repeat(30 * MEBI)), "\nb\n"]);
  assertEquals([reader.tooLong, reader.cells, reader.line], [null, [1, 1], 4]);
});

Deno.test("10,000 cells are kept, and all of them are counted", () => {
  const reader = createRecordReader(COMMA);
  const records = ["a".concat(",b".repeat(9_999)), "\nc", ...Array(10).fill(",d".repeat(5_000)), "\ne,f"].flatMap((
    text,
  ) => reader.push(text));
  records.push(...reader.end());
  const problem = { kind: "too_many_cells", found: 50_001, limit: 10_000 } as const;
  assertEquals(records.map((record) => [record.cells.length, record.line, record.problem]), [
    [10_000, 1, null],
    [10_000, 2, problem],
    [2, 3, null],
  ]);
});
