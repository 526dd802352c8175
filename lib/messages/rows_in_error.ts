/** The first rows in error, as standard error names them. */
import { CUT_MARK, cutText } from "../cut_text.ts";
import { rowReasons } from "./row_reasons.ts";
import type { RowOutcome } from "../reconcile/row_result.ts";
import { visibleLine } from "./visible_text.ts";

/** What is kept of a row in error. */
export interface RowInError {
  /** Of the file, from 1. */
  readonly line: number;
  /** Its reconciliation keys as they were typed. */
  readonly keys: readonly { readonly column: string; readonly text: string }[];
  readonly outcome: Extract<RowOutcome, { readonly kind: "rejected" }>;
  /** It has more bad cells than `outcome` tells. */
  readonly hasMore: boolean;
}

/** In UTF-16 code units: a few lines of a terminal. */
const LONGEST_LINE = 400;
const LONGEST_KEY = 60;

/** A line without its end. @param about what it is about, with what ends it; empty: the only run */
export function rowInErrorLine(about: string, { line, keys, outcome, hasMore }: RowInError): string {
  const key = keys.map(({ column, text }) => `, ${column} '${cutText(text, LONGEST_KEY)}'`).join("");
  const reasons = rowReasons(outcome).join("; ") + (hasMore ? `; ${CUT_MARK}` : "");
  return cutText(visibleLine(`csvrecon: ${about}line ${line}${key}: ${reasons}`), LONGEST_LINE);
}

/** Behind the first rows in error. @param hasAll whether the report itself has all of them */
export function moreRowsInError(about: string, count: number, hasAll: boolean): string {
  const rows = count === 1 ? "1 more row" : `${count} more rows`;
  return `csvrecon: ${about}and ${rows} in error: ${
    hasAll ? "the report has all of them" : "output=errors shows all, rejects=FILE hands them back"
  }`;
}

/** Behind them, where they were written to a file as they came. */
export function rejectsAreIn(about: string, file: string): string {
  return visibleLine(`csvrecon: ${about}the rows in error are in '${file}', to be mended and loaded again`);
}
