/** The short list of a command's parameters that follows a missing one, laid out as the reference does. */
import type { Parameter } from "./definitions.ts";
import type { CommandName } from "./parameter_definition.ts";
import { standInFor } from "./find_parameter.ts";

/** A blank line, `USAGE:`, a blank line and a line for each parameter that may be typed; ends without a line end. */
export function usageText(parameters: readonly Parameter[], command: CommandName): string {
  const lines = parameters
    .filter((parameter) => parameter.sources.includes("command_line"))
    .map((parameter) => usageLine(parameter, command));
  return ["", "USAGE:", "", ...lines].join("\n");
}

function usageLine(parameter: Parameter, command: CommandName): string {
  const use = parameter.uses[command];
  const meaning = `${parameter.name} = ${use?.meaning ?? ""}`;
  if (use?.mandatory !== true) return `${meaning}, optional, defaults to [${parameter.default ?? ""}]`;
  const instead = standInFor(parameter.name);
  return `${meaning}, mandatory${instead === null ? "" : ` unless ${instead.name} is given`}`;
}
