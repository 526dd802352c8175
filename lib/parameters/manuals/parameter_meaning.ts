/** What a parameter means to a command, in words: the same in the help and in the manual page. */
import { parameterRemark } from "../../messages/help.ts";
import type { Parameter } from "../list/definitions.ts";
import { environmentVariable, standInFor } from "../list/find_parameter.ts";
import type { CommandWord } from "../list/parameter_definition.ts";

/** @returns its meaning, and the remark on its default, its other names and where it may come from */
export function parameterMeaning(parameter: Parameter, command: CommandWord): string {
  const use = parameter.uses[command];
  const remark = parameterRemark({
    mandatory: use?.mandatory ?? false,
    instead: standInFor(parameter.name)?.name ?? null,
    default: use?.isFoundOut ? null : parameter.default,
    aliases: parameter.aliases,
    variable: environmentVariable(parameter),
    isForJobFile: !parameter.sources.includes("command_line"),
  });
  return `${use?.meaning ?? ""} ${remark}`.trim();
}
