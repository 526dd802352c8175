/** One header cell, cut up without looking anything up. */
import { withoutBlankEnds } from "../compared_text.ts";
import { foldCase } from "../model/look_up.ts";

/** Blanks of other alphabets and widths, which look like the usual one. */
const OTHER_BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * The name in a header cell: blanks around it dropped, and the `*` that marks mandatory columns in exported templates, at the end of
 * the name or just before an arrow; blanks within it are usual ones.
 */
export function columnName(cell: string): string {
  return withPlainBlanks(withoutBlankEnds(cell).replace(/\*(?=->|$)/g, ""));
}

/** Two names mean one column when these are equal. */
export function columnForm(cell: string): string {
  return foldCase(columnName(cell));
}

/** Nobody sees which of them a name has. */
export function withPlainBlanks(name: string): string {
  return name.replace(OTHER_BLANKS, " ");
}
