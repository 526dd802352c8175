/** What was typed on the command line. What it means is found out later, by the command's settings. */
import type { Parameter, ParameterName } from "../list/definitions.ts";
import { commandsOf, findParameter } from "../list/find_parameter.ts";
import { meantByForeignCommand } from "../list/foreign_names.ts";
import { type MeantParameter, meantParameter, nearestAndMeaning, ownParameter } from "../list/meant_parameter.ts";
import { GivenOnce } from "./given_once.ts";
import { nearestName } from "../../nearest_name.ts";
import { type CommandName, COMMANDS } from "../list/parameter_definition.ts";
import type { Origin, ParameterProblem } from "./parameter_problem.ts";

export interface TypedArguments {
  readonly command: CommandName;
  /** Words behind the command that are no parameters: `check FILE` of `model`, the jobs of `run`, the topic of `help`. */
  readonly words: readonly string[];
  /** Values as typed; of a repeated parameter, which is a problem, the last one. */
  readonly values: ReadonlyMap<ParameterName, string>;
  readonly problems: readonly ParameterProblem[];
}

/** How many words may follow a command. */
const MOST_WORDS: Readonly<Record<CommandName, number>> = {
  import: 0,
  export: 0,
  init: 0,
  copy: 0,
  model: 2,
  run: Infinity,
  serve: 0,
  history: 0,
  check: 1,
  undo: 0,
  passwd: 0,
  index: 0,
  explain: 0,
  completions: 1,
  man: 0,
  help: 1,
  version: 0,
};

const COMMAND_LINE: Origin = { kind: "command_line" };

/** A word in the place of a command: no hyphen of any kind in front, no `=` inside. */
const COMMAND_WORD = /^[^-\u2010-\u2015=][^=]*$/;

/** `--name` or `--name=value`: it cannot be meant as the value of the parameter before it. */
const NAMED_PARAMETER = /^--([A-Za-z][^=]*)(?:=([^]*))?$/;

/** One piece of the command line. */
type Piece =
  | { readonly kind: "named"; readonly name: string; readonly value: string | null }
  | { readonly kind: "word"; readonly text: string };

/**
 * Reads the arguments: an optional command, then parameters as `--name=value` or `--name value`. All problems are collected;
 * `--help`, `-h` and `--version` win over everything else.
 */
export function parseArguments(args: readonly string[]): TypedArguments {
  const first = args[0];
  const hasCommand = first !== undefined && COMMAND_WORD.test(first);
  const command = hasCommand ? COMMANDS.find((name) => name === first) : "import";
  if (command === undefined) return unknownCommand(first ?? "");
  const pieces = cutArguments(hasCommand ? args.slice(1) : args);
  return wish(pieces, hasCommand ? command : null) ?? readPieces(pieces, command);
}

/** Nothing can be said about the rest: it depends on the command. */
function unknownCommand(found: string): TypedArguments {
  const nearest = nearestName(found, COMMANDS) ?? meantByForeignCommand(found) ??
    (nearestName(found, ["version"]) === null ? null : "--version");
  const problem: ParameterProblem = { kind: "unknown_command", found, nearest };
  return { command: "help", words: [], values: new Map(), problems: [problem] };
}

/**
 * A loop of our own, because the library parsers change what was typed: `parseArgs` of @std/cli reads `--no-localize=1` as
 * `localize`, and neither `--csvfile -` nor `--separator -` has a value there; `parseArgs` of node:util takes the parameter
 * behind a lone `--simulate` for its value.
 */
function cutArguments(args: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    const [, name, inlineValue] = NAMED_PARAMETER.exec(argument) ?? [];
    const next = args[index + 1];
    if (name === undefined) {
      pieces.push({ kind: "word", text: argument });
    } else if (inlineValue === undefined && next !== undefined && !NAMED_PARAMETER.test(next)) {
      pieces.push({ kind: "named", name, value: next });
      index++;
    } else {
      pieces.push({ kind: "named", name, value: inlineValue ?? null });
    }
  }
  return pieces;
}

/** Whether help or the version is asked for. */
function wish(pieces: readonly Piece[], command: CommandName | null): TypedArguments | null {
  const nothingElse = { values: new Map(), problems: [] };
  for (const piece of pieces) {
    const name = piece.kind === "named" ? piece.name : piece.text === "-h" ? "help" : "";
    const topic = piece.kind === "named" && piece.value !== null ? piece.value : command;
    if (name === "help") return { command: "help", words: topic === null ? [] : [topic], ...nothingElse };
    if (name === "version") return { command: "version", words: [], ...nothingElse };
  }
  return null;
}

