/** What `copy` was asked for. */
import { checkNeeded, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readNonEmpty, readSeconds } from "../reading/read_values.ts";

export interface CopySettings {
  readonly from: string;
  readonly to: string;
  /** Seconds. */
  readonly busyTimeout: number;
}

/** @throws UsageStop 64 with all problems */
export function copySettings(merged: MergedParameters): CopySettings {
  const checks = {
    from: checkNeeded(merged, "from", readNonEmpty),
    to: checkNeeded(merged, "to", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
  };
  stopForProblems([...merged.problems, ...problemsOf(Object.values(checks))], merged.command);
  return { from: valueOf(checks.from), to: valueOf(checks.to), busyTimeout: valueOf(checks.busyTimeout) };
}
