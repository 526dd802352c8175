/** What `index` was asked to make. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNames } from "../reading/read_file_values.ts";
import { readNonEmpty, readSeconds } from "../reading/read_values.ts";

export interface IndexSettings {
  readonly database: string;
  /** Seconds. */
  readonly busyTimeout: number;
  /** Null: all classes. */
  readonly class: string | null;
  /** None: the class's own. */
  readonly reconciliationKeys: readonly string[];
}

/** @throws UsageStop (64) with all problems */
export function indexSettings(merged: MergedParameters): IndexSettings {
  const checks = {
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
    class: checkOptional<string | null>(merged, "class", readNonEmpty, null),
    keys: checkOptional(merged, "reconciliationkeys", readNames, []),
  };
  const problems = [...problemsOf(Object.values(checks)), ...keysWithoutClass(merged)];
  stopForProblems([...merged.problems, ...problems], merged.command);
  return {
    database: valueOf(checks.database),
    busyTimeout: valueOf(checks.busyTimeout),
    class: valueOf(checks.class),
    reconciliationKeys: valueOf(checks.keys),
  };
}

function keysWithoutClass({ values }: MergedParameters): readonly ParameterProblem[] {
  const keys = values.get("reconciliationkeys");
  if (keys === undefined || values.has("class")) return [];
  return [{ kind: "only_with", parameter: "reconciliationkeys", other: "class", origin: keys.origin }];
}
