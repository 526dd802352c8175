/** The manual page, made from the list of parameters, the help and the exit codes. */
import project from "../../../deno.json" with { type: "json" };
import { EXIT } from "../../errors.ts";
import { COMMAND_HELP, PROGRAM_SUMMARY, SPELLING_NOTE } from "../../messages/help.ts";
import {
  DESCRIPTION,
  EXIT_MEANINGS,
  IN_ONE_LINE,
  insteadOfParameter,
  MAN_PAGE_HEADINGS,
} from "../../messages/man_page.ts";
import { type Parameter, PARAMETERS } from "../list/definitions.ts";
import { environmentVariable, writtenParametersOf } from "../list/find_parameter.ts";
import { COMMANDS, type CommandWord } from "../list/parameter_definition.ts";
import { parameterMeaning } from "./parameter_meaning.ts";
import { bold, italic, lines, literal, prose } from "./roff.ts";

type Lines = readonly string[];

/** @returns the source of csvrecon(1), ASCII, ending with a line end */
export function manPage(): string {
  return [
    `.TH CSVRECON 1 "" "csvrecon ${literal(project.version)}"`,
    // No hyphenation, no justification: command lines stay as they are typed.
    ".nh",
    ".ad l",
    ...section("name", [`csvrecon \\- ${prose(IN_ONE_LINE)}`]),
    ...section("synopsis", COMMANDS.flatMap(synopsis)),
    ...section("description", paragraphs([PROGRAM_SUMMARY, ...DESCRIPTION, SPELLING_NOTE])),
    ...section("commands", COMMANDS.flatMap(command)),
    ...section("environment", PARAMETERS.flatMap(variable)),
    ...section("exitStatus", exitCodes()),
    ...section("examples", COMMANDS.flatMap(examples).slice(1)),
    ...section("seeAlso", [".BR sqlite3 (1)"]),
    "",
  ].join("\n");
}

function section(heading: keyof typeof MAN_PAGE_HEADINGS, content: Lines): Lines {
  return [`.SH ${literal(MAN_PAGE_HEADINGS[heading])}`, ...content];
}

function paragraphs(texts: Lines): Lines {
  return texts.flatMap((text, index) => [...(index === 0 ? [] : [".PP"]), ...lines(prose(text))]);
}

/** The synopsis of the help: each of its alternatives on a line of its own. */
function synopsis(command: CommandWord, index: number): Lines {
  return COMMAND_HELP[command].synopsis.split(" | ").flatMap((alternative, place) => [
    ...(index === 0 && place === 0 ? [] : [".br"]),
    ...lines(`${bold("csvrecon")} ${synopsisText(alternative)}`),
  ]);
}

/** Words in lower case are typed as they are, but for what is behind a `=`. */
function synopsisText(text: string): string {
  return text.split(/(\bvalue\b|\b[A-Z]+\b|[[\]|…]| )/).map((piece) => {
    if (/^(value|[A-Z]+)$/.test(piece)) return italic(piece);
    return /^[[\]|… ]?$/.test(piece) ? literal(piece) : bold(piece);
  }).join("");
}

function command(name: CommandWord): Lines {
  const help = COMMAND_HELP[name];
  return [
    `.SS ${literal(name)}`,
    ...lines(prose(`${capitalized(help.summary)}.`)),
    ...writtenParametersOf(name).flatMap((parameter) => described(parameter, name)),
    ...help.notes.flatMap((note) => [".PP", ...lines(prose(note))]),
  ];
}

function described(parameter: Parameter, command: CommandWord): Lines {
  const isTyped = parameter.sources.includes("command_line");
  const spelling = isTyped ? `--${parameter.name}=` : `${parameter.name} = `;
  return term(`${bold(spelling)}${italic(parameter.valueName)}`, prose(parameterMeaning(parameter, command)));
}

function variable(parameter: Parameter): Lines {
  const name = environmentVariable(parameter);
  return name === null ? [] : term(bold(name), prose(insteadOfParameter(parameter.name)));
}

function exitCodes(): Lines {
  const codes = Object.entries(EXIT) as [keyof typeof EXIT, number][];
  return codes.flatMap(([name, code]) => term(bold(String(code)), prose(EXIT_MEANINGS[name])));
}

function examples(command: CommandWord): Lines {
  return COMMAND_HELP[command].examples.flatMap(({ title, commandLine }) => [
    ".PP",
    ...lines(`${prose(title)}:`),
    ".PP",
    ".nf",
    ".RS 4",
    literal(commandLine),
    ".RE",
    ".fi",
  ]);
}

/** A term with its explanation, both roff already. */
function term(name: string, explanation: string): Lines {
  return [".TP", name, ...lines(explanation)];
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
