/** The overlay of a database that csvrecon did not make: read with the parameters, and understood when the database is opened. */
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";

export interface CheckedOverlay {
  /** Null: there is none, or it cannot be read. */
  readonly overlay: { readonly path: string; readonly text: string } | null;
  readonly problems: readonly ParameterProblem[];
}

const NO_OVERLAY: CheckedOverlay = { overlay: null, problems: [] };

/** Few runs have one: what reads it is loaded when it is needed. */
export async function checkOverlay(merged: MergedParameters): Promise<CheckedOverlay> {
  if (!merged.values.has("model")) return NO_OVERLAY;
  const { givenOverlay } = await import("./given_overlay.ts");
  return await givenOverlay(merged);
}
