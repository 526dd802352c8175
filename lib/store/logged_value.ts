/** Values as the change log keeps them. */
import type { Attribute, StoredValue } from "../model/model.ts";

/**
 * A value as text: exact enough to be written back, decimals with all their digits. Null stays null, and a password is never told.
 * @param attribute undefined: the text stands for no column (a link set)
 */
export function loggedValue(attribute: Attribute | undefined, value: StoredValue): string | null {
  if (value === null || attribute?.kind === "password") return null;
  if (attribute?.kind === "decimal" && typeof value === "number") return value.toFixed(attribute.decimals);
  return String(value);
}
