/** What is to be done when all rows of an import are written. */
import type { ReachedObjects } from "../reconcile/reached_objects.ts";
import { rowCount, type RowTotals } from "../report/totals.ts";
import type { RunWarnings } from "../run_warnings.ts";
import type { ChangeCounts } from "../store/changes.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { ExpectedSearch } from "../store/prepared_searches.ts";
import type { StoreRun } from "../store/store.ts";
import { countHiddenRefusals } from "../users/login_back_off.ts";
import type { FeedOfRun } from "./feed_of_run.ts";
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
  /** Objects changed or deleted so far beside those that rows have found. */
  changedBeside(): number;
  /** The feed to which the file belongs; null: none. */
  readonly feed: FeedOfRun | null;
  /** Which rows have reached which objects, once for each time that the file was gone through. */
  readonly reached: readonly ReachedObjects[];
}

/**
 * Closes the change log, and counts.
 * @param attempts where it is noted that rows were refused because of what their user may not see
 * @throws RunStop when no administrator is left
 */
export async function endRun(worked: WorkedRows, written: StoreRun, attempts: LoginFailures): Promise<LoadedRows> {
  const { run, planned, totals, warnings, hiddenRefusals, feed } = worked;
  const { meter, user, order } = run;
  const notLoadedSince = feed?.notLoadedSince ?? undefined;
  const gone = notLoadedSince === undefined ? await feed?.finish(worked.reached, totals) ?? null : null;
  await planned.checkAdministrators();
  await written.finish(changeCounts(totals), { size: meter.bytes, sha256: meter.sha256() });
  noteSearches(written.searchesWithoutIndex, warnings);
  if (hiddenRefusals > 0) await countHiddenRefusals(user.login, hiddenRefusals, attempts);
  const sentences = [...planned.headerWarnings, ...await sentencesOf(warnings)];
  totals.warnings = planned.headerWarnings.length + warnings.count;
  const changes = totals.updated + (gone?.updated ?? 0) + worked.changedBeside();
  const done = { rows: rowCount(totals), rowsInError: totals.rejected, changes, gone };
  const exceeded = exceededLimits(order.settings, done, planned.objectsBefore);
  return { counts: totals, warnings: sentences, exceeded, notLoadedSince };
}

function noteSearches([first, ...others]: readonly ExpectedSearch[], warnings: RunWarnings): void {
  if (first === undefined) return;
  const { class: code, conditions } = first;
  warnings.note({ kind: "no_index", class: code, conditions, more: others.length });
}

function changeCounts({ created, updated, unchanged, rejected, gone }: RowTotals): ChangeCounts {
  const counts = { created, updated, unchanged, inError: rejected };
  return gone === undefined ? counts : { ...counts, gone: gone.gone };
}

/** Few runs need the words. */
async function sentencesOf({ noted }: RunWarnings): Promise<string[]> {
  if (noted.length === 0) return [];
  const { warningText } = await import("../messages/warnings.ts");
  return noted.map(warningText);
}