function readPieces(pieces: readonly Piece[], command: CommandName): TypedArguments {
  const words: string[] = [];
  const values = new Map<ParameterName, string>();
  const problems: ParameterProblem[] = [];
  const once = new GivenOnce();
  let meantBefore: Parameter | null = null;
  for (const piece of pieces) {
    if (command === "passwd" && mayBePassword(piece)) {
      problems.push({ kind: "password_typed" });
      continue;
    }
    if (piece.kind === "word") {
      // What follows a secret may be the rest of it.
      if (words.length < MOST_WORDS[command] && isWord(piece.text, command) && !meantBefore?.secret) {
        words.push(piece.text);
        continue;
      }
      const nearest = meantOnCommandLine(beforeEquals(piece.text), command)?.name ?? null;
      problems.push(strayWord(piece.text, nearest, meantBefore));
      meantBefore = nearest === null ? meantBefore : findParameter(nearest);
      continue;
    }
    const read = readNamed(piece.name, piece.value, command);
    if ("problem" in read) problems.push(read.problem);
    else {
      const problem = once.problemWith(read.parameter.name, COMMAND_LINE);
      if (problem !== null) problems.push(problem);
      values.set(read.parameter.name, read.value);
    }
    meantBefore = read.parameter;
  }
  return { command, words, values, problems };
}

/** `-` is a file: standard input. */
function isWord(text: string, command: CommandName): boolean {
  return COMMAND_WORD.test(text) || (text === "-" && command === "check");
}

/** Everything behind `passwd` that is none of its parameters may be a password, and is not repeated. */
function mayBePassword(piece: Piece): boolean {
  if (piece.kind === "word") return true;
  return /pass|pwd|secret/i.test(piece.name) && findParameter(piece.name)?.uses.passwd === undefined;
}

type ReadParameter =
  | { readonly parameter: Parameter; readonly value: string }
  /** `parameter` is what was meant in all likelihood. */
  | { readonly parameter: Parameter | null; readonly problem: ParameterProblem };

function readNamed(typedName: string, typedValue: string | null, command: CommandName): ReadParameter {
  const parameter = ownParameter(typedName, command, "command_line");
  if (parameter === null) {
    const meant = meantOnCommandLine(typedName, command);
    const found = `--${typedName}`;
    const problem = { kind: "unknown_parameter", found, ...nearestAndMeaning(meant), origin: COMMAND_LINE } as const;
    return { parameter: meant === null ? null : findParameter(meant.name), problem };
  }
  const { name } = parameter;
  if (parameter.uses[command] === undefined) {
    const belongsTo = commandsOf(parameter);
    const kind = "parameter_of_other_command";
    return { parameter, problem: { kind, parameter: name, command, belongsTo, origin: COMMAND_LINE } };
  }
  if (!parameter.sources.includes("command_line")) {
    const kind = parameter.sources.includes("job_file") ? "job_file_only" : "http_only";
    return { parameter, problem: { kind, parameter: name } };
  }
  const value = typedValue ?? (parameter.kind === "switch" ? "1" : null);
  return value === null ? { parameter, problem: { kind: "value_missing", parameter: name } } : { parameter, value };
}

/** Beside its parameters each command knows two wishes. */
function meantOnCommandLine(typed: string, command: CommandName): MeantParameter | null {
  const meant = meantParameter(typed, command, "command_line");
  const wish = meant === null ? nearestName(typed.replace(/^-+/, ""), ["version", "help"]) : null;
  return wish === null ? meant : { name: wish, meaning: null };
}

/** A word that belongs to nothing: a forgotten `--`, dashes pasted from a word processor, a value without quotes. */
function strayWord(text: string, nearest: string | null, meantBefore: Parameter | null): ParameterProblem {
  const meansName = nearest !== null && !COMMAND_WORD.test(beforeEquals(text));
  if (meantBefore?.secret && !meansName) return { kind: "word_after_secret", parameter: meantBefore.name };
  return { kind: "stray_word", found: beforeEquals(text), nearest: nearest === null ? null : `--${nearest}` };
}

function beforeEquals(text: string): string {
  return text.split("=", 1)[0] ?? "";
}
