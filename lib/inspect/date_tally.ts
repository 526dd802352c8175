/** Whether a column holds dates, and which formats fit all of them. */
import { withPlainBlanks } from "../csv/heading.ts";
import { type DateFormat, parseDateFormat } from "../values/date_format.ts";
import { DATE_LETTERS } from "../values/date_letters.ts";
import { datePattern } from "../values/date_pattern.ts";
import { isoMoment } from "../values/iso_date.ts";
import { type CountedShape, type Order, type Shape, withDays } from "./date_shape.ts";
import { mergedRows, type RowCount, RowCounter } from "./row_count.ts";

/** What the dates of a column look like. */
export interface DateFacts {
  readonly kind: "dates";
  /** As `date_format` has them, the likeliest first; several: no row decides; none: csvrecon has no format for them. */
  readonly formats: readonly string[];
  /** One of the dates. */
  readonly example: string;
  /** Of a day and a month that could be taken for one another: the line of a row that tells which is which; null: none does, or none could. */
  readonly decidedBy: number | null;
  /** They are as csvrecon stores them: no format need be given. */
  readonly isStored: boolean;
  /** They have a time of day, another one than midnight. */
  readonly hasTime: boolean;
  /** Filled cells that fit none of the formats. */
  readonly others: RowCount;
}

/** Three groups of digits with one sign between them, of which the second may be the name of a month, and a time behind them. */
const SHAPE =
  /^(\d{1,4})([-/. ])(\d{1,2}|[A-Za-z]{3,9})\2(\d{4}|\d{1,2})(?:( |T)(\d{1,2}):(\d{2})(:\d{2})?( ?)([AaPp][Mm])?([.,]\d+)?( ?Z| ?[+-]\d{2}:?\d{2})?)?$/;
const LONGEST = 40;
const MOST_SHAPES = 4;
const EXAMPLES = 3;

/** Counts the dates of one column. */
export class DateTally {
  readonly #shapes = new Map<string, Shape>();
  readonly #others = new RowCounter();

  /** @returns whether the cell looks like a date */
  note(cell: string, line: number): boolean {
    const groups = cell.length > LONGEST ? null : SHAPE.exec(withPlainBlanks(cell));
    const shape = groups === null ? undefined : this.#shapeOf(groups, cell);
    if (groups === null || shape === undefined) {
      this.#others.note(line);
      return false;
    }
    shape.rows.note(line);
    if (!isAtMidnight(groups)) shape.isMidnight = false;
    if (groups[6]?.length === 1) shape.isIso = false;
    // Days and times that are written as ISO 8601 has them are one shape.
    if (shape.time.length === 0) shape.time = timeOf(groups);
    if (shape.examples.length < EXAMPLES) shape.examples.push(cell);
    noteDigits(shape, groups, line);
    return true;
  }

