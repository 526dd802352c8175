import { assertEquals, assertThrows } from "@std/assert";
import { RowLines } from "../../lib/reconcile/row_lines.ts";

Deno.test("the line of every row, with rows of several lines and rows that are left out", () => {
  const lines = new RowLines();
  const expected = new Map<number, number>();
  let line = 2;
  for (let row = 0; row < 30_000; row++) {
    // Cells with line breaks, and blank lines.
    line += row % 3 === 0 && row % 1000 < 900 ? 1 + row % 7 : 1;
    if (row % 11 === 5) continue;
    lines.note(row, line);
    expected.set(row, line);
  }
  for (const [row, found] of expected) assertEquals(lines.lineOf(row), found);
});

Deno.test("a row that was not noted has no line", () => {
  const lines = new RowLines();
  assertThrows(() => lines.lineOf(0), Error, "row 0 was not noted");
  lines.note(3, 5);
  assertThrows(() => lines.lineOf(2), Error, "row 2 was not noted");
});
