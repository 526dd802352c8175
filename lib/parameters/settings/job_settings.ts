/** What the parameters of a job mean, but for its imports. */
import { type Checked, checkNeeded, checkOptional, problemsOf, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readJobName, readOneOf, readOutput, readSwitch } from "../reading/read_values.ts";
import { OUTPUT_FORMATS, type OutputFormat } from "./settings.ts";

/** What becomes of a job when one of its imports has failed. */
export type OnFailure = "stop" | "continue";

/** Which reports of imports are printed. */
export type WantedReports = "all" | "errors" | "none";

export interface JobSettings {
  readonly name: string;
  readonly onFailure: OnFailure;
  /** All imports are one transaction. */
  readonly atomic: boolean;
  readonly simulate: boolean;
  readonly reports: WantedReports;
  readonly output: OutputFormat;
}

export type CheckedJob =
  | { readonly ok: true; readonly settings: JobSettings }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] };

/** @param fileName the job's name, where it has no other */
export function checkJob(merged: MergedParameters, fileName: string): CheckedJob {
  const checks = {
    name: checkName(merged, fileName),
    onFailure: checkNeeded(merged, "on_failure", readOneOf<OnFailure>(["stop", "continue"])),
    atomic: checkNeeded(merged, "atomic", readSwitch),
    simulate: checkNeeded(merged, "simulate", readSwitch),
    reports: checkNeeded(merged, "reports", readOneOf<WantedReports>(["all", "errors", "none"])),
    output: checkNeeded(merged, "output", readOutput(OUTPUT_FORMATS)),
  };
  const problems = [...merged.problems, ...problemsOf(Object.values(checks))];
  if (problems.length > 0) return { ok: false, problems };
  const settings = {
    name: valueOf(checks.name),
    onFailure: valueOf(checks.onFailure),
    atomic: valueOf(checks.atomic),
    simulate: valueOf(checks.simulate),
    reports: valueOf(checks.reports),
    output: valueOf(checks.output),
  };
  return { ok: true, settings };
}

/** The name of the file must do for a name too. */
function checkName(merged: MergedParameters, fileName: string): Checked<string> {
  if (merged.values.has("name")) return checkOptional(merged, "name", readJobName, fileName);
  const read = readJobName(fileName);
  return read.ok ? read : {
    ok: false,
    problem: { kind: "wrong_value", parameter: "name", fault: read.fault, origin: { kind: "default" } },
  };
}