  /** Null: hardly any cell is a date. */
  facts(): DateFacts | null {
    const shapes = withDays([...this.#shapes.values()]).sort((one, other) => other.rows.count - one.rows.count);
    const [main, ...rest] = shapes;
    const misfits = mergedRows([this.#others, ...rest.map(({ rows }) => rows)]);
    if (main === undefined || misfits.count > main.rows.count / 4) return null;
    const orders = bestOrders(main);
    const formats = orders.flatMap((order) => formatOf(main, order)).filter((format) => reads(format, main.examples));
    return {
      kind: "dates",
      formats,
      example: main.example,
      decidedBy: decidedBy(main, orders),
      isStored: main.isIso,
      hasTime: !main.isMidnight,
      others: mergedRows([misfits, main.never, main.refuted[orders[0] ?? "ymd"]]),
    };
  }

  #shapeOf(groups: RegExpExecArray, cell: string): Shape | undefined {
    const [, first = "", sign = "", second = "", last = ""] = groups;
    const hasMonthName = /[a-z]/i.test(second);
    if (hasMonthName && monthOf(second) === 0) return undefined;
    const time = timeOf(groups);
    const isYearFirst = first.length === 4;
    if ((isYearFirst && last.length === 4) || (!isYearFirst && (first.length > 2 || last.length === 1))) {
      return undefined;
    }
    // An hour of one digit is read by a format alone, which reads those of two as well.
    const isNearlyIso = isYearFirst && !hasMonthName && isoMoment(cell.replace(/(?<=[ T])(?=\d:)/, "0")) !== null;
    const key = isNearlyIso ? "iso" : `${isYearFirst}${sign}${hasMonthName}${last.length === 4}${time.join("")}`;
    const known = this.#shapes.get(key);
    if (known !== undefined || this.#shapes.size >= MOST_SHAPES) return known;
    const shape: Shape = {
      example: cell,
      orders: isYearFirst ? ["ymd"] : sign === "." || hasMonthName ? ["dmy"] : ["dmy", "mdy"],
      sign,
      hasMonthName,
      isIso: isNearlyIso,
      isMidnight: true,
      year: isYearFirst || last.length === 4 ? "Y" : "y",
      time,
      examples: [],
      rows: new RowCounter(),
      short: [false, false, false, false],
      refuted: { ymd: new RowCounter(), dmy: new RowCounter(), mdy: new RowCounter() },
      never: new RowCounter(),
    };
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** The time as letters of a format, its signs with it; the hour, which comes second, as if it had two digits. Of what no letter stands for, the text itself: no format is made of it. */
function timeOf(groups: RegExpExecArray): readonly string[] {
  const [, , , , , joint, hour, , seconds, blank = "", half, fraction, zone] = groups;
  if (hour === undefined) return [];
  const hourLetter = half === undefined ? "H" : "h";
  const halfLetter = half === undefined ? "" : `${blank}A`;
  const beyond = (fraction === undefined ? "" : ".0") + (zone === undefined ? "" : "Z");
  return [joint === "T" ? "\\T" : joint ?? "", hourLetter, ":i", seconds === undefined ? "" : ":s", halfLetter, beyond];
}

/** An hour of one digit may have a zero before it, too. */
function timeText({ time, short }: CountedShape): string {
  const [joint = "", hour = "", ...rest] = time;
  return short[3] ? [joint, hour === "H" ? "G" : "g", ...rest].join("") : time.join("");
}

function isAtMidnight([, , , , , , hour, minute = "", seconds = "", , half]: RegExpExecArray): boolean {
  if (hour === undefined) return true;
  const isFirst = half === undefined ? Number(hour) === 0 : Number(hour) === 12 && /^a/i.test(half);
  return isFirst && /^[0:]*$/.test(minute + seconds);
}

const MONTH = DATE_LETTERS.get("M");
const MONTH_NAME = new RegExp(`^(?:${MONTH?.pattern})$`);

/** Of a number or an English name; 0: it is none. */
function monthOf(text: string): number {
  if (/^[0-9]/.test(text)) return Number(text);
  return MONTH !== undefined && MONTH_NAME.test(text) ? MONTH.read(text) : 0;
}

function noteDigits({ short, orders, refuted, never }: Shape, groups: RegExpExecArray, line: number): void {
  const [, first = "", , second = "", third = "", , hour = ""] = groups;
  [first, second, third, hour].forEach((part, index) => {
    if (part.length === 1) short[index] = true;
  });
  const wrong = isInDay(groups) ? orders.filter((order) => !isInCalendar(order, [first, second, third])) : orders;
  if (wrong.length === orders.length) never.note(line);
  else for (const order of wrong) refuted[order].note(line);
}

const MONTHS = 12;
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isInCalendar(order: Order, [first = "", second = "", third = ""]: readonly string[]): boolean {
  const [year, month, day] = order === "ymd"
    ? [first, monthOf(second), Number(third)]
    : order === "dmy"
    ? [third, monthOf(second), Number(first)]
    : [third, Number(first), Number(second)];
  if (month < 1 || month > MONTHS || day < 1 || day > (LONGEST_MONTHS[month - 1] ?? 0)) return false;
  return year !== "0000" && (month !== 2 || day < 29 || isLeap(Number(year)));
}

/** Of two digits, 00 is 2000. */
function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isInDay([, , , , , , hour, minute, seconds = ":0", , half]: RegExpExecArray): boolean {
  if (hour === undefined) return true;
  if (Number(minute) > 59 || Number(seconds.slice(1)) > 59) return false;
  return half === undefined ? Number(hour) < 24 : Number(hour) >= 1 && Number(hour) <= 12;
}

/** Those that the fewest rows speak against. */
function bestOrders({ orders, refuted }: CountedShape): readonly Order[] {
  const least = Math.min(...orders.map((order) => refuted[order].count));
  return orders.filter((order) => refuted[order].count === least);
}

function decidedBy({ orders, refuted }: CountedShape, best: readonly Order[]): number | null {
  if (best.length > 1) return null;
  const other = orders.find((order) => !best.includes(order));
  return other === undefined ? null : refuted[other].lines[0] ?? null;
}

/** Text of which no letter stands for the whole makes no format: that is found out by whoever reads it. */
function formatOf(shape: CountedShape, order: Order): string[] {
  const { sign, year, short, hasMonthName } = shape;
  const places = order === "ymd" ? [null, 1, 2] : [0, 1, null];
  const letters = [...order].map((part, index) => {
    const place = places[index] ?? null;
    if (place === null) return year;
    if (part === "m" && hasMonthName) return "M";
    return part === "d" ? (short[place] ? "j" : "d") : (short[place] ? "n" : "m");
  });
  return [letters.join(sign) + timeText(shape)];
}

/** Whether it is a format, and the program reads the dates with it. */
function reads(text: string, examples: readonly string[]): boolean {
  const parsed = parseDateFormat(text);
  if (!parsed.ok) return false;
  const pattern = patternOf(parsed.format);
  return examples.some((example) => pattern.read(example) !== null);
}

function patternOf({ dateTime }: DateFormat): ReturnType<typeof datePattern> {
  return datePattern(dateTime);
}
