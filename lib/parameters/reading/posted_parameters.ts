/** The parameters of an import that is posted over HTTP. */
import type { ParameterName } from "../list/definitions.ts";
import { findParameter } from "../list/find_parameter.ts";
import { meantParameter, nearestAndMeaning } from "../list/meant_parameter.ts";
import { textFault } from "./check_parameters.ts";
import { type Level, type MergedParameters, mergeLevels } from "./merge_parameters.ts";
import type { GivenOnce } from "./given_once.ts";
import type { ParameterProblem } from "./parameter_problem.ts";

/** A field of a form or of a query. */
export interface PostedField {
  readonly name: string;
  readonly value: string;
}

const HTTP = { kind: "http" } as const;

/**
 * Why a field may not be posted at all, whatever its value and whatever else is posted: it names a path, the database, or what belongs to
 * another command. Null: it may, or no parameter bears its name.
 */
export function forbiddenField(name: string): ParameterProblem | null {
  const parameter = findParameter(name);
  if (parameter === null || parameter.sources.includes("http")) return null;
  return { kind: "not_over_http", parameter: parameter.name, origin: HTTP };
}

/** What no value of a field may be, whatever it means: it is looked at before anybody has logged in. Null: it is fine so far. */
export function faultyField({ name, value }: PostedField): ParameterProblem | null {
  const parameter = findParameter(name);
  const fault = parameter === null ? null : textFault(parameter.name, value);
  return parameter === null || fault === null
    ? null
    : { kind: "wrong_value", parameter: parameter.name, fault, origin: HTTP };
}

/** What is wrong with a field whose parameter an earlier one gave already: query and body are one place. @param once of the request */
export function repeatedField(
  { name, from }: PostedField & { readonly from: "query" | "body" },
  once: GivenOnce,
): ParameterProblem | null {
  const parameter = findParameter(name);
  return parameter === null ? null : once.problemWith(parameter.name, { kind: "http", part: from });
}

/**
 * Puts together what was posted: of a repeated name the last value counts.
 * @param levels from the one that wins to the one that all others win over
 */
export function mergePosted(levels: readonly (readonly PostedField[])[]): MergedParameters {
  const read = levels.map(readLevel);
  const merged = mergeLevels("import", read.map((level) => level.values));
  return { ...merged, isPosted: true, problems: [...read.flatMap((level) => level.problems), ...merged.problems] };
}

function readLevel(fields: readonly PostedField[]): { readonly values: Level; readonly problems: ParameterProblem[] } {
  const values = new Map<ParameterName, { readonly text: string; readonly origin: typeof HTTP }>();
  const problems: ParameterProblem[] = [];
  for (const { name, value } of fields) {
    const problem = problemOf(name);
    const parameter = findParameter(name);
    if (problem !== null) problems.push(problem);
    else if (parameter !== null) values.set(parameter.name, { text: value, origin: HTTP });
  }
  return { values, problems };
}

function problemOf(name: string): ParameterProblem | null {
  if (findParameter(name) !== null) return forbiddenField(name);
  const meant = meantParameter(name, "import", "http");
  return { kind: "unknown_parameter", found: name, ...nearestAndMeaning(meant), origin: HTTP };
}
