/** Whether a column holds dates, and which formats fit all of them. */
import { type DateFormat, parseDateFormat } from "../values/date_format.ts";
import { datePattern } from "../values/date_pattern.ts";
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
  /** They have a time of day. */
  readonly hasTime: boolean;
  /** Filled cells that fit none of the formats. */
  readonly others: RowCount;
}

/** Three groups of digits with one sign between them, and a time behind them. */
const SHAPE =
  /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{4}|\d{1,2})(?:( |T)(\d{1,2}):(\d{2})(:\d{2})?( ?)([AaPp][Mm])?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const LONGEST = 40;
const MOST_SHAPES = 4;
const EXAMPLES = 3;

type Order = "ymd" | "dmy" | "mdy";

/** Cells that differ in digits only. */
interface Shape {
  readonly example: string;
  readonly orders: readonly Order[];
  readonly sign: string;
  readonly year: "Y" | "y";
  readonly time: readonly string[];
  readonly examples: string[];
  readonly rows: RowCounter;
  /** Whether the groups of the date and the hour were seen with one digit alone, and with a zero before it. */
  readonly short: boolean[];
  readonly padded: boolean[];
  /** Dates that would not be in the calendar, by order; `never`: there is no such day or time in any order. */
  readonly refuted: Record<Order, RowCounter>;
  readonly never: RowCounter;
}

/** Counts the dates of one column. */
export class DateTally {
  readonly #shapes = new Map<string, Shape>();
  readonly #others = new RowCounter();

  /** @returns whether the cell looks like a date */
  note(cell: string, line: number): boolean {
    const groups = cell.length > LONGEST ? null : SHAPE.exec(cell);
    const shape = groups === null ? undefined : this.#shapeOf(groups, cell);
    if (groups === null || shape === undefined) {
      this.#others.note(line);
      return false;
    }
    shape.rows.note(line);
    if (shape.examples.length < EXAMPLES) shape.examples.push(cell);
    noteDigits(shape, groups, line);
    return true;
  }

  /** Null: hardly any cell is a date. */
  facts(): DateFacts | null {
    const shapes = [...this.#shapes.values()].sort((one, other) => other.rows.count - one.rows.count);
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
      isStored: orders.includes("ymd") && main.sign === "-" && ["", " H:i:s"].includes(timeText(main) ?? "none"),
      hasTime: main.time.length > 0,
      others: mergedRows([misfits, main.never, main.refuted[orders[0] ?? "ymd"]]),
    };
  }

  #shapeOf(groups: RegExpExecArray, cell: string): Shape | undefined {
    const [, first = "", sign = "", , last = ""] = groups;
    const time = timeOf(groups);
    const isYearFirst = first.length === 4;
    if ((isYearFirst && last.length === 4) || (!isYearFirst && (first.length > 2 || last.length === 1))) {
      return undefined;
    }
    const key = `${isYearFirst}${sign}${last.length === 4}${time.join("")}`;
    const known = this.#shapes.get(key);
    if (known !== undefined || this.#shapes.size >= MOST_SHAPES) return known;
    const shape: Shape = {
      example: cell,
      orders: isYearFirst ? ["ymd"] : sign === "." ? ["dmy"] : ["dmy", "mdy"],
      sign,
      year: isYearFirst || last.length === 4 ? "Y" : "y",
      time,
      examples: [],
      rows: new RowCounter(),
      short: [false, false, false, false],
      padded: [false, false, false, false],
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
  const halfLetter = half === undefined ? "" : blank + (half === half.toUpperCase() ? "A" : "a");
  const beyond = (fraction === undefined ? "" : ".0") + (zone === undefined ? "" : "Z");
  return [joint ?? "", hourLetter, ":i", seconds === undefined ? "" : ":s", halfLetter, beyond];
}

/** Null: some hours have a zero before them, and others of one digit have none. */
function timeText({ time, short, padded }: Shape): string | null {
  const [joint = "", hour = "", ...rest] = time;
  if (!short[3]) return time.join("");
  return padded[3] ? null : [joint, hour === "H" ? "G" : "g", ...rest].join("");
}

function noteDigits({ short, padded, orders, refuted, never }: Shape, groups: RegExpExecArray, line: number): void {
  const [, first = "", , second = "", third = "", , hour = ""] = groups;
  [first, second, third, hour].forEach((part, index) => {
    if (part.length === 1) short[index] = true;
    if (part.length === 2 && part.startsWith("0")) padded[index] = true;
  });
  const wrong = isInDay(groups) ? orders.filter((order) => !isInCalendar(order, [first, second, third])) : orders;
  if (wrong.length === orders.length) never.note(line);
  else for (const order of wrong) refuted[order].note(line);
}

const MONTHS = 12;
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isInCalendar(order: Order, [first = "", second = "", third = ""]: readonly string[]): boolean {
  const [year, month, day] = order === "ymd"
    ? [first, Number(second), Number(third)]
    : order === "dmy"
    ? [third, Number(second), Number(first)]
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
function bestOrders({ orders, refuted }: Shape): readonly Order[] {
  const least = Math.min(...orders.map((order) => refuted[order].count));
  return orders.filter((order) => refuted[order].count === least);
}

function decidedBy({ orders, refuted }: Shape, best: readonly Order[]): number | null {
  if (best.length > 1) return null;
  const other = orders.find((order) => !best.includes(order));
  return other === undefined ? null : refuted[other].lines[0] ?? null;
}

function formatOf(shape: Shape, order: Order): string[] {
  const { sign, year, short, padded } = shape;
  const time = timeText(shape);
  const places = order === "ymd" ? [null, 1, 2] : [0, 1, null];
  const letters = [...order].map((part, index) => {
    const place = places[index] ?? null;
    if (place === null) return year;
    if (short[place] && padded[place]) return "";
    return part === "d" ? (short[place] ? "j" : "d") : (short[place] ? "n" : "m");
  });
  return letters.includes("") || time === null ? [] : [letters.join(sign) + time];
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
