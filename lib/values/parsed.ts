/** Small pieces that the value readers share. */
import type { Cell } from "../csv/record.ts";
import type { StoredValue } from "../model/model.ts";
import type { ParsedValue, ValueProblem } from "./value_reader.ts";

export function accepted(value: StoredValue): ParsedValue {
  return { ok: true, value };
}

export function refused(problem: ValueProblem): ParsedValue {
  return { ok: false, problem };
}

/** Whether a cell gives no value. */
export function isEmpty(cell: Cell): cell is null | "" {
  return cell === null || cell === "";
}

/** What an empty cell is to a kind whose empty value is null. */
export function noValue(attribute: { readonly nullAllowed: boolean }): ParsedValue {
  return attribute.nullAllowed ? accepted(null) : refused({ kind: "null_not_allowed" });
}

/** The value as a key: a problem is none, and neither is null. */
export function keyOf(parsed: ParsedValue): StoredValue | undefined {
  return parsed.ok && parsed.value !== null ? parsed.value : undefined;
}

export function identical(a: StoredValue, b: StoredValue): boolean {
  return a === b;
}
