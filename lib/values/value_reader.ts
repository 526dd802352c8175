/** What every kind of attribute can do with a cell. One file a kind or family implements it; `reader_for.ts` chooses. */
import type { Cell } from "../csv/record.ts";
import type { StoredValue } from "../model/model.ts";

/** Why a cell is no value of its attribute. The words are in `messages/values.ts`. */
export type ValueProblem =
  | { readonly kind: "null_not_allowed" }
  | { readonly kind: "value_not_allowed"; readonly found: string }
  | { readonly kind: "label_not_allowed"; readonly allowed: readonly string[] }
  | { readonly kind: "wrong_format"; readonly found: string }
  | { readonly kind: "too_long"; readonly found: number; readonly limit: number }
  | { readonly kind: "out_of_range"; readonly found: string; readonly least: string; readonly most: string }
  | { readonly kind: "no_such_spelling" }
  | { readonly kind: "wrong_date"; readonly example: string };

export type ParsedValue =
  | { readonly ok: true; readonly value: StoredValue }
  | { readonly ok: false; readonly problem: ValueProblem };

/** What a report's table shows for a value: text is quoted, a number is bare, null is nothing. */
export type ReportCell = string | number | null;

export interface ValueReader {
  /** The value that a cell stands for. A cell that is empty or null is no value: a problem if the attribute needs one. */
  parse(cell: Cell): ParsedValue;
  /**
   * The value to look for when the attribute is a reconciliation key; undefined when the cell cannot be one
   * (the row then fails to reconcile). Empty text is a value to look for, empty anything else is not.
   * @param parsed what `parse` says of the cell, where it was asked
   */
  parseKey(cell: Cell, parsed?: ParsedValue): StoredValue | undefined;
  /** Whether two stored values are the same to this kind. */
  same(a: StoredValue, b: StoredValue): boolean;
  /** What the report shows for a value that was written; `cell` is what was typed. */
  report(value: StoredValue, cell: Cell): ReportCell;
}
