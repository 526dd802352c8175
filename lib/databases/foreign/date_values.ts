/** Dates between what a column holds and what the program compares. */
import type { DerivedColumn, DerivedTable, StoredForm } from "../../model/derive/derived_model.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Moment } from "../../values/date_letters.ts";
import { millisecondsOf, momentOf } from "../../values/moments.ts";
import { type Raw, storedOf } from "../sqlite/raw_value.ts";
import type { ColumnDates } from "./column_dates.ts";
import {
  type DateForm,
  type DateText,
  dayText,
  isMidnight,
  readDate,
  timeText,
  withTime,
  writeLocal,
  writeMoment,
} from "./date_forms.ts";
import { millisecondsIn, numberOfDate, type NumberStorage } from "./number_dates.ts";
import { numberIn } from "./stored_affinity.ts";

export type StoredDates = StoredForm & { readonly kind: "date" };

/** What is no date, and what would lose a fraction of a second, stays what it is: no cell says the same. */
export function readStoredDate(raw: Raw, { as, holds }: StoredDates): StoredValue {
  if (as === "text") {
    // Most are as they are compared, and what looks so and is no date stays what it is.
    if (typeof raw === "string" && AS_COMPARED[holds].test(raw)) return raw;
    const read = typeof raw === "string" ? readDate(raw) : null;
    return read === null ? storedOf(raw) : textOf(momentIn(read, holds), holds);
  }
  const moment = momentOfNumber(raw, as);
  return moment === null ? storedOf(raw) : textOf(moment, holds);
}

const AS_COMPARED = { date: /^\d{4}-\d\d-\d\d$/, datetime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ } as const;

/** A day has no clock: it is the one that is written. */
function momentIn({ moment, local }: DateText, holds: StoredDates["holds"]): Moment {
  return holds === "date" && isMidnight(local) ? local : moment;
}

function textOf(moment: Moment, holds: StoredDates["holds"]): string {
  return holds === "date" && isMidnight(moment) ? dayText(moment) : timeText(moment);
}

function momentOfNumber(raw: Raw, storage: NumberStorage): Moment | null {
  const value = typeof raw === "string" ? numberIn(raw) : raw;
  if (typeof value !== "bigint" && typeof value !== "number") return null;
  const milliseconds = millisecondsIn(value, storage);
  return milliseconds === null ? null : momentOf(milliseconds);
}

/** Where values of a column are. */
export interface DatePlace {
  readonly dates: ColumnDates;
  readonly table: DerivedTable;
  readonly column: DerivedColumn;
}

/** @param value a date as the program has it; anything else is written as it is @param old what it replaces */
export function writeStoredDate(place: DatePlace, stored: StoredDates, value: StoredValue, old: Raw): Raw {
  const read = typeof value === "string" ? readDate(value) : null;
  if (read === null) return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
  const { moment } = read;
  if (stored.as !== "text") {
    const number = numberOfDate(millisecondsOf(moment), stored.as);
    return typeof old === "number" ? Number(number) : number;
  }
  const oldForm = typeof old === "string" ? readDate(old)?.form ?? null : null;
  return inFirstForm(place, stored, moment, oldForm ?? place.dates.formOfNew(place.table, place.column));
}

/** Where a form lacks the time of day, that of new values may have it. */
function inFirstForm(
  { dates, table, column }: DatePlace,
  { holds }: StoredDates,
  moment: Moment,
  form: DateForm,
): string {
  const write = holds === "date" ? writeLocal : writeMoment;
  const timed = form.between === null ? withTime(dates.formOfNew(table, column)) : withTime(form);
  for (const one of [form, timed]) {
    const text = write(moment, one);
    if (text === null) continue;
    dates.note(table, column, one);
    return text;
  }
  return textOf(moment, holds);
}

/** Everything that is stored for this date, in whatever form of the column. */
export function keysOfDate(place: DatePlace, stored: StoredDates, value: StoredValue): readonly Raw[] {
  const read = typeof value === "string" ? readDate(value) : null;
  if (read === null || stored.as !== "text") return [writeStoredDate(place, stored, value, null)];
  const write = stored.holds === "date" ? writeLocal : writeMoment;
  const texts = place.dates.formsIn(place.table, place.column).map((form) => write(read.moment, form));
  return [...new Set(texts.filter((text) => text !== null))];
}
