/** The parameters `decimal_sign` and `grouping_sign`, which say something together. */
import { DECIMAL_SIGNS, GROUPING_SIGNS, type GroupingSign, type NumberSigns } from "../../values/number_signs.ts";
import { type Checked, checkOptional, wrongValue } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readOneOf, type ReadValue } from "../reading/read_values.ts";

/** Null: numbers are as they are stored. */
export function checkNumberSigns(merged: MergedParameters): Checked<NumberSigns | null> {
  const decimal = checkOptional(merged, "decimal_sign", readOneOf(DECIMAL_SIGNS), ".");
  const grouping = checkOptional(merged, "grouping_sign", readGroupingSign, null);
  if (!decimal.ok) return decimal;
  if (!grouping.ok) return grouping;
  if (decimal.value === grouping.value) {
    return wrongValue(merged, "grouping_sign", { kind: "grouping_is_decimal", found: decimal.value });
  }
  if (decimal.value === "." && grouping.value === null) return { ok: true, value: null };
  return { ok: true, value: { decimal: decimal.value, grouping: grouping.value } };
}

/** Empty: none. A blank may be typed as such. */
function readGroupingSign(typed: string): ReadValue<GroupingSign | null> {
  if (typed === "") return { ok: true, value: null };
  return readOneOf(GROUPING_SIGNS)(BLANK.test(typed) ? "space" : typed);
}

const BLANK = /^[ \u00a0\u2009\u202f]$/;
