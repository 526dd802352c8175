/** One header cell, cut up without looking anything up. */

/**
 * The name in a header cell: blanks around it dropped, and the `*` that marks mandatory columns in exported templates, at the end of
 * the name or just before an arrow.
 */
export function columnName(cell: string): string {
  return cell.trim().replace(/\*(?=->|$)/g, "");
}
