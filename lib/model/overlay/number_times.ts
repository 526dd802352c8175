/** In which forms numbers could be dates of our time. */
import type { DateStorage } from "../derive/derived_model.ts";

export interface NumberTimes {
  readonly storage: DateStorage;
  /** `2024-02-29 13:05:00`, in UTC. */
  readonly first: string;
  readonly last: string;
}

interface Form {
  readonly storage: DateStorage;
  /** Milliseconds since 1970. */
  readonly time: (value: number) => number;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** Of 2001-01-01. */
const MAC_EPOCH = Date.UTC(2001, 0, 1);
/** The Julian day of 1970-01-01. */
const JULIAN_EPOCH = 2_440_587.5;

const FORMS: readonly Form[] = [
  { storage: "unix_seconds", time: (value) => value * SECOND },
  { storage: "unix_milliseconds", time: (value) => value },
  { storage: "unix_microseconds", time: (value) => value / 1000 },
  { storage: "mac_seconds", time: (value) => MAC_EPOCH + value * SECOND },
  { storage: "julian_days", time: (value) => (value - JULIAN_EPOCH) * DAY },
];

/** Before the one nobody kept dates in such files, after the other one nobody knows any. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2040, 0, 1);

/** Of the first values of Mac's clock everything could be one. */
const LEAST_MAC_SECONDS = 100_000_000;

/** The likeliest first, which is the one with the latest dates. */
export function numberTimes(least: number, most: number): readonly NumberTimes[] {
  const fitting = FORMS.filter(({ storage, time }) =>
    time(least) >= EARLIEST && time(most) <= LATEST && (storage !== "mac_seconds" || most >= LEAST_MAC_SECONDS)
  );
  return fitting.toSorted((one, other) => other.time(most) - one.time(most))
    .map(({ storage, time }) => ({ storage, first: moment(time(least)), last: moment(time(most)) }));
}

function moment(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace("T", " ");
}
