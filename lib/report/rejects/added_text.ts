/** The text that is put behind a rejected row, in the dialect of its file. */
import { type Dialect, NULL_CELL } from "../../csv/dialect.ts";
import { cutText } from "../../cut_text.ts";
import { visibleLine } from "../../messages/visible_text.ts";

/** In UTF-16 code units: spreadsheets take 32,767 a cell, and nobody reads as much. */
const LONGEST_REASON = 1000;
const LONGEST_WHY = 10_000;

/** All reasons as one cell. */
export function whyText(reasons: readonly string[]): string {
  const shown = reasons.map((reason) => cutText(visibleLine(cutText(reason, LONGEST_REASON)), LONGEST_REASON));
  return cutText(shown.join("; "), LONGEST_WHY);
}

/**
 * Cells with a separator before each.
 * @param empty how many empty cells stand before them
 * @param dialect that in which they are read again
 */
export function addedText(empty: number, cells: readonly string[], dialect: Dialect): string {
  const { separator } = dialect;
  return separator.repeat(empty) + cells.map((cell) => separator + writtenCell(cell, dialect)).join("");
}

/** One that would be read as something else stands in qualifiers; where there are none, without what would break it. */
function writtenCell(cell: string, { separator, qualifier }: Dialect): string {
  if (qualifier === "") return cell.replaceAll(separator, separator === " " ? "_" : " ");
  const isPlain = !cell.includes(separator) && !cell.includes(qualifier) && cell.trim() === cell && cell !== NULL_CELL;
  if (isPlain) return cell;
  // A backslash before the closing qualifier would be taken for an escape.
  const end = cell.endsWith("\\") ? " " : "";
  return qualifier + cell.replaceAll(qualifier, () => qualifier + qualifier) + end + qualifier;
}
