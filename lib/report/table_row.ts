/**
 * The table of a details report: CSV with the separator `;`, whatever the input's. Values that are text are always quoted; the four
 * fixed columns and the heading only where CSV needs it, so that they look as the reference prints them.
 */
import { cellTrouble } from "../messages/cells.ts";
import { goneStatus } from "../messages/feeds.ts";
import { FIXED_HEADING, NO_OBJECT } from "../messages/report.ts";
import { rowStatus } from "../messages/rows.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowOutcome, RowResult, ShownCell } from "../reconcile/row_result.ts";

export const SEPARATOR = ";";

/** What becomes of a text before it is quoted. */
type TextChange = (text: string) => string;

/** The table's first line, without its end. */
export function headingRow(cells: readonly string[], change: TextChange): string {
  return [...FIXED_HEADING, ...cells].map((cell) => plainCell(change(cell))).join(SEPARATOR);
}

/** The table's line for a row of the input, without its end. */
export function tableRow({ record, outcome, cells }: RowResult, changeText: TextChange): string {
  const change: TextChange = outcome.kind === "rejected" ? (text) => withoutNul(changeText(text)) : changeText;
  let row = `${record};${plainCell(change(rowStatus(outcome)))};${objectCells(outcome, change)}`;
  for (const cell of cells) row += SEPARATOR + tableCell(cell, change);
  return row;
}

/** The table's line for an object that is gone: no row of the input is about it. Without its end. */
export function goneRow(one: GoneObject, changeText: TextChange): string {
  const change: TextChange = (text) => withoutNul(changeText(text));
  const { object: { class: code, id }, cells } = one;
  const row = `;${plainCell(change(goneStatus(one)))};${code};${typeof id === "number" ? id : plainCell(change(id))}`;
  return row + cells.map((cell) => SEPARATOR + tableCell(cell, change)).join("");
}

/** No row with the character NUL is loaded, and few programs read a table that has one: it is spelt out. */
export function withoutNul(text: string): string {
  return text.includes("\0") ? text.replaceAll("\0", "\\u0000") : text;
}

function objectCells({ object }: RowOutcome, change: TextChange): string {
  if (object === null) return `${NO_OBJECT};${NO_OBJECT}`;
  return `${object.class};${typeof object.id === "number" ? object.id : plainCell(change(object.id))}`;
}

function tableCell(cell: ShownCell, change: TextChange): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  return quoted(change(typeof cell === "string" ? cell : cellTrouble(cell)));
}

/** Text that would be read as something else without quotes. */
const NEEDS_QUOTES = /[;"\r\n]|^\s|\s$/;

/** A cell that is quoted only where CSV needs it. */
export function plainCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? quoted(text) : text;
}

export function quoted(text: string): string {
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}
