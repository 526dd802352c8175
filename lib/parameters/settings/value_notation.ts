/** How a file writes values: dates, numbers, and nothing. */
import type { DateFormat } from "../../values/date_format.ts";
import type { NumberSigns } from "../../values/number_signs.ts";
import { type Checked, checkOptional, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readDateFormat, readList } from "../reading/read_values.ts";
import { checkNumberSigns } from "./number_signs.ts";

export interface ValueNotation {
  /** Null: dates are as they are stored. */
  readonly dateFormat: DateFormat | null;
  /** With which the file writes numbers; null: as they are stored. */
  readonly numberSigns: NumberSigns | null;
  /** Cells that mean nothing. */
  readonly nullWords: readonly string[];
}

export type CheckedNotation = { readonly [Name in keyof ValueNotation]: Checked<ValueNotation[Name]> };

export function checkNotation(merged: MergedParameters): CheckedNotation {
  return {
    dateFormat: checkOptional(merged, "date_format", readDateFormat, null),
    numberSigns: checkNumberSigns(merged),
    nullWords: checkOptional(merged, "null_words", readList, []),
  };
}

/** The values of checks whose problems would have ended the run already. */
export function notationOf(checks: CheckedNotation): ValueNotation {
  return {
    dateFormat: valueOf(checks.dateFormat),
    numberSigns: valueOf(checks.numberSigns),
    nullWords: valueOf(checks.nullWords),
  };
}
