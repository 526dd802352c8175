/** Dates of a column that are written alike, and which of these one format reads. */
import { mergedRows, type RowCount, type RowCounter } from "./row_count.ts";

export type Order = "ymd" | "dmy" | "mdy";

/** Cells that differ in digits only. */
export interface Shape {
  readonly example: string;
  readonly orders: readonly Order[];
  readonly sign: string;
  readonly hasMonthName: boolean;
  /** As ISO 8601 has them, which needs no format. */
  isIso: boolean;
  readonly year: "Y" | "y";
  /** Of the first cell that has one; none: no cell has. */
  time: readonly string[];
  readonly examples: string[];
  readonly rows: RowCounter;
  /** Whether the groups of the date and the hour were seen with one digit alone. */
  readonly short: boolean[];
  /** Dates that would not be in the calendar, by order; `never`: there is no such day or time in any order. */
  readonly refuted: Record<Order, RowCounter>;
  readonly never: RowCounter;
  /** No cell was seen with another time of day. */
  isMidnight: boolean;
}

/** What `Shape` has come to. */
export type CountedShape = Omit<Shape, "rows" | "refuted" | "never"> & {
  readonly rows: RowCount;
  readonly refuted: Readonly<Record<Order, RowCount>>;
  readonly never: RowCount;
};

/** A format with a time of day reads days without one, too: these are no shape of their own beside it. */
export function withDays(shapes: readonly Shape[]): CountedShape[] {
  const left: CountedShape[] = [...shapes];
  for (const days of shapes.filter(({ time, isIso }) => time.length === 0 && !isIso)) {
    const timed = shapes.find((other) => other.time.length > 0 && !other.isIso && dateForm(other) === dateForm(days));
    // Few times of day among many days are the odd ones: an attribute of days takes none but midnight.
    if (timed === undefined || (!timed.isMidnight && timed.rows.count < days.rows.count / 4)) continue;
    left.splice(left.indexOf(days), 1);
    left[left.indexOf(timed)] = together(timed, days);
  }
  return left;
}

function dateForm({ sign, year, hasMonthName, orders }: Shape): string {
  return [sign, year, hasMonthName, orders].join();
}

function together(timed: Shape, days: Shape): CountedShape {
  const both = (order: Order) => mergedRows([timed.refuted[order], days.refuted[order]]);
  return {
    ...timed,
    examples: [...timed.examples, ...days.examples],
    rows: mergedRows([timed.rows, days.rows]),
    short: timed.short.map((isShort, index) => isShort || days.short[index] === true),
    refuted: { ymd: both("ymd"), dmy: both("dmy"), mdy: both("mdy") },
    never: mergedRows([timed.never, days.never]),
  };
}
