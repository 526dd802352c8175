/** The columns that a file of rows in error has besides its own: at the end of the header, in this order and spelling. */
import type { Cell } from "./record.ts";

export const ADDED_COLUMNS: readonly string[] = ["_line", "_status", "_why"];

/** Whether the last cells of a header, of which there are others, are these names. */
export function endsWithAddedNames(header: readonly Cell[]): boolean {
  const last = header.slice(-ADDED_COLUMNS.length);
  return header.length > ADDED_COLUMNS.length && ADDED_COLUMNS.every((name, index) => last[index]?.trim() === name);
}
