/** Moments between their parts and the time that passes. */
import type { Moment } from "./date_letters.ts";

/** Since 1970. */
export function millisecondsOf({ year, month, day, hour, minute, second }: Moment): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second);
}

/** @param milliseconds since 1970; what is less than a second is left out. Null: its year has not four digits */
export function momentOf(milliseconds: number): Moment | null {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  // Of a number that is no moment, it is none.
  if (!(year >= 0 && year <= 9999)) return null;
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

const MILLISECONDS_OF_MINUTE = 60_000;

/** The moment so many minutes later; null: its year has not four digits. */
export function moved(moment: Moment, minutes: number): Moment | null {
  return minutes === 0 ? moment : momentOf(millisecondsOf(moment) + minutes * MILLISECONDS_OF_MINUTE);
}
