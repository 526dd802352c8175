/** The qualifier beside the separator: one character cannot both separate cells and surround them. */
import { type Checked, wrongValue } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";

/** @param separator as it was checked, as `qualifier` was by itself; null: it is not given @returns the qualifier, or what is wrong */
export function differentQualifier<T extends string | null>(
  merged: MergedParameters,
  separator: Checked<string | null>,
  qualifier: Checked<T>,
): Checked<T> {
  if (!separator.ok || !qualifier.ok) return qualifier;
  if (qualifier.value === null || separator.value !== qualifier.value) return qualifier;
  return wrongValue(merged, "qualifier", { kind: "qualifier_is_separator", found: qualifier.value });
}
