/** Values as the change log keeps them. */
import { exactNumber } from "../model/exact_number.ts";
import type { Attribute, StoredValue } from "../model/model.ts";

/** A text where numbers may be as well: one that reads as a number is quoted, and so is one that begins with a quote. */
function isQuotedInLog(text: string): boolean {
  return text.startsWith('"') || exactNumber(text).kind === "number";
}

/**
 * A value as text: exact enough to be written back, decimals with all their digits. Null stays null, and a password is never told.
 * @param attribute undefined: the text stands for no column (a link set)
 */
export function loggedValue(attribute: Attribute | undefined, value: StoredValue): string | null {
  if (value === null || attribute?.kind === "password") return null;
  if (attribute?.kind === "decimal" && typeof value === "number") return value.toFixed(attribute.decimals);
  if (attribute?.kind === "loose" && typeof value === "string" && isQuotedInLog(value)) return JSON.stringify(value);
  return String(value);
}
