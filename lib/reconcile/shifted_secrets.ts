/** Rows whose cells cannot be told apart, in a file with passwords: a separator is missing or astray, and a password may stand anywhere. */
import { type ColumnPlan, passwordCellsOfFile } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import type { Rejection } from "./row_result.ts";
import { SECRET_MARK } from "../secret_mark.ts";

/** Reasons by which cells may stand in other columns than their own. */
const SHIFTING: ReadonlySet<Rejection["kind"]> = new Set([
  "cell_count",
  "text_after_qualifier",
  "shifted",
  "backslash",
  "nameless_cell",
]);

/** The record as reports may have it: without what may be a password. @param reason why the row is in error */
export function withoutShiftedSecrets(
  record: CsvRecord,
  plan: Pick<ColumnPlan, "direct" | "ignored" | "mapping">,
  reason: Rejection,
): CsvRecord {
  if (!SHIFTING.has(reason.kind)) return record;
  const secret = passwordCellsOfFile(plan);
  if (secret.length === 0) return record;
  const from = reason.kind === "cell_count" ? Math.min(...secret) - Math.max(0, reason.expected - reason.found) : 0;
  const withoutSecrets = (cells: readonly Cell[]) =>
    cells.map((cell, index) => index < from || (cell ?? "") === "" ? cell : SECRET_MARK);
  const { typed } = record;
  return {
    ...record,
    cells: withoutSecrets(record.cells),
    ...typed === undefined ? {} : { typed: { ...typed, cells: withoutSecrets(typed.cells) } },
  };
}
