/** What an overlay might say of a column: what its values or its name suggest, and nobody but a person can know. */
import type { DateStorage, DerivedColumn, DerivedTable } from "../derive/derived_model.ts";
import type { ClassCode } from "../model.ts";
import type { AttributeOverlayEntry } from "./overlay_file.ts";

export interface Proposal {
  readonly class: ClassCode;
  /** The name of the column. */
  readonly column: string;
  /** What the overlay would say. */
  readonly entry: AttributeOverlayEntry;
  readonly reason: ProposalReason;
}

export type ProposalReason =
  /** Of its different values so many are found there. */
  | { readonly kind: "implied_key"; readonly values: number; readonly found: number }
  /** All texts that were looked at. */
  | { readonly kind: "dates_as_texts"; readonly count: number }
  /** All numbers that were looked at, and what the smallest and the largest would be. */
  | {
    readonly kind: "dates_as_numbers";
    readonly count: number;
    readonly first: string;
    readonly last: string;
    /** Other forms in which they could be dates. */
    readonly others: readonly DateStorage[];
  }
  | { readonly kind: "two_values"; readonly no: string; readonly yes: string; readonly count: number }
  /** No value is needed but the empty text, which so many rows have. */
  | { readonly kind: "empty_texts"; readonly empty: number; readonly count: number }
  | { readonly kind: "made_values"; readonly count: number };

/** What some values of a column are. Nulls do not count. */
export interface ColumnSample {
  /** How many were looked at. */
  readonly count: number;
  readonly numbers: number;
  /** Of these; null: there are none. */
  readonly least: number | null;
  readonly most: number | null;
  readonly texts: number;
  /** Of the texts. */
  readonly empty: number;
  /** `2024-02-29` */
  readonly days: number;
  /** `2024-02-29 13:05`, and so on. */
  readonly moments: number;
  readonly uuids: number;
  /** 32 hexadecimal digits. */
  readonly hexes: number;
  /** Those that differ, three at most, as text. */
  readonly different: readonly string[];
}

/** A column that may hold the values of another table's column, as their names suggest. */
export interface KeyCandidate {
  readonly from: ColumnPlace;
  readonly to: ColumnPlace;
  /** The latter, as an overlay writes it. */
  readonly written: string;
}

/** A column of a table. */
export interface ColumnPlace {
  readonly table: DerivedTable;
  readonly column: DerivedColumn;
}
