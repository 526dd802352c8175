/** What is to be done when all rows of an import are written. */
import { rowCount, type RowTotals } from "../report/totals.ts";
import type { RunWarnings } from "../run_warnings.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { StoreRun } from "../store/store.ts";
import { countHiddenRefusals } from "../users/login_back_off.ts";
import { exceededLimits } from "./limits.ts";
import type { LoadedRows, OpenImport } from "./load_rows.ts";
import type { PlannedRun } from "./plan_run.ts";

/** What the rows have come to. */
export interface WorkedRows {
  readonly run: OpenImport;
  readonly planned: PlannedRun;
  readonly totals: RowTotals;
  readonly warnings: RunWarnings;
  /** Rows that were refused because of what their user may not see. */
  readonly hiddenRefusals: number;
  /** Objects changed or deleted beside those that rows have found. */
  readonly changedBeside: number;
}

/**
 * Closes the change log, and counts.
 * @param attempts where it is noted that rows were refused because of what their user may not see
 * @throws RunStop when no administrator is left
 */
export async function endRun(worked: WorkedRows, written: StoreRun, attempts: LoginFailures): Promise<LoadedRows> {
  const { run, planned, totals, warnings, hiddenRefusals, changedBeside } = worked;
  const { meter, user, order } = run;
  await planned.checkAdministrators();
  await written.finish({ ...totals, inError: totals.rejected }, { size: meter.bytes, sha256: meter.sha256() });
  if (hiddenRefusals > 0) await countHiddenRefusals(user.login, hiddenRefusals, attempts);
  const sentences = [...planned.headerWarnings, ...await sentencesOf(warnings)];
  totals.warnings = planned.headerWarnings.length + warnings.count;
  const done = { rows: rowCount(totals), rowsInError: totals.rejected, changes: totals.updated + changedBeside };
  return { counts: totals, warnings: sentences, exceeded: exceededLimits(order.settings, done, planned.objectsBefore) };
}

/** Few runs need the words. */
async function sentencesOf({ noted }: RunWarnings): Promise<string[]> {
  if (noted.length === 0) return [];
  const { warningText } = await import("../messages/warnings.ts");
  return noted.map(warningText);
}
