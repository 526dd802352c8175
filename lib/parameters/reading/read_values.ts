/** What the text of one parameter means: each function checks one kind of value. Nothing is opened here. */
import { isOneLine } from "../../one_line.ts";
import { type Charset, findCharset, NAMED_CHARSETS, nearestCharsets } from "../../source/charset.ts";
import { type DateFormat, parseDateFormat } from "../../values/date_format.ts";
import { findParameter } from "../list/find_parameter.ts";
import type { ValueFault } from "./parameter_problem.ts";

export type ReadValue<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: ValueFault };

/** SQLite takes the time in milliseconds, as a 32-bit signed integer. */
export const MOST_SECONDS = 2_147_483;

const DEFAULT_CHARSET = findParameter("charset")?.default ?? "UTF-8";
const BLANKS = " \t\r\n\v\0";
const ON = ["1", "yes", "true", "on"];
const OFF = ["0", "no", "false", "off"];

function good<T>(value: T): ReadValue<T> {
  return { ok: true, value };
}

function bad(fault: ValueFault): { readonly ok: false; readonly fault: ValueFault } {
  return { ok: false, fault };
}

/** Any text, as it stands. */
export function readText(typed: string): ReadValue<string> {
  return good(typed);
}

/** Any text but the empty one. */
export function readNonEmpty(typed: string): ReadValue<string> {
  return typed === "" ? bad({ kind: "empty" }) : good(typed);
}

/** A login that does not exist yet. */
export function readNewLogin(typed: string): ReadValue<string> {
  if (typed === "") return bad({ kind: "empty" });
  return isOneLine(typed) ? good(typed) : bad({ kind: "not_one_line" });
}

/** So long may the name of a source be, in UTF-16 code units. */
const LONGEST_SOURCE = 255;

/** The name of a feed, without blanks around it. */
export function readSourceName(typed: string): ReadValue<string> {
  const name = typed.trim();
  if (name === "") return bad({ kind: "empty" });
  if (name.length > LONGEST_SOURCE) return bad({ kind: "too_long", length: name.length, most: LONGEST_SOURCE });
  return isOneLine(name) ? good(name) : bad({ kind: "not_one_line" });
}

/** Of a separator, in UTF-16 code units. */
const LONGEST_SEPARATOR = 16;
/** `semicolon`, or `';'` where nobody takes the quotes away: no file has such a separator. */
const NO_SEPARATOR = /^(?:[\p{L}\p{N}_]+|(['"`]).*\1)$/u;

/** Blanks around a separator are dropped, unless it is a lone blank or tabulation; `tab` and `\t` are the tabulation. */
export function readSeparator(typed: string): ReadValue<string> {
  if (typed === " " || typed === "\t") return good(typed);
  if (isLineBreak(typed)) return bad({ kind: "line_break" });
  const separator = withoutBlanksAround(typed);
  if (separator === "") return bad({ kind: "separator_empty" });
  if (separator.toLowerCase() === "tab" || separator === "\\t") return good("\t");
  if (isOneCharacter(separator)) return good(separator);
  if (/[\r\n]/.test(separator)) return bad({ kind: "line_break" });
  const isGood = separator.length <= LONGEST_SEPARATOR && !NO_SEPARATOR.test(separator);
  return isGood ? good(separator) : bad({ kind: "separator_form", found: separator, most: LONGEST_SEPARATOR });
}

export function readQualifier(typed: string): ReadValue<string> {
  if (isLineBreak(typed)) return bad({ kind: "line_break" });
  return typed === "" || isOneCharacter(typed) ? good(typed) : bad({ kind: "qualifier_length", found: typed });
}

function isLineBreak(typed: string): boolean {
  return /^[\r\n]+$/.test(typed);
}

function isOneCharacter(text: string): boolean {
  return [...text].length === 1;
}

/** 1/0, yes/no, true/false, on/off, in any case. */
export function readSwitch(typed: string): ReadValue<boolean> {
  const word = typed.trim().toLowerCase();
  if (ON.includes(word)) return good(true);
  return OFF.includes(word) ? good(false) : bad({ kind: "not_a_switch", found: typed });
}

/** One of the formats of a command. */
export function readOutput<T extends string>(known: readonly T[]): (typed: string) => ReadValue<T> {
  return (typed) => {
    const format = known.find((format) => format === typed);
    return format === undefined ? bad({ kind: "unknown_output", found: typed, known }) : good(format);
  };
}

/** Blank: the default, as in the reference. */
export function readCharset(typed: string): ReadValue<Charset> {
  const charset = findCharset(typed.trim() === "" ? DEFAULT_CHARSET : typed);
  if (charset !== null) return good(charset);
  return bad({ kind: "unknown_charset", found: typed, nearest: nearestCharsets(typed), known: NAMED_CHARSETS });
}

/** Empty: no format. */
export function readDateFormat(typed: string): ReadValue<DateFormat | null> {
  if (typed.trim() === "") return good(null);
  const parsed = parseDateFormat(typed);
  return parsed.ok ? good(parsed.format) : bad({ kind: "date_format", found: typed, problem: parsed.problem });
}

/** A comma list: blanks around an item, and empty items, are dropped. */
export function readList(typed: string): ReadValue<readonly string[]> {
  return good(typed.split(",").map((item) => item.trim()).filter((item) => item !== ""));
}

/** One of some words. */
export function readOneOf<T extends string>(known: readonly T[]): (typed: string) => ReadValue<T> {
  return (typed) => {
    const word = known.find((word) => word === typed);
    return word === undefined ? bad({ kind: "not_one_of", found: typed, known }) : good(word);
  };
}

const LONGEST_JOB_NAME = 100;

/** The name of a job is a part of a file's name. */
export function readJobName(typed: string): ReadValue<string> {
  const isName = typed.length <= LONGEST_JOB_NAME && /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u.test(typed);
  return isName ? good(typed) : bad({ kind: "not_a_job_name", found: typed });
}

/** A number of seconds, whole or decimal, 0 or more. */
export function readSeconds(typed: string): ReadValue<number> {
  const text = typed.trim();
  const seconds = Number(text);
  const fault = { kind: "not_seconds", found: typed, most: MOST_SECONDS } as const;
  return /^[0-9]+(\.[0-9]+)?$/.test(text) && seconds <= MOST_SECONDS ? good(seconds) : bad(fault);
}

/** By hand: a regular expression for blanks at the end takes the square of the number of blanks within. */
function withoutBlanksAround(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANKS.includes(text.charAt(start))) start++;
  while (end > start && BLANKS.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
