/** Texts of one line: a line break in one comes from a qualifier that swallowed a row, or from a form field that was pasted into. */
import type { Attribute } from "../model/model.ts";

const OF_ONE_LINE: ReadonlySet<Attribute["kind"]> = new Set(["string", "email", "phone", "url", "ip", "ipv4"] as const);

/** Those of Unicode (UAX #14, classes BK, CR and LF), but for U+0085, which comes from a wrong charset and is warned of (SPEC 14). */
const LINE_BREAK = /[\n\r\v\f\u2028\u2029]/;

/** Whether the attribute's values stand on one line. */
export function isOfOneLine({ kind }: Attribute): boolean {
  return OF_ONE_LINE.has(kind);
}

export function hasLineBreak(text: string): boolean {
  return LINE_BREAK.test(text);
}
