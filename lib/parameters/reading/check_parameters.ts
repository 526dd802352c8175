/** Checks the merged parameters of a command one by one, and ends the run with all problems at once. */
import { RunStop, type StopMessage } from "../../errors.ts";
import { firstOfMany } from "../../messages/first_of_many.ts";
import { parameterProblem } from "../../messages/parameters.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { CommandName } from "../list/parameter_definition.ts";
import { findParameter, parametersOf, standInFor } from "../list/find_parameter.ts";
import type { MergedParameters } from "./merge_parameters.ts";
import { exitCodeOf, type ParameterProblem, type ValueFault } from "./parameter_problem.ts";
import type { ReadValue } from "./read_values.ts";
import { LONGEST_VALUE } from "../../text_limits.ts";
import { type UsageSource, usageText } from "../manuals/usage_text.ts";

/** The checked value of a parameter. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ParameterProblem };

/** Ends a run because of its parameters. When nothing but mandatory ones are missing, `usage` is to be printed behind the messages. */
export class UsageStop extends RunStop {
  constructor(
    exitCode: RunStop["exitCode"],
    messages: readonly StopMessage[],
    /** Lines that list the command's parameters, with a blank line in front; null: none. */
    readonly usage: string | null,
  ) {
    super(exitCode, messages);
    this.name = "UsageStop";
  }
}

/** The value of a mandatory parameter, or of one that has a default, as `read` understands it. */
export function checkNeeded<T>(
  merged: MergedParameters,
  name: ParameterName,
  read: (typed: string) => ReadValue<T>,
): Checked<T> {
  const given = merged.values.get(name);
  if (given === undefined) {
    const instead = merged.isPosted === true ? null : standInFor(name)?.name ?? null;
    return { ok: false, problem: { kind: "missing", parameter: name, instead } };
  }
  const fault = textFault(name, given.text);
  if (fault !== null) return wrongValue(merged, name, fault);
  const result = read(given.text);
  return result.ok ? result : wrongValue(merged, name, result.fault);
}

/** The value of an optional parameter; `fallback` when it is not given. */
export function checkOptional<T>(
  merged: MergedParameters,
  name: ParameterName,
  read: (typed: string) => ReadValue<T>,
  fallback: T,
): Checked<T> {
  return merged.values.has(name) ? checkNeeded(merged, name, read) : { ok: true, value: fallback };
}

/** What no value of the parameter may be, whatever it means; null: it is fine so far. Looked at before anything else is. */
export function textFault(name: ParameterName, text: string): ValueFault | null {
  const most = findParameter(name)?.longest ?? LONGEST_VALUE;
  if (text.length > most) return { kind: "too_long", length: text.length, most };
  return text.includes("\0") ? { kind: "nul" } : null;
}

/** A fault of a parameter's value, with the place the value came from. */
export function wrongValue(
  merged: MergedParameters,
  parameter: ParameterName,
  fault: ValueFault,
): { readonly ok: false; readonly problem: ParameterProblem } {
  const origin = merged.values.get(parameter)?.origin ?? { kind: "default" };
  return { ok: false, problem: { kind: "wrong_value", parameter, fault, origin } };
}

/** The problems of some checks, in their order. */
export function problemsOf(checks: readonly Checked<unknown>[]): readonly ParameterProblem[] {
  return checks.flatMap((check) => check.ok ? [] : [check.problem]);
}

/** The value of a check whose problem would have ended the run already. */
export function valueOf<T>(check: Checked<T>): T {
  if (!check.ok) throw new Error(`Bug: the problem '${check.problem.kind}' was not reported`);
  return check.value;
}

/** The values of checks whose problems would have ended the run already, by the same names. */
export function valuesOf<Checks extends Readonly<Record<string, Checked<unknown>>>>(checks: Checks): ValuesOf<Checks> {
  return Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, valueOf(check)])) as ValuesOf<Checks>;
}

export type ValuesOf<Checks> = {
  readonly [Name in keyof Checks]: Checks[Name] extends Checked<infer Value> ? Value : never;
};

/**
 * Goes on if there are no problems.
 * @throws UsageStop with all of them
 */
export function stopForProblems(problems: readonly ParameterProblem[], command: CommandName): void {
  if (problems.length > 0) throw usageStop(problems, command);
}

/**
 * The end of a run with at least one problem, missing parameters first.
 * @param source of which parameters are listed when one is missing
 */
export function usageStop(
  problems: readonly ParameterProblem[],
  command: CommandName,
  source: UsageSource = "command_line",
): UsageStop {
  const missing = problems.filter((problem) => problem.kind === "missing");
  const others = problems.filter((problem) => problem.kind !== "missing");
  return new UsageStop(
    exitCodeOf(problems),
    [...missing.map(parameterProblem), ...firstOfMany(others.map(parameterProblem))],
    // The long list must not push other mistakes out of sight.
    others.length > 0 ? null : usageText(parametersOf(command), command, source),
  );
}
