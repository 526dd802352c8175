/** Dates as the database has them, which need not be what a format says. */
import { isDate } from "../model/look_up.ts";
import type { Attribute, StoredValue } from "../model/model.ts";

/** Whether a text is what a column of dates holds, be it a number that is no whole second. */
export function isDateAsStored(attribute: Attribute, stored: StoredValue, text: string): boolean {
  return isDate(attribute) && stored !== null && String(stored) === text;
}
