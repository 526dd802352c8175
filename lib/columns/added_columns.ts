/**
 * The columns that `rejects` adds to rows in error, and an import ignores: a mended file loads with the parameters of the one it came
 * from (SPEC 15).
 */
import { ADDED_COLUMNS, endsWithAddedNames } from "../csv/added_names.ts";
import type { Cell } from "../csv/record.ts";
import type { ColumnPlan } from "./plan.ts";

export { ADDED_COLUMNS };

/** How many cells of each row are only added. @param isKnown whether the class has a column of this name: then the file means that one */
export function addedCells(header: readonly (string | null)[], isKnown: (name: string) => boolean): number {
  return endsWithAddedNames(header) && !ADDED_COLUMNS.some(isKnown) ? ADDED_COLUMNS.length : 0;
}

/**
 * What stands in `_status`: `rejected`, or for a row of wrong length how long it was, as a short one is filled up with empty cells:
 * `short_2`, `long_7`. Nothing in it needs a qualifier.
 */
export function addedStatus(count: CellCount | null): string {
  if (count === null) return "rejected";
  return `${count.found < count.expected ? "short" : "long"}_${count.found}`;
}

const STATUS_FORM = /^(?:rejected|(?:short|long)_(\d{1,15}))$/;

/** What `_status` says: how many cells the row had, or null where their number was right; undefined: it is no such text. */
function readAddedStatus(status: Cell | undefined): number | null | undefined {
  const form = STATUS_FORM.exec(status ?? "");
  if (form === null) return undefined;
  return form[1] === undefined ? null : Number(form[1]);
}

/** Whether a row ends with the added cells. @param columns how many the header has without them */
export function endsWithAdded(cells: readonly Cell[], columns: number): boolean {
  const { length } = ADDED_COLUMNS;
  if (cells.length === columns + length) return true;
  return cells.length > length && readAddedStatus(cells[cells.length - length + 1]) !== undefined;
}

/** How many cells a row has, and how many it should have. */
export interface CellCount {
  readonly found: number;
  readonly expected: number;
}

/** The same without the added ones. @returns null: the number is right */
export function wrongCellCount(
  cells: readonly Cell[],
  { headers, addedCells: added }: Pick<ColumnPlan, "headers" | "addedCells">,
): CellCount | null {
  const expected = headers.length;
  if (added === 0) return cells.length === expected ? null : { found: cells.length, expected };
  if (cells.length !== expected + added) {
    return endsWithAdded(cells, expected)
      ? { found: cells.length - added, expected }
      : { found: cells.length, expected: expected + added };
  }
  const before = readAddedStatus(cells[expected + 1]);
  // Nobody has filled what a short row lacked: to load it would erase values.
  const isStillShort = typeof before === "number" && before < expected &&
    cells.slice(before, expected).every((cell) => cell === "");
  return isStillShort ? { found: before, expected } : null;
}
