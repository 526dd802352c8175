/** A piece of a date format made ready to read and write many cells. */
import { type DatePart, type FormatToken, formatTokens, type Moment, TWELVE_HOUR_LETTERS } from "./date_letters.ts";

export interface DatePattern {
  /**
   * The moment that a whole text stands for; parts that the format lacks are 0.
   * Null: the text is not in this format, or there is no such day or time.
   */
  read(text: string): Moment | null;
  write(moment: Moment): string;
}

type FoundParts = Partial<Record<DatePart, number>>;

/** @param format letters of `DATE_LETTERS`, each part at most once; every other character, and what a `\` stands before, stands for itself */
export function datePattern(format: string): DatePattern {
  const tokens = formatTokens(format);
  const letters = tokens.flatMap(({ letter }) => letter ?? []);
  const twelveHours = tokens.some(({ letter, text }) => letter !== null && TWELVE_HOUR_LETTERS.has(text));
  const expression = new RegExp(`^${tokens.map(expressionOf).join("")}$`, "u");
  return {
    read(text) {
      const match = expression.exec(text);
      if (match === null) return null;
      const parts: FoundParts = {};
      letters.forEach((letter, index) => parts[letter.part] = letter.read(match[index + 1] ?? ""));
      return momentOf(parts, twelveHours);
    },
    write(moment) {
      return tokens.map(({ letter, text }) => letter?.write(moment) ?? text).join("");
    },
  };
}

/** A blank of the format is any of those that look like one: .NET and browsers write U+202F before AM and PM. */
const BLANK = /^\p{Zs}$/u;

function expressionOf({ letter, text }: FormatToken): string {
  if (letter === null && BLANK.test(text)) return "\\p{Zs}";
  return letter === null ? `\\u{${(text.codePointAt(0) ?? 0).toString(16)}}` : `(${letter.pattern})`;
}

function momentOf(parts: FoundParts, twelveHours: boolean): Moment | null {
  const { year = 0, month = 0, day = 0, minute = 0, second = 0 } = parts;
  const hour = hourOf(parts, twelveHours);
  return hour === null ? null : momentIn({ year, month, day, hour, minute, second });
}

/** The moment, if there is such a day and such a time of day. */
export function momentIn(moment: Moment): Moment | null {
  const { year, month, day, hour, minute, second } = moment;
  if (hour > 23 || minute > 59 || second > 59) return null;
  return year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ? null : moment;
}

/** 12 am is 0, 12 pm is 12; beside a 24-hour clock am and pm must agree with it. */
function hourOf({ hour, half_day: half }: FoundParts, twelveHours: boolean): number | null {
  if (hour === undefined) return 0;
  if (!twelveHours) return hour > 23 || (half !== undefined && half !== Number(hour >= 12)) ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return half === undefined ? hour : hour % 12 + 12 * half;
}

function daysIn(year: number, month: number): number {
  const lastDay = new Date(0);
  // Day 0 of the next month; unlike Date.UTC this takes the years 1 to 99 as they are.
  lastDay.setUTCFullYear(year, month, 0);
  return lastDay.getUTCDate();
}
