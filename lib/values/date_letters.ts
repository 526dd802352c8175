/** The letters of a date format: those of PHP's `date()` that stand for digits, for English names of months, and for am or pm. */

/** A day and a time of day, without a time zone. */
export interface Moment {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What a letter stands for; `half_day` is am or pm. */
export type DatePart = "day" | "month" | "year" | "hour" | "minute" | "second" | "half_day";

export interface DateLetter {
  readonly part: DatePart;
  /** Source of a regular expression for the text that the letter stands for. */
  readonly pattern: string;
  /** The part's number; am is 0, pm is 1, an hour is as typed. */
  read(text: string): number;
  write(moment: Moment): string;
}

/** Hour as a 12-hour clock shows it. */
function onTwelveHourClock(hour: number): number {
  return (hour + 11) % 12 + 1;
}

/** 00 to 69 are 2000 to 2069, 70 to 99 are 1970 to 1999: the reference's rule (case a-date-mdy-two-digits). */
function fullYear(twoDigits: number): number {
  return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
}

function twoDigits(part: DatePart, value: (moment: Moment) => number): DateLetter {
  const write = (moment: Moment) => String(value(moment)).padStart(2, "0");
  return { part, pattern: "[0-9]{2}", read: Number, write };
}

/** Read with a leading zero too: no doubt can arise (SPEC 16). */
function noLeadingZero(part: DatePart, value: (moment: Moment) => number): DateLetter {
  return { part, pattern: "[0-9]{1,2}", read: Number, write: (moment) => String(value(moment)) };
}

/** Read in any case. */
function halfDay(am: string, pm: string): DateLetter {
  return {
    part: "half_day",
    pattern: "[AaPp][Mm]",
    read: (text) => /^p/i.test(text) ? 1 : 0,
    write: (moment) => moment.hour < 12 ? am : pm,
  };
}

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3));

/** Read in any case, short or in full, and with the four letters that English has for September. */
const MONTH_PATTERN = ["Sept", ...MONTHS, ...SHORT_MONTHS]
  .map((name) => [...name].map((one) => `[${one.toUpperCase()}${one.toLowerCase()}]`).join(""))
  .join("|");

function monthName(names: readonly string[]): DateLetter {
  return {
    part: "month",
    pattern: MONTH_PATTERN,
    read: (text) => 1 + SHORT_MONTHS.findIndex((name) => text.toLowerCase().startsWith(name.toLowerCase())),
    write: ({ month }) => names[month - 1] ?? "",
  };
}

export const DATE_LETTERS: ReadonlyMap<string, DateLetter> = new Map<string, DateLetter>([
  ["d", twoDigits("day", (moment) => moment.day)],
  ["j", noLeadingZero("day", (moment) => moment.day)],
  ["m", twoDigits("month", (moment) => moment.month)],
  ["n", noLeadingZero("month", (moment) => moment.month)],
  ["M", monthName(SHORT_MONTHS)],
  ["F", monthName(MONTHS)],
  ["Y", {
    part: "year",
    pattern: "[0-9]{4}",
    read: Number,
    write: (moment) => String(moment.year).padStart(4, "0"),
  }],
  ["y", { ...twoDigits("year", (moment) => moment.year % 100), read: (text) => fullYear(Number(text)) }],
  ["H", twoDigits("hour", (moment) => moment.hour)],
  ["G", noLeadingZero("hour", (moment) => moment.hour)],
  ["h", twoDigits("hour", (moment) => onTwelveHourClock(moment.hour))],
  ["g", noLeadingZero("hour", (moment) => onTwelveHourClock(moment.hour))],
  ["i", twoDigits("minute", (moment) => moment.minute)],
  ["s", twoDigits("second", (moment) => moment.second)],
  ["a", halfDay("am", "pm")],
  ["A", halfDay("AM", "PM")],
]);

/** Letters whose hour is that of a 12-hour clock. */
export const TWELVE_HOUR_LETTERS: ReadonlySet<string> = new Set(["h", "g"]);

/** A piece of a format. */
export interface FormatToken {
  /** As it stands in the format. */
  readonly source: string;
  /** What the letter stands for; null: the token is text. */
  readonly letter: DateLetter | null;
  /** The letter, or the text that stands for itself. */
  readonly text: string;
}

/** Letters are those of `DATE_LETTERS`; a `\` makes text of the character behind it. */
export function formatTokens(format: string): readonly FormatToken[] {
  return [...format.matchAll(/\\([^])|[^]/gu)].map(([source, escaped]): FormatToken =>
    escaped === undefined
      ? { source, letter: DATE_LETTERS.get(source) ?? null, text: source }
      : { source, letter: null, text: escaped }
  );
}
