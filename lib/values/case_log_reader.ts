/** Case logs: a cell is one more entry. */
import type { CaseLogAttribute } from "../model/model.ts";
import { accepted, identical, isEmpty, refused } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

/** `parse` gives the text of the new entry, empty for none: the caller puts it before the entries that are there. */
export function caseLogReader(attribute: CaseLogAttribute): ValueReader {
  return {
    parse(cell) {
      if (isEmpty(cell) && !attribute.nullAllowed) return refused({ kind: "null_not_allowed" });
      return accepted(cell ?? "");
    },
    parseKey: () => undefined,
    same: identical,
    report: (value) => value,
  };
}
