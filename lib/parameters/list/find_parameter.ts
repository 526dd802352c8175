/** Looks into the list of parameters. */
import { type Parameter, type ParameterName, PARAMETERS } from "./definitions.ts";
import { type CommandName, COMMANDS } from "./parameter_definition.ts";

const PARAMETER_BY_NAME: ReadonlyMap<string, Parameter> = new Map(
  PARAMETERS.flatMap((parameter) => [parameter.name, ...parameter.aliases].map((name) => [name, parameter])),
);

/** The parameter that bears `typed` as name or alias, `_` or `-` between words; names are case-sensitive. */
export function findParameter(typed: string): Parameter | null {
  return PARAMETER_BY_NAME.get(typed.replaceAll("-", "_")) ?? null;
}

/** A server asks for each import. */
const OF_COMMANDS = new Map<CommandName, readonly Parameter[]>();

/** The parameters of a command, in the order of the help. */
export function parametersOf(command: CommandName): readonly Parameter[] {
  const known = OF_COMMANDS.get(command) ?? PARAMETERS.filter((parameter) => parameter.uses[command] !== undefined);
  OF_COMMANDS.set(command, known);
  return known;
}

/** Those that a person may write: on the command line, or in a job file. */
export function writtenParametersOf(command: CommandName): readonly Parameter[] {
  return parametersOf(command).filter(({ sources }) =>
    sources.includes("command_line") || sources.includes("job_file")
  );
}

/** The commands that a parameter belongs to. */
export function commandsOf(parameter: Parameter): readonly CommandName[] {
  return COMMANDS.filter((command) => parameter.uses[command] !== undefined);
}

/** By what they stand in for. */
const STAND_INS: ReadonlyMap<ParameterName | undefined, Parameter> = new Map(
  PARAMETERS.map((parameter) => [parameter.standsInFor, parameter]),
);

/** The parameter that may be given instead of `name`, if there is one. */
export function standInFor(name: ParameterName): Parameter | null {
  return STAND_INS.get(name) ?? null;
}

/** Whether a job file may give the parameter, to the job or to its imports. */
export function mayStandInJobFile({ uses, sources }: Parameter): boolean {
  return (uses.run !== undefined && sources.includes("job_file")) ||
    (uses.import !== undefined && sources.includes("param_file"));
}

/** The environment variable that a parameter may come from; null: none. */
export function environmentVariable(parameter: Parameter): string | null {
  return parameter.sources.includes("environment") ? `CSVRECON_${parameter.name.toUpperCase()}` : null;
}
