/** Whether a column holds dates, and which formats fit all of them. */
import { type DateFormat, parseDateFormat } from "../values/date_format.ts";
import { datePattern } from "../values/date_pattern.ts";
import { type RowCount, RowCounter } from "./row_count.ts";

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
  count: number;
  /** Whether the groups were seen with one digit alone, and with a zero before it. */
  readonly short: boolean[];
  readonly padded: boolean[];
  /** Dates that would not be in the calendar, by order. */
  readonly refuted: Record<Order, RowCounter>;
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
    shape.count++;
    if (shape.examples.length < EXAMPLES) shape.examples.push(cell);
    noteDigits(shape, groups, line);
    return true;
  }

  /** Null: hardly any cell is a date. */
  facts(): DateFacts | null {
    const shapes = [...this.#shapes.values()].sort((one, other) => other.count - one.count);
    const [main, ...rest] = shapes;
    const misfits = this.#others.count + rest.reduce((sum, { count }) => sum + count, 0);
    if (main === undefined || misfits > main.count / 4) return null;
    const orders = bestOrders(main);
    const formats = orders.flatMap((order) => formatOf(main, order)).filter((format) => reads(format, main.examples));
    return {
      kind: "dates",
      formats,
      example: main.example,
      decidedBy: decidedBy(main, orders),
      isStored: orders.includes("ymd") && main.sign === "-" && ["", " H:i:s"].includes(main.time.join("")),
      hasTime: main.time.length > 0,
      others: { count: misfits + refutedIn(main, orders[0]).count, lines: this.#linesOf(main, orders[0]) },
    };
  }

  #linesOf(main: Shape, order: Order | undefined): readonly number[] {
    return [...this.#others.lines, ...refutedIn(main, order).lines].sort((one, other) => one - other);
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
      count: 0,
      short: [false, false, false],
      padded: [false, false, false],
      refuted: { ymd: new RowCounter(), dmy: new RowCounter(), mdy: new RowCounter() },
    };
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** The time as letters of a format, its signs with it. Of what no letter stands for, the text itself: no format is made of it. */
function timeOf(groups: RegExpExecArray): readonly string[] {
  const [, , , , , joint, hour, , seconds, blank = "", half, fraction, zone] = groups;
  if (hour === undefined) return [];
  const letters = half === undefined ? "H" : hour.length === 2 ? "h" : "g";
  const hourLetter = half === undefined && hour.length === 1 ? "G" : letters;
  const halfLetter = half === undefined ? "" : blank + (half === half.toUpperCase() ? "A" : "a");
  const beyond = (fraction === undefined ? "" : ".0") + (zone === undefined ? "" : "Z");
  return [joint ?? "", hourLetter, ":i", seconds === undefined ? "" : ":s", halfLetter, beyond];
}

function noteDigits({ short, padded, orders, refuted }: Shape, groups: RegExpExecArray, line: number): void {
  const parts = [groups[1] ?? "", groups[3] ?? "", groups[4] ?? ""];
  parts.forEach((part, index) => {
    if (part.length === 1) short[index] = true;
    if (part.length === 2 && part.startsWith("0")) padded[index] = true;
  });
  for (const order of orders) if (!isInCalendar(order, parts.map(Number))) refuted[order].note(line);
}

const MONTHS = 12;
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Leap years aside: the import looks closer. */
function isInCalendar(order: Order, [first = 0, second = 0, third = 0]: readonly number[]): boolean {
  const [month, day] = order === "ymd" ? [second, third] : order === "dmy" ? [second, first] : [first, second];
  return month >= 1 && month <= MONTHS && day >= 1 && day <= (LONGEST_MONTHS[month - 1] ?? 0);
}

/** Those that the fewest rows speak against. */
function bestOrders({ orders, refuted }: Shape): readonly Order[] {
  const least = Math.min(...orders.map((order) => refuted[order].count));
  return orders.filter((order) => refuted[order].count === least);
}

function refutedIn({ refuted }: Shape, order: Order | undefined): RowCounter {
  return refuted[order ?? "ymd"];
}

function decidedBy({ orders, refuted }: Shape, best: readonly Order[]): number | null {
  if (best.length > 1) return null;
  const other = orders.find((order) => !best.includes(order));
  return other === undefined ? null : refuted[other].lines[0] ?? null;
}

function formatOf({ sign, year, time, short, padded }: Shape, order: Order): string[] {
  const places = order === "ymd" ? [null, 1, 2] : [0, 1, null];
  const letters = [...order].map((part, index) => {
    const place = places[index] ?? null;
    if (place === null) return year;
    if (short[place] && padded[place]) return "";
    return part === "d" ? (short[place] ? "j" : "d") : (short[place] ? "n" : "m");
  });
  return letters.includes("") ? [] : [letters.join(sign) + time.join("")];
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
