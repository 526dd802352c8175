/** What is to be said of the names in a header. */
import { columnForm, columnName } from "../csv/heading.ts";
import { ALL_UNKNOWN } from "../columns/ignored_columns.ts";
import { withoutBlankEnds, withoutWidthIn } from "../compared_text.ts";
import type { ColumnFacts } from "./column_tally.ts";
import type { Findings } from "./finding.ts";

const BLANKS_LIKE_THE_USUAL = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** What no name of a column looks like: numbers, dates, addresses. */
const LIKE_DATA =
  /^(?:[+-]?\d+(?:[.,]\d+)*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|[^@\s]+@[^@\s]+\.[^@\s]+|https?:.*|<NULL>)$/;

/**
 * @param header names as they stand in the file
 * @param line on which it begins; null: it stands in no file
 * @param isIgnored whether the column at an index is not loaded: it may be there twice
 */
export function judgeNames(
  header: readonly string[],
  line: number | null,
  isIgnored: (index: number) => boolean,
  findings: Findings,
): void {
  const places = new Map<string, number[]>();
  header.forEach((cell, index) => {
    const name = columnForm(cell);
    if (name !== "" && !isIgnored(index)) places.set(name, [...places.get(name) ?? [], index + 1]);
    const codes = unseenIn(cell);
    if (codes.length > 0) findings.warn({ kind: "unseen_in_name", column: index + 1, name: cell, codes });
  });
  for (const [, columns] of places) {
    if (columns.length > 1) {
      findings.error({ kind: "repeated_name", name: header[(columns[0] ?? 1) - 1] ?? "", columns });
    }
  }
  const filled = header.filter((cell) => cell !== "");
  const isData = filled.length > 0 && filled.filter(isLikeData).length * 2 >= filled.length;
  if (isData && line !== null) findings.warn({ kind: "header_like_data", line });
}

export function isLikeData(cell: string): boolean {
  return LIKE_DATA.test(cell);
}

/** Code points that nobody sees, or takes for a blank; at the ends of a name they do not count. */
function unseenIn(cell: string): readonly number[] {
  const name = withoutBlankEnds(cell);
  const found = [...withoutWidthIn(name), ...name.match(BLANKS_LIKE_THE_USUAL) ?? []];
  return [...new Set(found.map((character) => character.codePointAt(0) ?? 0))];
}

/**
 * Columns without a name, told when their cells are known: an import passes them over where none is filled, and where it passes over every
 * column that is not known.
 * @param ignoredNames as typed
 */
export function judgeNameless(
  columns: readonly ColumnFacts[],
  ignoredNames: readonly string[],
  findings: Findings,
): void {
  if (ignoredNames.includes(ALL_UNKNOWN)) return;
  const nameless = columns.filter(({ name, filled }) => columnName(name) === "" && filled > 0);
  if (nameless.length === 0) return;
  findings.error({ kind: "nameless_columns", columns: nameless.map(({ number }) => number) });
}
