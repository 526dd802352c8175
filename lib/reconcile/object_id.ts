/** Ids in cells. */
import type { Cell } from "../csv/record.ts";

/** The id in a cell: digits without a leading zero; null for anything else (golden decisions, b-key-by-id). */
export function idOf(cell: Cell): number | null {
  if (cell === null || !/^[1-9]\d{0,15}$/.test(cell)) return null;
  const id = Number(cell);
  return Number.isSafeInteger(id) ? id : null;
}
