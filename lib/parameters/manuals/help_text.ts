/** The help, made from the list of parameters. */
import {
  COMMAND_HELP,
  HEADINGS,
  type HelpExample,
  PROGRAM_EXAMPLES,
  PROGRAM_SUMMARY,
  SPELLING_NOTE,
} from "../../messages/help.ts";
import type { Parameter } from "../list/definitions.ts";
import { writtenParametersOf } from "../list/find_parameter.ts";
import { COMMANDS, type CommandWord } from "../list/parameter_definition.ts";
import { parameterMeaning } from "./parameter_meaning.ts";

/** Characters. */
const LINE_WIDTH = 100;

/** @returns the help of the program, ending with a line end */
export function programHelp(): string {
  const usage = COMMANDS.map((command) => `csvrecon ${COMMAND_HELP[command].synopsis}`);
  const width = Math.max(...COMMANDS.map((command) => command.length)) + 2;
  const commands = COMMANDS.map((command) => `${command.padEnd(width)}${COMMAND_HELP[command].summary}`);
  return sections([
    wrapped(PROGRAM_SUMMARY, ""),
    section(HEADINGS.usage, usage),
    section(HEADINGS.commands, commands),
    section(HEADINGS.notes, [SPELLING_NOTE, ...COMMAND_HELP.help.notes]),
    examples(PROGRAM_EXAMPLES),
  ]);
}

/** @returns the help of one command, ending with a line end */
export function commandHelp(command: CommandWord): string {
  const help = COMMAND_HELP[command];
  const parameters = writtenParametersOf(command);
  return sections([
    wrapped(`csvrecon ${command}: ${help.summary}`, ""),
    section(HEADINGS.usage, [`csvrecon ${help.synopsis}`]),
    parameters.length === 0
      ? []
      : [HEADINGS.parameters, ...parameters.flatMap((parameter) => describe(parameter, command))],
    section(HEADINGS.notes, parameters.length === 0 ? help.notes : [SPELLING_NOTE, ...help.notes]),
    examples(help.examples),
  ]);
}

function parameterSpelling({ name, valueName, sources }: Parameter): string {
  return sources.includes("command_line") ? `--${name}=${valueName}` : `${name} = ${valueName}`;
}

function describe(parameter: Parameter, command: CommandWord): readonly string[] {
  return [`  ${parameterSpelling(parameter)}`, ...wrapped(parameterMeaning(parameter, command), "      ")];
}

function examples(list: readonly HelpExample[]): readonly string[] {
  const lines = list.flatMap(({ title, commandLine }) => [`  ${title}`, `      ${commandLine}`]);
  return [HEADINGS.examples, ...lines];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return [heading, ...lines.flatMap((line) => wrapped(line, "  "))];
}

function sections(parts: readonly (readonly string[])[]): string {
  return parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n") + "\n").join("\n");
}

/** Lines of at most `LINE_WIDTH` characters, broken at blanks, each behind `indent`. */
function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const longer = line === "" ? indent + word : `${line} ${word}`;
    if (line !== "" && longer.length > LINE_WIDTH) {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
