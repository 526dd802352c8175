/**
 * Param files: one `name = value` a line. Blanks around either are dropped; `#` starts a comment at the start of a line or after a
 * blank; a value in double quotes is what stands between them, and only a comment may follow it.
 */
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import { systemReason } from "../../messages/system_reason.ts";
import * as sentences from "../../messages/parameters.ts";
import { LARGEST_SETTINGS_FILE, readSmallFile } from "../../source/small_file.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import type { Parameter, ParameterName } from "../list/definitions.ts";
import type { CommandName } from "../list/parameter_definition.ts";
import { commandsOf } from "../list/find_parameter.ts";
import { meantParameter, nearestAndMeaning, ownParameter } from "../list/meant_parameter.ts";
import { GivenOnce } from "./given_once.ts";
import type { FileProblem, NameProblem, Origin, ParameterProblem } from "./parameter_problem.ts";
import { textLines } from "./text_lines.ts";

export interface GivenValue {
  readonly text: string;
  readonly origin: Origin;
}

/** What one file gives; of a repeated name, which is a problem, the last value. */
export interface ParamFile {
  readonly values: ReadonlyMap<ParameterName, GivenValue>;
  readonly problems: readonly ParameterProblem[];
}

/**
 * Reads param files, in order.
 * @param typed file names, comma-separated; blanks around a name and empty names are dropped
 * @param at what they are relative to
 * @throws RunStop (66) when a file is missing or unreadable; all of these files are named
 */
export async function readParamFiles(
  typed: string,
  command: CommandName,
  at: WorkingFolder,
): Promise<readonly ParamFile[]> {
  const files = paramFileNames(typed);
  const contents = await Promise.all(files.map((file) => readOrExplain(file, at)));
  const unreadable = contents.flatMap((content) => content instanceof Uint8Array ? [] : [content]);
  if (unreadable.length > 0) throw new RunStop(EXIT.inputMissing, unreadable);
  return contents.flatMap((content, index) =>
    content instanceof Uint8Array ? [parseParamFile(content, files[index] ?? "", command)] : []
  );
}

/** Their names, in order, as `param_file` gives them. */
export function paramFileNames(typed: string): readonly string[] {
  return typed.split(",").map((file) => file.trim()).filter((file) => file !== "");
}

async function readOrExplain(file: string, at: WorkingFolder): Promise<Uint8Array | StopMessage> {
  try {
    return await readSmallFile(file, LARGEST_SETTINGS_FILE, at);
  } catch (error) {
    // Whatever keeps a file from being read (no such file, a folder, no permission) is the operator's to mend.
    if (error instanceof Deno.errors.NotFound) return sentences.paramFileMissing(file);
    return sentences.paramFileUnreadable(file, systemReason(error));
  }
}

/** @param file the name of the file, for the problems */
export function parseParamFile(bytes: Uint8Array, file: string, command: CommandName): ParamFile {
  const values = new Map<ParameterName, GivenValue>();
  const problems: ParameterProblem[] = [];
  const once = new GivenOnce();
  for (const line of fileLines(bytes, file)) {
    const name = "kind" in line ? line : nameInParamFile(line.name, command, line.given.origin);
    if (typeof name !== "string") problems.push(name);
    else if ("given" in line) {
      const problem = once.problemWith(name, line.given.origin);
      if (problem !== null) problems.push(problem);
      values.set(name, line.given);
    }
  }
  return { values, problems };
}

/** A name that is not looked up yet, with its value. */
export interface NamedValue {
  readonly name: string;
  readonly given: GivenValue;
}

/** The lines that say something, in their order, or what is wrong with them. */
export function fileLines(bytes: Uint8Array, file: string): readonly (NamedValue | FileProblem)[] {
  if (isUtf16(bytes)) return [{ kind: "is_utf_16", file, line: 1 }];
  return textLines(bytes).flatMap(({ line, text }): (NamedValue | FileProblem)[] => {
    const read = text === null ? "not_utf_8" : readLine(text);
    if (read === null) return [];
    if (typeof read === "string") return [{ kind: read, file, line }];
    return [{ name: read.name, given: { text: read.value, origin: { kind: "param_file", file, line } } }];
  });
}

/** By its mark, or by a name whose every other byte is 0: its lines would be many, and none of them right. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return hasMark || (second === 0 && fourth === 0) || (first === 0 && third === 0);
}

const NAME_AND_REST = /^[ \t]*([^ \t=#"]+)[ \t]*=(.*)$/s;
const IN_QUOTES = /^[ \t]*"(.*?)"[ \t]*(?:[ \t]#.*)?$/s;
const COMMENT = /[ \t]#.*$/s;
const BLANKS_BEFORE = /^[ \t]*/;

/** A name with its value, null for a line that says nothing, or what is wrong with the line. */
function readLine(line: string): { readonly name: string; readonly value: string } | FileProblem["kind"] | null {
  if (/^[ \t]*(#|$)/.test(line)) return null;
  const [, name, rest] = NAME_AND_REST.exec(line) ?? [];
  if (name === undefined || rest === undefined) return "not_name_and_value";
  const quoted = IN_QUOTES.exec(rest)?.[1];
  if (quoted !== undefined) return { name, value: quoted };
  const value = withoutBlanksAround(rest.replace(COMMENT, ""));
  // A quote all alone is the qualifier, as the reference's files write it.
  return value.startsWith('"') && value !== '"' ? "text_after_quotes" : { name, value };
}

/** By hand: `/[ \t]+$/` begins anew at each of the blanks within a value, which takes the square of their number. */
function withoutBlanksAround(text: string): string {
  let end = text.length;
  while (end > 0 && " \t".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(BLANKS_BEFORE, "");
}

/** `check` and `explain` take the param files of an import as they are, and look at what says how to read the file. */
function isPassedOver({ uses }: Parameter, command: CommandName): boolean {
  return (command === "check" || command === "explain") && uses.import !== undefined;
}

function nameInParamFile(typed: string, command: CommandName, origin: Origin): ParameterName | NameProblem {
  const parameter = ownParameter(typed, command, "param_file");
  if (parameter === null) {
    const meant = meantParameter(typed, command, "param_file");
    return { kind: "unknown_parameter", found: typed, ...nearestAndMeaning(meant), origin };
  }
  const { name } = parameter;
  if (parameter.uses[command] === undefined && !isPassedOver(parameter, command)) {
    return { kind: "parameter_of_other_command", parameter: name, command, belongsTo: commandsOf(parameter), origin };
  }
  return parameter.sources.includes("param_file") ? name : { kind: "not_in_param_file", parameter: name, origin };
}
