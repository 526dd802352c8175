/** The forms in which databases keep dates as text. */
import type { Moment } from "../../values/date_letters.ts";
import { momentIn } from "../../values/date_pattern.ts";
import { moved } from "../../values/moments.ts";

/** How a date is written: days as `Y-m-d`, and what stands behind. */
export interface DateForm {
  /** Between day and time; null: there is no time. */
  readonly between: " " | "T" | null;
  readonly hasSeconds: boolean;
  /** So many digits has a fraction of seconds; 0: there is none. */
  readonly fraction: number;
  /** What tells the clock: nothing, `Z`, `+02:00`, ` +0200` … */
  readonly zone: string;
}

/** A text that is a date. */
export interface DateText {
  /** In UTC, where the text tells its clock; a day without a time is midnight of it. */
  readonly moment: Moment;
  /** On its own clock. */
  readonly local: Moment;
  readonly form: DateForm;
}

export const DAY_FORM: DateForm = { between: null, hasSeconds: false, fraction: 0, zone: "" };
export const TIME_FORM: DateForm = { between: " ", hasSeconds: true, fraction: 0, zone: "" };

const DATE =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:([ T])([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?( ?(?:Z|([+-])([0-9]{2}):?([0-9]{2})))?)?$/;
/** Longer texts are no dates. */
const LONGEST = 64;
const MOST_HOURS = 14;
const MOST_MINUTES = 59;

/** Null: it is none, or it has a fraction of a second that is lost in what we compare. */
export function readDate(text: string): DateText | null {
  const match = text.length > LONGEST ? null : DATE.exec(text);
  if (match === null) return null;
  const [, year, month, day, between, hour = "0", minute = "0", second, fraction = "", zone = "", , hours, minutes] =
    match;
  const local = momentIn({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? "0"),
  });
  if (local === null || /[1-9]/.test(fraction)) return null;
  if (Number(hours ?? "0") > MOST_HOURS || Number(minutes ?? "0") > MOST_MINUTES) return null;
  const moment = moved(local, -minutesOf(zone));
  const form: DateForm = {
    between: between === undefined ? null : between as " " | "T",
    hasSeconds: second !== undefined,
    fraction: fraction.length,
    zone,
  };
  return moment === null ? null : { moment, local, form };
}

/** Of a clock before UTC. */
function minutesOf(zone: string): number {
  const match = /([+-])([0-9]{2}):?([0-9]{2})$/.exec(zone);
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

export function isMidnight({ hour, minute, second }: Moment): boolean {
  return hour + minute + second === 0;
}

/** `Y-m-d` */
export function dayText({ year, month, day }: Moment): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** `Y-m-d H:i:s` */
export function timeText(moment: Moment): string {
  return `${dayText(moment)} ${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A moment of UTC in a form; null: the form lacks what it has. */
export function writeMoment(moment: Moment, form: DateForm): string | null {
  const local = moved(moment, minutesOf(form.zone));
  return local === null ? null : writeLocal(local, form);
}

/** The same of a moment on the clock that the form tells. */
export function writeLocal(local: Moment, form: DateForm): string | null {
  if (form.between === null) return isMidnight(local) ? dayText(local) : null;
  if (!form.hasSeconds && local.second > 0) return null;
  const seconds = form.hasSeconds ? `:${two(local.second)}` : "";
  const fraction = form.fraction > 0 ? `.${"0".repeat(form.fraction)}` : "";
  return `${dayText(local)}${form.between}${two(local.hour)}:${two(local.minute)}${seconds}${fraction}${form.zone}`;
}

/** The same form with what it lacks for any time of day. */
export function withTime(form: DateForm): DateForm {
  return form.between === null ? TIME_FORM : { ...form, hasSeconds: true };
}

/** Two forms are one when they have the same name. */
export function nameOfForm({ between, hasSeconds, fraction, zone }: DateForm): string {
  return JSON.stringify([between, hasSeconds, fraction, zone]);
}
