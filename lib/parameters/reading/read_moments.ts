/** What the text of a parameter means that is a moment. */
import { datePattern } from "../../values/date_pattern.ts";
import type { ReadValue } from "./read_values.ts";

const PATTERNS = ["Y-m-d", "Y-m-d H:i:s"].map(datePattern);

/** `2025-12-31`, which is its first moment, or `2025-12-31 23:30:00`, in UTC; only days and times that there are. */
export function readMoment(typed: string): ReadValue<Date> {
  for (const pattern of PATTERNS) {
    const moment = pattern.read(typed.trim());
    if (moment === null) continue;
    const { year, month, day, hour, minute, second } = moment;
    const value = new Date(0);
    value.setUTCFullYear(year, month - 1, day);
    value.setUTCHours(hour, minute, second);
    return { ok: true, value };
  }
  return { ok: false, fault: { kind: "not_a_moment", found: typed } };
}
