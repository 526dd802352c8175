/** Rows with fewer cells than the header, as `short_rows=fill` takes them: the missing cells at the end are empty (SPEC 16). */
import type { Cell, CsvRecord } from "../csv/record.ts";
import { ADDED_COLUMNS, addedStatus, endsWithAdded } from "./added_columns.ts";
import type { ColumnPlan } from "./plan.ts";

/** @returns the same, as long as the header */
export function filledRows(
  records: readonly CsvRecord[],
  { headers, addedCells }: Pick<ColumnPlan, "headers" | "addedCells">,
): readonly CsvRecord[] {
  const expected = headers.length + addedCells;
  return records.map((record) => {
    const { cells } = record;
    if (cells.length < expected && (addedCells === 0 || !endsWithAdded(cells, headers.length))) {
      return { ...record, cells: [...cells, ...emptyCells(expected - cells.length)], filled: expected - cells.length };
    }
    return addedCells > 0 && cells.length === expected ? { ...record, cells: withoutLength(cells) } : record;
  });
}

/** That a row of a file of rows in error was too short when it came no longer counts. */
function withoutLength(cells: readonly Cell[]): readonly Cell[] {
  return cells.with(cells.length - ADDED_COLUMNS.length + 1, addedStatus(null));
}

function emptyCells(count: number): Cell[] {
  return Array.from({ length: count }, () => "");
}
