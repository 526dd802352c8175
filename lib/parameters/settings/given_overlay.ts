/** Reads the file of an overlay. */
import { overlayNotUtf8 } from "../../messages/overlay.ts";
import { LARGEST_MODEL_FILE } from "../../source/small_file.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import type { CheckedOverlay } from "./check_overlay.ts";
import { givenText } from "./given_text.ts";

export async function givenOverlay(merged: MergedParameters): Promise<CheckedOverlay> {
  const given = await givenText(merged, "model", LARGEST_MODEL_FILE, overlayNotUtf8);
  if (!given.ok) return { overlay: null, problems: [ofModel(given.problem)] };
  return { overlay: { path: given.file, text: given.text }, problems: [] };
}

function ofModel(problem: ParameterProblem): ParameterProblem {
  return problem.kind === "wrong_file" ? { ...problem, isOfModel: true } : problem;
}
