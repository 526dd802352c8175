/** What became of one row. */
import type { CsvRecord } from "../csv/record.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId, ShownId, ShownKey } from "../store/object_id.ts";
import type { ReportCell } from "../values/value_reader.ts";
import type { CellTrouble, NamedObjects, WriteProblem } from "./problems.ts";

/** Why a row was left out. The words are in `messages/rows.ts`. */
export type Rejection =
  | { readonly kind: "cell_count"; readonly found: number; readonly expected: number }
  | { readonly kind: "text_after_qualifier"; readonly line: number; readonly column: string }
  /** A raw cell holds a qualifier, and a raw one behind it ends with one that none before it opens. */
  | { readonly kind: "shifted"; readonly column: string; readonly end: string }
  /** One stands before the closing qualifier. */
  | { readonly kind: "backslash"; readonly column: string }
  | { readonly kind: "nul"; readonly column: string }
  /** A map makes a cell that would be longer than cells may be: `limit` in UTF-16 code units. `madeOf`: columns of the file. */
  | {
    readonly kind: "made_too_long";
    readonly column: string;
    readonly madeOf: readonly string[];
    readonly limit: number;
  }
  /** A cell is filled in a column that has no name. `column`: its number, from 1. `value`: null where passwords may stand in it. */
  | { readonly kind: "nameless_cell"; readonly column: number; readonly value: string | null }
  | { readonly kind: "wrong_date" }
  /** `unfound` where a key finds nothing that no new object could have; without it a cell of the keys is bad, which is told of it. */
  | { readonly kind: "failed_to_reconcile"; readonly unfound?: UnfoundKeys }
  | NamedObjects & { readonly kind: "ambiguous"; readonly count: number }
  | { readonly kind: "hidden_match"; readonly class: ClassCode }
  /** With `on_missing=error`. */
  | { readonly kind: "no_object"; readonly class: ClassCode; readonly searched: readonly SearchedKey[] }
  /** With `on_found=error`. */
  | { readonly kind: "object_exists"; readonly class: ClassCode; readonly id: ShownId }
  | { readonly kind: "abstract_class"; readonly class: ClassCode }
  | { readonly kind: "bad_cells" }
  /** Mandatory external keys that have no column. */
  | {
    readonly kind: "missing_external_keys";
    readonly codes: readonly AttributeCode[];
    readonly labels: readonly string[];
  }
  /** What the checks of the whole object say, or the database. */
  | { readonly kind: "refused"; readonly problems: readonly WriteProblem[] };

/** The column of a reconciliation key as the header names it, and what was typed. */
export interface SearchedKey {
  readonly column: string;
  readonly value: string;
}

/** Reconciliation keys by which no object is found, nor can be made. */
export interface UnfoundKeys {
  readonly class: ClassCode;
  readonly searched: readonly SearchedKey[];
  /** Why none can be made: ids are given by the database, what is computed by nobody, and a new object would have another friendly name. */
  readonly reason: "id" | "computed" | "friendly_name";
  /** The key of which that is said, as the header names it. */
  readonly column: string;
}

/** A changed attribute, for programs: `oldValue` and `newValue` are null for a password, and for a key to what the user may not see. */
export interface ReportedChange {
  readonly attribute: AttributeCode;
  readonly oldValue: StoredValue;
  readonly newValue: StoredValue;
  /**
   * Friendly names of what the values refer to: of an external key's target, or of the other end of each link of a link set; null where
   * the user may not see it. Left out when no report asks for them, and where nothing is referred to.
   */
  readonly oldNames?: readonly (string | null)[];
  readonly newNames?: readonly (string | null)[];
}

/** An object as the report names it: id 0 stands for an object that a simulation would create. */
export interface ReportedObject {
  readonly class: ClassCode;
  readonly id: ShownId;
  /** The id of an object whose key has several columns, for programs: their values. */
  readonly key?: ShownKey;
  /** The friendly name of an object that a row wrote; null: the user may not see it. Left out when no report asks for it. */
  readonly name?: string | null;
  /** The run has created it. Told of runs that may be taken back only. */
  readonly isNew?: boolean;
}

/** A target that was created along with a row's object. */
export interface ReportedTarget extends ReportedObject {
  /** The external key that refers to it. */
  readonly attribute: AttributeCode;
}

export type RowOutcome =
  | {
    readonly kind: "created";
    readonly object: ReportedObject;
    /** What the object has now; old values are null. Empty when no report asks for it. */
    readonly values: readonly ReportedChange[];
    /** Left out: none were created. */
    readonly targets?: readonly ReportedTarget[];
  }
  | {
    readonly kind: "updated";
    readonly object: ReportedObject;
    readonly changes: readonly ReportedChange[];
    readonly targets?: readonly ReportedTarget[];
  }
  | { readonly kind: "unchanged"; readonly object: ReportedObject }
  /** Passed over, as the caller wanted: there is no such object (null), or there is one. */
  | { readonly kind: "skipped"; readonly object: ReportedObject | null }
  | {
    readonly kind: "rejected";
    readonly reason: Rejection;
    /** What else speaks against it. */
    readonly others?: readonly Rejection[];
    /** The object that the row matched, if it did. */
    readonly object: ReportedObject | null;
    readonly cells: readonly CellTrouble[];
  };

/** An object by its true id. */
export interface ReachedObject {
  readonly class: ClassCode;
  readonly id: ObjectId;
}

/** What the report's table shows for a column: a value, or what is wrong there. */
export type ShownCell = ReportCell | CellTrouble;

export interface RowResult {
  /** Index of the record among the data records, from 0: the reference's `Line`. */
  readonly record: number;
  /** The line in the file, from 1. */
  readonly line: number;
  /** As it came, passwords too, but for those of rows whose cells cannot be told apart. */
  readonly typed: CsvRecord;
  readonly outcome: RowOutcome;
  /** The object that the row has made, or matched and looked at: for the run, and never told. Null: there is none. */
  readonly reached: ReachedObject | null;
  /** The cells of the table behind `Object Id`, in the order of its heading; empty when no report shows them. */
  readonly cells: readonly ShownCell[];
}
