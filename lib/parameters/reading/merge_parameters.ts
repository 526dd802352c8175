/** Puts together what the command line, the environment, the param files and the defaults give. */
import type { ProgramIo } from "../../io.ts";
import type { DatabaseKind } from "../../store/database_kind.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import type { Parameter, ParameterName } from "../list/definitions.ts";
import type { CommandName } from "../list/parameter_definition.ts";
import { environmentVariable, parametersOf, standInFor } from "../list/find_parameter.ts";
import { usageStop } from "./check_parameters.ts";
import type { ParameterProblem } from "./parameter_problem.ts";
import { type GivenValue, readParamFiles } from "./param_file.ts";
import type { TypedArguments } from "./parse_arguments.ts";
import { addressMistake } from "./typed_address.ts";

/** One value for each parameter, unchecked; the paths among them are relative to the working folder. */
export interface MergedParameters extends WorkingFolder {
  readonly command: CommandName;
  readonly words: readonly string[];
  /** Parameters without a value are not in it. An empty value is a value. */
  readonly values: ReadonlyMap<ParameterName, GivenValue>;
  /** Everything that is wrong so far: names, lines, two values for one thing. */
  readonly problems: readonly ParameterProblem[];
  /** Posted over HTTP: what only a command line may give is not spoken of. */
  readonly isPosted?: boolean;
  /** Whose the database is; left out: ours, or nobody has asked. */
  readonly database?: DatabaseKind;
}

/** Values from one place. */
export type Level = ReadonlyMap<ParameterName, GivenValue>;

/**
 * Precedence: command line, environment, param files (the last first), defaults.
 * @throws RunStop (66) when a param file is missing or unreadable, UsageStop (64) when the database is the address of a server that cannot
 * be one, or has a password: these come before every other problem
 */
export async function mergeParameters(
  typed: TypedArguments,
  { env, workingFolder }: Pick<ProgramIo, "env" | "workingFolder">,
): Promise<MergedParameters> {
  const { command, words } = typed;
  const files = await readParamFiles(typed.values.get("param_file") ?? "", command, { workingFolder });
  const given: readonly Level[] = [
    fromCommandLine(typed.values),
    fromEnvironment(command, env),
    ...files.map((file) => file.values).reverse(),
  ];
  const merged = mergeLevels(command, given);
  const mistake = await addressMistake(merged.values);
  if (mistake !== null) throw usageStop([mistake], command);
  return {
    ...merged,
    words,
    workingFolder,
    problems: [...typed.problems, ...files.flatMap((file) => file.problems), ...merged.problems],
  };
}

/** @param given from the one that wins to the one that all others win over, which is still above the defaults */
export function mergeLevels(command: CommandName, given: readonly Level[]): MergedParameters {
  const parameters = parametersOf(command);
  const levels = [...given, defaults(parameters.filter(({ uses }) => uses[command]?.isFoundOut !== true))];
  const values = new Map(parameters.flatMap((parameter) => decidingValue(parameter, levels)));
  const problems = parameters.flatMap((parameter) => givenTwice(parameter, given));
  return { command, words: [], values, problems };
}

export function fromCommandLine(typed: ReadonlyMap<ParameterName, string>): Level {
  return new Map([...typed].map(([name, text]) => [name, { text, origin: { kind: "command_line" } }]));
}

export function fromEnvironment(command: CommandName, env: (name: string) => string | undefined): Level {
  return new Map(
    parametersOf(command).flatMap((parameter) => {
      const variable = environmentVariable(parameter);
      const text = variable === null ? undefined : env(variable);
      if (variable === null || text === undefined) return [];
      return [[parameter.name, { text, origin: { kind: "environment", variable } }]];
    }),
  );
}

function defaults(parameters: readonly Parameter[]): Level {
  return new Map(parameters.flatMap((parameter) => {
    if (parameter.default === null) return [];
    return [[parameter.name, { text: parameter.default, origin: { kind: "default" } }]];
  }));
}

/** The first level that gives the parameter, or the other one of its pair, decides. */
function decidingValue(parameter: Parameter, levels: readonly Level[]): [ParameterName, GivenValue][] {
  const pair = pairOf(parameter);
  const level = levels.find((level) => pair.some((name) => level.has(name)));
  const value = level?.get(parameter.name);
  return value === undefined ? [] : [[parameter.name, value]];
}

/** The parameter and what stands in for it, or what it stands in for. */
function pairOf(parameter: Parameter): readonly ParameterName[] {
  const other = parameter.standsInFor ?? standInFor(parameter.name)?.name;
  return other === undefined ? [parameter.name] : [parameter.name, other];
}

/** A parameter and its stand-in, both at the level that decides: no rule says which of them is meant. */
function givenTwice(parameter: Parameter, given: readonly Level[]): readonly ParameterProblem[] {
  const other = parameter.standsInFor;
  if (other === undefined) return [];
  const level = given.find((level) => level.has(parameter.name) || level.has(other));
  const value = level?.get(parameter.name);
  if (value === undefined || !level?.has(other)) return [];
  return [{ kind: "both_given", parameter: other, other: parameter.name, origin: value.origin }];
}
