/** Dates and date-times: in the format of the run, or as they are stored. */
import type { Cell } from "../csv/record.ts";
import type { DateAttribute, StoredValue } from "../model/model.ts";
import type { DateFormat } from "./date_format.ts";
import { type DatePart, formatTokens, type Moment } from "./date_letters.ts";
import { type DatePattern, datePattern } from "./date_pattern.ts";
import { inUtc, isoMoment } from "./iso_date.ts";
import { accepted, identical, isEmpty, keyOf, noValue, refused } from "./parsed.ts";
import type { ReportCell, ValueReader } from "./value_reader.ts";

const STORED: Record<DateAttribute["kind"], DatePattern> = {
  date: datePattern("Y-m-d"),
  datetime: datePattern("Y-m-d H:i:s"),
};

/** The example that messages show. */
const EXAMPLE: Moment = { year: 2022, month: 10, day: 23, hour: 16, minute: 25, second: 33 };

/**
 * A time of day that is midnight is none in a date, and a date-time without one is midnight.
 * @param format how the file writes dates; null: as ISO 8601 has them, in UTC where a clock's offset is given
 */
export function dateReader(attribute: DateAttribute, format: DateFormat | null): ValueReader {
  const stored = STORED[attribute.kind];
  const typed = format === null ? stored : datePattern(attribute.kind === "date" ? format.date : format.dateTime);
  const read = format === null ? isoReader(attribute.kind) : formatReader(attribute.kind, format);
  const partOf = format !== null && attribute.kind === "date" && format.date !== format.dateTime
    ? format.dateTime
    : null;
  const written = dateWriter(attribute, format);
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      const moment = read(cell);
      if (moment === null) return refused({ kind: "wrong_date", example: typed.write(EXAMPLE), partOf });
      return accepted(stored.write(moment));
    },
    parseKey: (cell, parsed = reader.parse(cell)) => keyOf(parsed),
    same: identical,
    report: (value, cell) => format === null ? shownAsTyped(value, cell) : written(value),
  };
  return reader;
}

/** Writes stored values in a format, null: as they are stored; so is what is no date. */
export function dateWriter({ kind }: DateAttribute, format: DateFormat | null): (value: StoredValue) => StoredValue {
  if (format === null) return (value) => value;
  const stored = STORED[kind];
  const typed = datePattern(kind === "date" ? format.date : format.dateTime);
  return (value) => {
    const moment = typeof value === "string" ? stored.read(value) : null;
    return moment === null ? value : typed.write(moment);
  };
}

/** Null: there is no such day, or no such time of day. */
type ReadMoment = (text: string) => Moment | null;

/** Most dates are written as they are stored. */
function isoReader(kind: DateAttribute["kind"]): ReadMoment {
  const stored = STORED[kind];
  return (text) => {
    const moment = stored.read(text);
    if (moment !== null) return moment;
    const iso = isoMoment(text);
    if (iso === null) return null;
    // A day has no clock: it is the one that is written.
    return kind === "date" ? ofMidnight(iso.local) : inUtc(iso);
  };
}

function formatReader(kind: DateAttribute["kind"], { date, dateTime }: DateFormat): ReadMoment {
  const [day, whole] = [datePattern(date), datePattern(dateTime)];
  if (kind === "date") return (text) => ofMidnight(day.read(text) ?? (date === dateTime ? null : whole.read(text)));
  const isDayOnly = date !== dateTime && !hasTime(date);
  return (text) => whole.read(text) ?? (isDayOnly ? day.read(text) : null);
}

function hasTime(format: string): boolean {
  return formatTokens(format).some(({ letter }) => letter !== null && !DAY_PARTS.has(letter.part));
}

const DAY_PARTS: ReadonlySet<DatePart> = new Set(["day", "month", "year"]);

function ofMidnight(moment: Moment | null): Moment | null {
  return moment === null || moment.hour + moment.minute + moment.second > 0 ? null : moment;
}

function shownAsTyped(value: StoredValue, cell: Cell): ReportCell {
  // An empty cell that is kept empty gives a new object the default.
  return value === null || cell === null || cell === "" ? value : cell;
}
