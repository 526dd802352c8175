/** Values as the change log has them, read again: the reverse of `loggedValue`. */
import { isColumn, isText } from "../model/look_up.ts";
import type { Attribute, StoredValue } from "../model/model.ts";
import { exactNumber } from "../model/exact_number.ts";
import type { ObjectSearches } from "./objects.ts";

/** Everything else is a text. */
function numberIn(text: string): StoredValue {
  const read = exactNumber(text);
  return read.kind === "number" ? read.value : text;
}

/**
 * The value that a text of the log stands for. A password has none in the log: no password fits what is given for it.
 * @param attribute a column, or the date since when an object is obsolete
 */
export function valueFromLog(
  attribute: Attribute,
  text: string | null,
  { idFromText }: Pick<ObjectSearches, "idFromText">,
): StoredValue {
  if (attribute.kind === "password") return "";
  if (text === null) return isColumn(attribute) && isText(attribute) ? "" : null;
  switch (attribute.kind) {
    case "decimal":
      return Number(text);
    case "integer":
    case "number":
      return numberIn(text);
    case "loose":
      return text.startsWith('"') ? String(JSON.parse(text)) : numberIn(text);
    case "external_key":
      // An id that nobody can type.
      return text.startsWith("\u0000") ? text : idFromText(attribute.target, text);
    default:
      return text;
  }
}
