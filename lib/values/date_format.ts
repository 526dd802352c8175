/** The parameter `date_format`: how the dates of a file are written. */
import { DATE_LETTERS, type DatePart } from "./date_letters.ts";

/** A format that was checked: every letter in it is one of `DATE_LETTERS`, every other character stands for itself. */
export interface DateFormat {
  /** The whole format, for date-times; the old `%` style is translated. The report's `#Date and time format:`. */
  readonly dateTime: string;
  /** For dates: the piece from the first to the last of the letters Y y d j m n. The report's `#Date format:`. */
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
  ["M", "i"],
  ["i", "i"],
  ["S", "s"],
  ["s", "s"],
  ["p", "A"],
]);

const LETTER = /^\p{L}$/u;
const DATE_PIECE = /[Yydjmn](?:.*[Yydjmn])?/s;
const RUN_TOGETHER = /([jnGg])[dmYyHhis0-9]*([jnGg])/;
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
  return { ok: true, format: { dateTime, date: DATE_PIECE.exec(dateTime)?.[0] ?? "" } };
}

function fromOldStyle(typed: string): string {
  return typed.replace(/%(\p{L})/gu, (whole, letter: string) => OLD_STYLE.get(letter) ?? whole);
}

function unknownLetter(typed: string): string | null {
  for (const [piece] of typed.matchAll(/%?\p{L}/gu)) {
    const known = piece.startsWith("%") ? OLD_STYLE.has(piece.slice(1)) : DATE_LETTERS.has(piece);
    if (!known) return piece;
  }
  return null;
}

/** The letters of a format with what they stand for, in order. */
function lettersOf(format: string): { readonly letter: string; readonly part: DatePart }[] {
  return [...format].filter((character) => LETTER.test(character)).flatMap((letter) => {
    const known = DATE_LETTERS.get(letter);
    return known === undefined ? [] : [{ letter, part: known.part }];
  });
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
  const [, first, second] = RUN_TOGETHER.exec(format) ?? [];
  if (first !== undefined && second !== undefined) return { kind: "run_together", first, second };
  const letters = lettersOf(format);
  const halfDay = letters.find(({ part }) => part === "half_day");
  if (halfDay === undefined || letters.some(({ part }) => part === "hour")) return null;
  return { kind: "half_day_without_hour", letter: halfDay.letter };
}
