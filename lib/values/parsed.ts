/** Small pieces that the value readers share. */
import type { Cell } from "../csv/record.ts";
import type { ColumnAttribute, StoredValue } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import type { NumberSigns } from "./number_signs.ts";
import { suspectedSign } from "./value_form.ts";
import type { ParsedValue, ValueProblem } from "./value_reader.ts";

export function accepted(value: StoredValue): ParsedValue {
  return { ok: true, value };
}

export function refused(problem: ValueProblem): ParsedValue {
  return { ok: false, problem };
}

/** A word that is none of those that would be taken. */
export function notAllowed(found: string, allowed: readonly string[]): ParsedValue {
  return refused({ kind: "value_not_allowed", found, allowed, nearest: nearestName(found, allowed) });
}

/** What is no number. @param signs with which the file writes numbers; null: as they are stored */
export function refusedNumber(
  found: string,
  expected: "integer" | "decimal",
  signs: NumberSigns | null = null,
): ParsedValue {
  if (signs !== null) return refused({ kind: "wrong_format", found, expected, suspected: null, signs });
  return refused({ kind: "wrong_format", found, expected, suspected: suspectedSign(found) });
}

/** Whether a cell gives no value. */
export function isEmpty(cell: Cell): cell is null | "" {
  return cell === null || cell === "";
}

/** What an empty cell is to a kind whose empty value is null. */
export function noValue(attribute: MayBeEmpty): ParsedValue {
  return attribute.nullAllowed ? accepted(null) : refused(nothingIn(attribute));
}

type MayBeEmpty = Pick<ColumnAttribute, "nullAllowed" | "mayHoldEmptyText">;

/** That there must be a value. */
export function nothingIn({ mayHoldEmptyText }: MayBeEmpty): ValueProblem {
  return mayHoldEmptyText === true ? { kind: "null_not_allowed", mayBeEmptyText: true } : { kind: "null_not_allowed" };
}

/** The value as a key: a problem is none, and neither is null. */
export function keyOf(parsed: ParsedValue): StoredValue | undefined {
  return parsed.ok && parsed.value !== null ? parsed.value : undefined;
}

/** Nothing is nothing, be it null or the empty text: databases of others hold either. */
export function identical(a: StoredValue, b: StoredValue): boolean {
  return a === b || (isNothing(a) && isNothing(b));
}

/** Whether there is no value. */
export function isNothing(value: StoredValue): boolean {
  return value === null || value === "";
}
