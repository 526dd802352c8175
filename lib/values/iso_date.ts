/** Dates as ISO 8601 and RFC 3339 have them, and as databases write them: what a file without `date_format` may hold. */
import type { Moment } from "./date_letters.ts";
import { momentIn } from "./date_pattern.ts";
import { moved } from "./moments.ts";

/** A moment as it is written. */
export interface IsoMoment {
  readonly local: Moment;
  /** Of its clock before UTC, in minutes; null: it says nothing of it. */
  readonly offset: number | null;
}

const ISO = new RegExp(
  "^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" +
    "(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?: ?(?:([Zz])|([+-])([0-9]{2})(?::?([0-9]{2}))?))?)?$",
);
/** Longer fractions of a second nobody writes. */
const LONGEST = 100;
/** The farthest clocks are 14 hours before UTC. */
const MOST_HOURS = 14;

/** Seconds, a fraction of them, and the offset are optional; the fraction is not kept. Null: it is none. */
export function isoMoment(text: string): IsoMoment | null {
  const match = text.length > LONGEST ? null : ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0, zulu, sign, hours = 0, minutes = 0] = match;
  const local = momentIn({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  });
  if (local === null || Number(hours) > MOST_HOURS || Number(minutes) > 59) return null;
  if (sign === undefined) return { local, offset: zulu === undefined ? null : 0 };
  const offset = Number(hours) * 60 + Number(minutes);
  return { local, offset: sign === "-" ? -offset : offset };
}

/** The moment in UTC, if it was said where its clock is; null: it is before the year 1 or behind 9999 there. */
export function inUtc({ local, offset }: IsoMoment): Moment | null {
  const moment = moved(local, -(offset ?? 0));
  return moment === null || moment.year < 1 ? null : moment;
}
