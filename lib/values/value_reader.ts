/** What every kind of attribute can do with a cell. One file a kind or family implements it; `reader_for.ts` chooses. */
import type { Cell } from "../csv/record.ts";
import type { StoredValue } from "../model/model.ts";
import type { NumberSigns } from "./number_signs.ts";
import type { SuspectedSign, ValueForm } from "./value_form.ts";

/** Why a cell is no value of its attribute. The words are in `messages/values.ts`. */
export type ValueProblem =
  /** `mayBeEmptyText`: an overlay of the model could say that the empty text is a value here. */
  | { readonly kind: "null_not_allowed"; readonly mayBeEmptyText?: true }
  /** `allowed`: what would be taken; `nearest`: which of it may have been meant. */
  | {
    readonly kind: "value_not_allowed";
    readonly found: string;
    readonly allowed: readonly string[];
    readonly nearest: string | null;
  }
  | { readonly kind: "label_not_allowed"; readonly allowed: readonly string[]; readonly nearest: string | null }
  /** `suspected`: which sign of a number was probably meant as one that it may not hold. */
  | {
    readonly kind: "wrong_format";
    readonly found: string;
    readonly expected: ValueForm;
    readonly suspected: SuspectedSign | null;
    /** With which the file writes numbers, if that was said. */
    readonly signs?: NumberSigns;
  }
  | { readonly kind: "too_many_decimals"; readonly found: string; readonly limit: number }
  /** In a text of one line. */
  | { readonly kind: "line_break" }
  | { readonly kind: "too_long"; readonly found: number; readonly limit: number }
  | { readonly kind: "out_of_range"; readonly found: string; readonly least: string; readonly most: string }
  /** A word that is neither yes nor no; `allowed`: in pairs. */
  | { readonly kind: "no_such_spelling"; readonly allowed: readonly string[] }
  /** `partOf`: the format of which the attribute reads the date only; null: the example is in the whole format. */
  | { readonly kind: "wrong_date"; readonly example: string; readonly partOf: string | null };

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
