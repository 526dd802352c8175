/** From the text of a model file to a checked model. */
import { checkAttributes } from "../checks/check_attributes.ts";
import { checkClassRules } from "../checks/check_class_rules.ts";
import { checkCodes } from "../checks/check_codes.ts";
import { type CheckContext, existsInRaw } from "../checks/check_context.ts";
import { checkCycles } from "../checks/check_cycles.ts";
import { checkLanguages } from "../checks/check_languages.ts";
import { checkOrganizations } from "../checks/check_organizations.ts";
import { checkOverrides } from "../checks/check_overrides.ts";
import { checkParents } from "../checks/check_parents.ts";
import { checkModelShape } from "../checks/check_model_shape.ts";
import { INVALID, isObject } from "../checks/check_shape.ts";
import { checkClassCount, checkTableSizes } from "../checks/check_size.ts";
import { checkUsers } from "../checks/check_users.ts";
import type { Model } from "../model.ts";
import type { ModelFile } from "./model_file.ts";
import type { ModelProblem, PlacedProblem } from "./model_problem.ts";
import { parseModelText } from "./parse_model_text.ts";
import { resolveModel } from "./resolve_model.ts";
import { complete } from "./users_part.ts";

export type ModelReading =
  | {
    readonly ok: true;
    readonly model: Model;
    /** The file without its comments: `resolveModel` makes the same model of it, with no check. */
    readonly file: ModelFile;
  }
  /** In the order of the checks; at least one. */
  | { readonly ok: false; readonly problems: readonly ModelProblem[] };

/** Parses, checks and resolves a model file; every mistake is reported at once. */
export function readModel(text: string): ModelReading {
  const parsed = parseModelText(text);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const problems: PlacedProblem[] = [...parsed.repeated];
  try {
    return checkParsed(parsed.value, problems);
  } catch (error) {
    if (!(error instanceof TooManyProblems)) throw error;
    return { ok: false, problems };
  }
}

/** Nobody reads more; a file that is something else would have a million. */
const MOST_PROBLEMS = 1000;

/** Ends the reading of a model file. */
class TooManyProblems extends Error {}

/** @param problems those that are known; what is found is added */
function checkParsed(value: unknown, problems: PlacedProblem[]): ModelReading {
  const report = (problem: PlacedProblem) => {
    if (problems.length >= MOST_PROBLEMS) throw new TooManyProblems();
    problems.push(problem);
  };
  const shaped = checkModelShape(value, report);
  const written = shaped === INVALID ? remains(value) : shaped as ModelFile;
  if (written === null || !checkClassCount(written, report)) return { ok: false, problems };
  // With a list of languages that is wrong itself, nobody knows which labels are.
  if (!problems.some(({ path }) => path.startsWith("$.languages"))) checkLanguages(written, report);
  const file = checkParents(complete(written), (code) => existsInRaw({ raw: value }, code), report);
  checkMeaning({ raw: value, file, model: resolveModel(file), report });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, model: resolveModel(written), file: written };
}

/** What can still be checked of a file that lacks something at its top; null: nothing can. */
function remains(value: unknown): ModelFile | null {
  if (!isObject(value)) return null;
  const shaped = checkModelShape({ ...value, name: "unnamed" }, () => {});
  return shaped === INVALID ? null : shaped as ModelFile;
}

function checkMeaning(context: CheckContext): void {
  checkTableSizes(context);
  checkCodes(context);
  checkOverrides(context);
  checkAttributes(context);
  checkClassRules(context);
  checkOrganizations(context);
  checkUsers(context);
  checkCycles(context);
}
