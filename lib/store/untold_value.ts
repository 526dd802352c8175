/** Values of databases of others that no attribute can tell, such as bytes in a column of texts. */
import type { StoredValue } from "../model/model.ts";

/** They are texts that begin with this, which no cell has, and go on with the value as JSON. */
export const UNTOLD = "\u0000raw:";

/** What people and programs are shown of a value: of one that cannot be told the JSON. */
export function shownStoredValue(value: StoredValue): StoredValue {
  return typeof value === "string" && value.startsWith(UNTOLD) ? value.slice(UNTOLD.length) : value;
}
