/** The tables of parameters in docs/parameters.md, made from the list. */
import { COMMAND_HELP, TABLE_CELLS, TABLE_HEADS, tableTitle } from "../../messages/help.ts";
import type { Parameter } from "../list/definitions.ts";
import {
  environmentVariable,
  findParameter,
  mayStandInJobFile,
  parametersOf,
  standInFor,
  writtenParametersOf,
} from "../list/find_parameter.ts";
import { COMMANDS, type CommandWord, type ParameterUse } from "../list/parameter_definition.ts";

/** Markdown: for each command that has parameters its synopsis and a table; ends with a line end. */
export function parameterTables(): string {
  return COMMANDS.filter((command) => parametersOf(command).length > 0).map(tableOf).join("\n");
}

function tableOf(command: CommandWord): string {
  const rows = [TABLE_HEADS, ...writtenParametersOf(command).map((parameter) => cellsOf(parameter, command))]
    .map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = TABLE_HEADS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const [heads, ...others] = rows.map((cells) => rowLine(cells, widths));
  const rule = rowLine(widths.map((width) => "-".repeat(width)), widths);
  return [tableTitle(COMMAND_HELP[command].synopsis), "", heads, rule, ...others, ""].join("\n");
}

/** Cells are padded as `deno fmt` does, so that it leaves the page alone. */
function rowLine(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
}

function cellsOf(parameter: Parameter, command: CommandWord): readonly string[] {
  const use = parameter.uses[command];
  const names = [`\`${parameter.name}\``, ...parameter.aliases.map(TABLE_CELLS.alias)];
  const sources = otherSources(parameter, command);
  return [names.join(", "), use?.meaning ?? "", defaultOf(parameter, use), sources];
}

function defaultOf(parameter: Parameter, use: ParameterUse | undefined): string {
  if (use?.isFoundOut) return TABLE_CELLS.none;
  if (parameter.default !== null) return `\`${parameter.default}\``;
  if (use?.mandatory !== true) return TABLE_CELLS.none;
  const instead = standInFor(parameter.name);
  return instead === null ? TABLE_CELLS.mandatory : TABLE_CELLS.or(instead.name);
}

function otherSources(parameter: Parameter, command: CommandWord): string {
  if (!parameter.sources.includes("command_line")) return TABLE_CELLS.jobFileOnly;
  const variable = environmentVariable(parameter);
  const hasParamFiles = findParameter("param_file")?.uses[command] !== undefined;
  const sources = [
    ...(variable === null ? [] : [TABLE_CELLS.variable(variable)]),
    ...(hasParamFiles && parameter.sources.includes("param_file") ? [TABLE_CELLS.paramFile] : []),
    ...(command === "run" && mayStandInJobFile(parameter) ? [TABLE_CELLS.jobFile] : []),
  ];
  return sources.length === 0 ? TABLE_CELLS.none : sources.join(", ");
}
