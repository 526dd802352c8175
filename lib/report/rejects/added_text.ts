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
function writtenCell(cell: string, { separator, qualifier, escape, comment }: Dialect): string {
  // Of a separator of several characters a part may stand at the end of a cell.
  const signs = [...separator, ...escape ?? ""];
  if (qualifier === "") {
    return signs.reduce((text, sign) => text.replaceAll(sign, sign === " " ? "_" : " "), cell);
  }
  const isPlain = !signs.some((sign) => cell.includes(sign)) && !cell.includes(qualifier) && cell.trim() === cell &&
    cell !== NULL_CELL && (comment === undefined || !cell.startsWith(comment));
  if (isPlain) return cell;
  // A backslash before the closing qualifier would be taken for an escape.
  const end = escape === undefined && cell.endsWith("\\") ? " " : "";
  const escaped = escape === undefined || escape === "" ? cell : cell.replaceAll(escape, () => escape + escape);
  return qualifier + escaped.replaceAll(qualifier, () => qualifier + qualifier) + end + qualifier;
}
