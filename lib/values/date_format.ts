/** The parameter `date_format`: how the dates of a file are written. */
import { DATE_LETTERS, type DatePart, type FormatToken, formatTokens } from "./date_letters.ts";

/** A format that was checked: every letter in it is one of `DATE_LETTERS`, or text behind a `\`; every other character stands for itself. */
export interface DateFormat {
  /** The whole format, for date-times; the old `%` style is translated. The report's `#Date and time format:`. */
  readonly dateTime: string;
  /** For dates: the piece from the first to the last of the letters Y y d j m n M F. The report's `#Date format:`. */
  readonly date: string;
}

/** Why a format is of no use. The words are in `messages/dates.ts`. */
export type DateFormatProblem =
  /** A letter that stands for nothing; with its `%` in the old style. */
  | { readonly kind: "unknown_letter"; readonly letter: string }
  | { readonly kind: "no_date_letter" }
  | { readonly kind: "repeated"; readonly part: DatePart; readonly first: string; readonly second: string }
  | { readonly kind: "missing"; readonly parts: readonly DatePart[] }
  /** Two letters of one or two digits with nothing between them: `111` is the 1st or the 11th. */
  | { readonly kind: "run_together"; readonly first: string; readonly second: string }
  | { readonly kind: "half_day_without_hour"; readonly letter: string };

export type ParsedDateFormat =
  | { readonly ok: true; readonly format: DateFormat }
  | { readonly ok: false; readonly problem: DateFormatProblem };

/** The old style's letters, those of `strftime` and of the reference, as letters of `DATE_LETTERS`. */
const OLD_STYLE: ReadonlyMap<string, string> = new Map([
  ["d", "d"],
  ["m", "m"],
  ["Y", "Y"],
  ["y", "y"],
  ["H", "H"],
  ["I", "h"],
  ["b", "M"],
  ["B", "F"],
  ["M", "i"],
  ["i", "i"],
  ["S", "s"],
  ["s", "s"],
  ["p", "A"],
]);

/** A character behind a `\`, a letter with its `%`, a letter. */
const PIECES = /\\[^]|%?\p{L}/gu;
const OF_VARIABLE_WIDTH: ReadonlySet<string> = new Set(["j", "n", "G", "g"]);
const DATE_PARTS: readonly DatePart[] = ["day", "month", "year"];

/**
 * Checks a format and translates the old `%` style, which a text with a `%` is taken for.
 * @param typed `Y-m-d`, `d/m/Y H:i:s`, `%Y-%m-%d`
 */
export function parseDateFormat(typed: string): ParsedDateFormat {
  const unknown = unknownLetter(typed);
  if (unknown !== null) return { ok: false, problem: { kind: "unknown_letter", letter: unknown } };
  const dateTime = fromOldStyle(typed);
  const problem = missingDate(dateTime) ?? repeatedPart(dateTime) ?? unreadable(dateTime);
  if (problem !== null) return { ok: false, problem };
  return { ok: true, format: { dateTime, date: datePiece(dateTime) } };
}

function fromOldStyle(typed: string): string {
  return typed.replace(PIECES, (piece) => piece.startsWith("%") ? OLD_STYLE.get(piece.slice(1)) ?? piece : piece);
}

function unknownLetter(typed: string): string | null {
  for (const [piece] of typed.matchAll(PIECES)) {
    if (piece.startsWith("\\")) continue;
    const known = piece.startsWith("%") ? OLD_STYLE.has(piece.slice(1)) : DATE_LETTERS.has(piece);
    if (!known) return piece;
  }
  return null;
}

function datePiece(format: string): string {
  const tokens = formatTokens(format);
  const isOfDate = ({ letter }: FormatToken) => letter !== null && DATE_PARTS.includes(letter.part);
  const pieces = tokens.slice(tokens.findIndex(isOfDate), tokens.findLastIndex(isOfDate) + 1);
  return pieces.map(({ source }) => source).join("");
}

/** The letters of a format with what they stand for, in order. */
function lettersOf(format: string): { readonly letter: string; readonly part: DatePart }[] {
  return formatTokens(format).flatMap(({ letter, text }) =>
    letter === null ? [] : [{ letter: text, part: letter.part }]
  );
}

function missingDate(format: string): DateFormatProblem | null {
  const present = new Set(lettersOf(format).map(({ part }) => part));
  const parts = DATE_PARTS.filter((part) => !present.has(part));
  if (parts.length === DATE_PARTS.length) return { kind: "no_date_letter" };
  return parts.length === 0 ? null : { kind: "missing", parts };
}

function repeatedPart(format: string): DateFormatProblem | null {
  const seen = new Map<DatePart, string>();
  for (const { letter, part } of lettersOf(format)) {
    const first = seen.get(part);
    if (first !== undefined) return { kind: "repeated", part, first, second: letter };
    seen.set(part, letter);
  }
  return null;
}

/** A format that could be read in two ways, or says am or pm of no hour. */
function unreadable(format: string): DateFormatProblem | null {
  const together = runTogether(format);
  if (together !== null) return { kind: "run_together", ...together };
  const letters = lettersOf(format);
  const halfDay = letters.find(({ part }) => part === "half_day");
  if (halfDay === undefined || letters.some(({ part }) => part === "hour")) return null;
  return { kind: "half_day_without_hour", letter: halfDay.letter };
}

/** Two letters of one digit or two, with nothing but digits between them. */
function runTogether(format: string): { readonly first: string; readonly second: string } | null {
  let first: string | null = null;
  for (const { letter, text } of formatTokens(format)) {
    const isVariable = letter !== null && OF_VARIABLE_WIDTH.has(text);
    if (isVariable && first !== null) return { first, second: text };
    const areDigits = letter === null ? /^[0-9]$/.test(text) : !NO_DIGITS.has(text);
    if (isVariable) first = text;
    else if (!areDigits) first = null;
  }
  return null;
}

const NO_DIGITS: ReadonlySet<string> = new Set(["M", "F", "a", "A"]);
