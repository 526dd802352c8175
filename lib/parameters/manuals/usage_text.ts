/** The short list of a command's parameters that follows a missing one, laid out as the reference does. */
import type { Parameter } from "../list/definitions.ts";
import type { CommandName } from "../list/parameter_definition.ts";
import { standInFor } from "../list/find_parameter.ts";

/** Who is told: somebody who types, or who posts. */
export type UsageSource = "command_line" | "http";

/** A blank line, `USAGE:`, a blank line and a line for each parameter that may be given; ends without a line end. */
export function usageText(parameters: readonly Parameter[], command: CommandName, source: UsageSource): string {
  const lines = parameters
    .filter((parameter) => parameter.sources.includes(source))
    .map((parameter) => usageLine(parameter, command, source));
  return ["", "USAGE:", "", ...lines].join("\n");
}

function usageLine(parameter: Parameter, command: CommandName, source: UsageSource): string {
  const use = parameter.uses[command];
  const meaning = `${parameter.name} = ${use?.meaning ?? ""}`;
  if (use?.mandatory !== true) return `${meaning}, optional, defaults to [${parameter.default ?? ""}]`;
  const other = standInFor(parameter.name);
  const instead = other?.sources.includes(source) === true ? other : null;
  return `${meaning}, mandatory${instead === null ? "" : ` unless ${instead.name} is given`}`;
}
