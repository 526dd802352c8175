/** One header cell, cut up without looking anything up. */
import { withoutBlankEnds } from "../compared_text.ts";

/**
 * The name in a header cell: blanks around it dropped, and the `*` that marks mandatory columns in exported templates, at the end of
 * the name or just before an arrow.
 */
export function columnName(cell: string): string {
  return withoutBlankEnds(cell).replace(/\*(?=->|$)/g, "");
}
