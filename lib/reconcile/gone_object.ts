/** What became of an object that is gone from the file of its feed (SPEC 17). */
import type { ReportedChange, ReportedObject, RowOutcome, ShownCell } from "./row_result.ts";

export type GoneOutcome =
  /** Nothing: it is only told. */
  | { readonly kind: "kept" }
  | { readonly kind: "updated"; readonly changes: readonly ReportedChange[] }
  /** It has the values already that it would get. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "deleted" }
  /** Something speaks against it: it is what it was, and is asked about again by the next run. */
  | Extract<RowOutcome, { readonly kind: "rejected" }>;

export interface GoneObject {
  /** With its friendly name, as it was before. */
  readonly object: ReportedObject & { readonly name: string };
  /** The day of the first file that lacked it, in UTC: `2024-02-29`. */
  readonly since: string;
  readonly outcome: GoneOutcome;
  /** The cells of the report's table behind `Object Id`, as far as the object's own values are known; empty when no report shows them. */
  readonly cells: readonly ShownCell[];
}

/** Objects that were gone. */
export interface GoneCounts {
  /** Whatever became of them. */
  readonly gone: number;
  /** Those of which nothing could become. */
  readonly refused: number;
  /** Those that got other values. */
  readonly updated: number;
  readonly deleted: number;
}
