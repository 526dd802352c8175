/** Dates and date-times: in the format of the run, or as they are stored. */
import type { Cell } from "../csv/record.ts";
import type { DateAttribute, StoredValue } from "../model/model.ts";
import type { DateFormat } from "./date_format.ts";
import type { Moment } from "./date_letters.ts";
import { type DatePattern, datePattern } from "./date_pattern.ts";
import { accepted, identical, isEmpty, keyOf, noValue, refused } from "./parsed.ts";
import type { ReportCell, ValueReader } from "./value_reader.ts";

const STORED: Record<DateAttribute["kind"], DatePattern> = {
  date: datePattern("Y-m-d"),
  datetime: datePattern("Y-m-d H:i:s"),
};

/** The example that messages show. */
const EXAMPLE: Moment = { year: 2022, month: 10, day: 23, hour: 16, minute: 25, second: 33 };

/**
 * @param format how the file writes dates; null: `Y-m-d` or `Y-m-d H:i:s`, with months and days of one digit too
 */
export function dateReader(attribute: DateAttribute, format: DateFormat | null): ValueReader {
  const stored = STORED[attribute.kind];
  const typed = format === null
    ? asStored(stored)
    : datePattern(attribute.kind === "date" ? format.date : format.dateTime);
  const partOf = format !== null && attribute.kind === "date" && format.date !== format.dateTime
    ? format.dateTime
    : null;
  const written = dateWriter(attribute, format);
  const reader: ValueReader = {
    parse(cell) {
      if (isEmpty(cell)) return noValue(attribute);
      const moment = typed.read(cell);
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

/** The stored form, read with months and days of one digit too. */
function asStored(stored: DatePattern): DatePattern {
  return {
    read: (text) => stored.read(text.replace(/-(?=[0-9](?![0-9]))/g, "-0")),
    write: stored.write,
  };
}

function shownAsTyped(value: StoredValue, cell: Cell): ReportCell {
  // An empty cell that is kept empty gives a new object the default.
  return value === null || cell === null || cell === "" ? value : cell;
}
