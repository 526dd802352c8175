/** Texts of one line: a line break in one comes from a qualifier that swallowed a row, or from a form field that was pasted into. */
import { isOneLineText, isText } from "../model/look_up.ts";
import type { Attribute, ColumnAttribute } from "../model/model.ts";

const OF_ONE_LINE: ReadonlySet<Attribute["kind"]> = new Set(["string", "email", "phone", "url", "ip", "ipv4"] as const);

/** Those of Unicode (UAX #14, classes BK, CR and LF), but for U+0085, which comes from a wrong charset and is warned of (SPEC 14). */
const LINE_BREAK = /[\n\r\v\f\u2028\u2029]/;

/** Whether the attribute's values stand on one line. */
export function isOfOneLine({ kind }: Attribute): boolean {
  return OF_ONE_LINE.has(kind);
}

/** Whether blanks at the ends of its cells count: where a line break may be, and in a column without a known type. */
export function hasBlankEnds(attribute: ColumnAttribute): boolean {
  if (isText(attribute)) return !isOneLineText(attribute);
  return KEEPING_BLANKS.has(attribute.kind);
}

const KEEPING_BLANKS: ReadonlySet<ColumnAttribute["kind"]> = new Set(["password", "case_log", "loose"] as const);

export function hasLineBreak(text: string): boolean {
  return LINE_BREAK.test(text);
}
