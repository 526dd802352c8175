/**
 * The table of a details report: CSV with the separator `;`, whatever the input's. Values that are text are always quoted; the four
 * fixed columns and the heading only where CSV needs it, so that they look as the reference prints them.
 */
import { FIXED_HEADING, NO_OBJECT } from "../messages/report.ts";
import { rowStatus } from "../messages/rows.ts";
import type { RowOutcome, RowResult } from "../reconcile/row_result.ts";
import type { ReportCell } from "../values/value_reader.ts";

const SEPARATOR = ";";

/** What becomes of a text before it is quoted. */
type TextChange = (text: string) => string;

/** The table's first line, without its end. */
export function headingRow(cells: readonly string[], change: TextChange): string {
  return [...FIXED_HEADING, ...cells].map((cell) => plainCell(change(cell))).join(SEPARATOR);
}

/** The table's line for a row of the input, without its end. */
export function tableRow({ record, outcome, cells }: RowResult, change: TextChange): string {
  let row = `${record};${plainCell(change(rowStatus(outcome)))};${objectCells(outcome)}`;
  for (const cell of cells) row += SEPARATOR + (typeof cell === "string" ? quoted(change(cell)) : numberCell(cell));
  return row;
}

function objectCells({ object }: RowOutcome): string {
  return object === null ? `${NO_OBJECT};${NO_OBJECT}` : `${object.class};${object.id}`;
}

function numberCell(cell: Exclude<ReportCell, string>): string {
  return cell === null ? "" : String(cell);
}

/** Text that would be read as something else without quotes. */
const NEEDS_QUOTES = /[;"\r\n]|^\s|\s$/;

function plainCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? quoted(text) : text;
}

function quoted(text: string): string {
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}
