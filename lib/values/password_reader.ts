/** One-way passwords. */
import type { PasswordAttribute } from "../model/model.ts";
import { accepted, identical, isEmpty, noValue } from "./parsed.ts";
import type { ValueReader } from "./value_reader.ts";

/**
 * `parse` gives the password in clear: the caller hashes it before it is stored or compared, keeps the old one of an
 * object that exists when the cell is empty, and never prints or logs it. The report shows nothing.
 */
export function passwordReader(attribute: PasswordAttribute): ValueReader {
  return {
    parse: (cell) => isEmpty(cell) ? noValue(attribute) : accepted(cell),
    parseKey: () => undefined,
    same: identical,
    report: () => null,
  };
}
