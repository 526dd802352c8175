/** What `model show` and `model check FILE` were asked to do. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { nearestName } from "../../nearest_name.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNonEmpty, readText } from "../reading/read_values.ts";

export type ModelSettings =
  | {
    readonly action: "show";
    /** Path of the database whose model is shown. */
    readonly database: string;
    /** Null: all classes. */
    readonly class: string | null;
    /** Null: the model's first language. */
    readonly language: string | null;
  }
  /** `file` is the path of a model file. */
  | { readonly action: "check"; readonly file: string };

/** @throws UsageStop (64) with all problems */
export function modelSettings(merged: MergedParameters): ModelSettings {
  const [action = "show", file] = merged.words;
  if (action === "check") return checkAction(merged, file);
  return showAction(merged, action === "show" ? file : action);
}

function showAction(merged: MergedParameters, strayWord: string | undefined): ModelSettings {
  const database = checkNeeded(merged, "db", readNonEmpty);
  const className = checkOptional<string | null>(merged, "class", readText, null);
  const language = checkOptional<string | null>(merged, "language", readText, null);
  const stray: readonly ParameterProblem[] = strayWord === undefined
    ? []
    : [{ kind: "stray_word", found: strayWord, nearest: nearestName(strayWord, ["show", "check"]) }];
  const problems = problemsOf([database, className, language]);
  stopForProblems([...merged.problems, ...stray, ...problems], merged.command);
  return { action: "show", database: valueOf(database), class: valueOf(className), language: valueOf(language) };
}

/** A model file stands for itself: a database, a class or a language would have no effect. */
function checkAction(merged: MergedParameters, file: string | undefined): ModelSettings {
  const problems = [...merged.values].flatMap(([parameter, { origin }]): ParameterProblem[] =>
    origin.kind === "command_line" ? [{ kind: "not_for_model_check", parameter }] : []
  );
  const noFile: readonly ParameterProblem[] = file === undefined ? [{ kind: "model_file_missing" }] : [];
  stopForProblems([...merged.problems, ...problems, ...noFile], merged.command);
  return { action: "check", file: file ?? "" };
}
