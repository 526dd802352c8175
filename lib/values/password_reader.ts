/** One-way passwords. */
import type { PasswordAttribute } from "../model/model.ts";
import { LONGEST_PASSWORD } from "../text_limits.ts";
import { accepted, identical, isEmpty, noValue, refused } from "./parsed.ts";
import type { ParsedValue, ValueReader } from "./value_reader.ts";

/**
 * `parse` gives the password in clear: the caller hashes it before it is stored or compared, keeps the old one of an
 * object that exists when the cell is empty, and never prints or logs it. The report shows nothing.
 */
export function passwordReader(attribute: PasswordAttribute): ValueReader {
  return {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : parsePassword(cell),
    parseKey: () => undefined,
    same: identical,
    report: () => null,
  };
}

/** Nobody could log in with a longer one. */
function parsePassword(cell: string): ParsedValue {
  const found = cell.length;
  return found <= LONGEST_PASSWORD ? accepted(cell) : refused({ kind: "too_long", found, limit: LONGEST_PASSWORD });
}
