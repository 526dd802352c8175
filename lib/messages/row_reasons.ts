/** Everything that speaks against a row, for people who see nothing else of it. */
import type { Rejection, RowOutcome } from "../reconcile/row_result.ts";
import { cellTrouble } from "./cells.ts";
import { rejectionReasons } from "./rows.ts";

/**
 * One sentence a reason: first about the row, then about its cells, with the columns as the file's header names them. That some cells are
 * bad is left out where these say so themselves.
 */
export function rowReasons(outcome: Extract<RowOutcome, { readonly kind: "rejected" }>): readonly string[] {
  const { reason, others = [], cells } = outcome;
  const aboutRow = [reason, ...others].filter((one) => cells.length === 0 || !saysCellsAreBad(one));
  return [
    ...aboutRow.flatMap(rejectionReasons),
    ...cells.map((trouble) => `${trouble.columns.join(", ")}: ${cellTrouble(trouble)}`),
  ];
}

function saysCellsAreBad({ kind }: Rejection): boolean {
  return kind === "bad_cells" || kind === "wrong_date";
}
