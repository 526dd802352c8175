/** What a column without a known type holds: any text, and numbers where the database makes numbers of texts. */
import type { LooseAttribute, StoredValue } from "../model/model.ts";
import { areSameNumber, exactNumber } from "../model/exact_number.ts";
import { beyond } from "./number_reader.ts";
import { accepted, isEmpty, isNothing, nothingIn, refused } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

/** Nothing of a text is changed. Values are the same that are written the same: a cell cannot say whether its 10 is a text. */
export function looseReader(attribute: LooseAttribute): ValueReader {
  const parse = (cell: string): ParsedValue => {
    const read = attribute.isNumeric ? exactNumber(cell) : NO_NUMBER;
    if (read.kind === "beyond") return beyond(cell);
    return accepted(read.kind === "number" ? read.value : cell);
  };
  const reader: ValueReader = {
    parse(cell) {
      if (!isEmpty(cell)) return parse(cell);
      return attribute.nullAllowed ? accepted("") : refused(nothingIn(attribute));
    },
    parseKey(cell, parsed = reader.parse(cell)) {
      return isEmpty(cell) ? "" : parsed.ok ? parsed.value ?? "" : undefined;
    },
    same: isSame,
    report: (value) => value,
  };
  return reader;
}

const NO_NUMBER = { kind: "none" } as const;

function isSame(a: StoredValue, b: StoredValue): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  return String(a) === String(b) || areSameNumber(a, b);
}
