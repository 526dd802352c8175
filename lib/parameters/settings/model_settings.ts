/** What `model show`, `model derive` and `model check FILE` were asked to do. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { nearestName } from "../../nearest_name.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNonEmpty, readText } from "../reading/read_values.ts";
import { checkLookedAt } from "./foreign_settings.ts";
import type { ForeignSettings } from "./settings.ts";

export type ModelSettings =
  | {
    readonly action: "show";
    /** Path of the database whose model is shown. */
    readonly database: string;
    /** How it is opened if it is not ours. */
    readonly foreign: ForeignSettings;
    /** Null: all classes. */
    readonly class: string | null;
    /** Null: the model's first language. */
    readonly language: string | null;
  }
  | { readonly action: "derive"; readonly database: string }
  /** `file` is the path of a model file, or of an overlay; `database` that of what the overlay is for, null: none was given. */
  | { readonly action: "check"; readonly file: string; readonly database: string | null };

const ACTIONS = ["show", "derive", "check"] as const;

/** @throws UsageStop (64; when only the overlay is at fault 66 if it cannot be read, 78 if it is no UTF-8) with all problems */
export async function modelSettings(merged: MergedParameters): Promise<ModelSettings> {
  const [action = "show", word] = merged.words;
  if (action === "check") return checkAction(merged, word);
  if (action === "derive") return deriveAction(merged, word);
  return await showAction(merged, action === "show" ? word : action);
}

async function showAction(merged: MergedParameters, strayWord: string | undefined): Promise<ModelSettings> {
  const database = checkNeeded(merged, "db", readNonEmpty);
  const className = checkOptional<string | null>(merged, "class", readText, null);
  const language = checkOptional<string | null>(merged, "language", readText, null);
  const looked = await checkLookedAt(merged);
  const problems = [...problemsOf([database, className, language]), ...looked.problems];
  stopForProblems([...merged.problems, ...stray(strayWord), ...problems], merged.command);
  return {
    action: "show",
    database: valueOf(database),
    foreign: looked.foreign,
    class: valueOf(className),
    language: valueOf(language),
  };
}

/** An overlay is what comes of it, and is for the whole database. */
function deriveAction(merged: MergedParameters, strayWord: string | undefined): ModelSettings {
  const database = checkNeeded(merged, "db", readNonEmpty);
  const problems = [...problemsOf([database]), ...meaningless(merged, "derive")];
  stopForProblems([...merged.problems, ...stray(strayWord), ...problems], merged.command);
  return { action: "derive", database: valueOf(database) };
}

/** A class or a language would have no effect, and a database none that nobody named on purpose. */
function checkAction(merged: MergedParameters, file: string | undefined): ModelSettings {
  const database = isTyped(merged, "db") ? checkNeeded<string | null>(merged, "db", readNonEmpty) : NO_DATABASE;
  const noFile: readonly ParameterProblem[] = file === undefined ? [{ kind: "model_file_missing" }] : [];
  const problems = [...problemsOf([database]), ...meaningless(merged, "check"), ...noFile];
  stopForProblems([...merged.problems, ...problems], merged.command);
  return { action: "check", file: file ?? "", database: valueOf(database) };
}

const NO_DATABASE = { ok: true, value: null } as const;

function stray(word: string | undefined): readonly ParameterProblem[] {
  return word === undefined ? [] : [{ kind: "stray_word", found: word, nearest: nearestName(word, ACTIONS) }];
}

function meaningless(merged: MergedParameters, action: "derive" | "check"): readonly ParameterProblem[] {
  return [...merged.values.keys()].flatMap((parameter): ParameterProblem[] =>
    parameter !== "db" && isTyped(merged, parameter) ? [{ kind: "not_for_model_action", parameter, action }] : []
  );
}

function isTyped({ values }: MergedParameters, parameter: ParameterName): boolean {
  return values.get(parameter)?.origin.kind === "command_line";
}
