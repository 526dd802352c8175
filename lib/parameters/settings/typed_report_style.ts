/** How a report was asked for, by parameters that may be wrong. */
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readSwitch } from "../reading/read_values.ts";

export interface TypedReportStyle {
  /** As typed, whatever it is. */
  readonly output: string | undefined;
  /** No text passes for a formula: see `report/safe_csv.ts`. */
  readonly safeCsv: boolean;
}

export function typedReportStyle({ values }: Pick<MergedParameters, "values">): TypedReportStyle {
  return { output: values.get("output")?.text, safeCsv: isSafe(values.get("safe_csv")?.text) };
}

/** Who misspells it wants it. */
function isSafe(typed: string | undefined): boolean {
  if (typed === undefined) return false;
  const read = readSwitch(typed);
  return !read.ok || read.value;
}
