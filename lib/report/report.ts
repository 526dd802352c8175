/** What a report of one run is, whatever it looks like. Several of one run stand side by side: see `reports_together.ts`. */
import type { RawSource } from "../csv/raw_records.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import type { RowCounts } from "./totals.ts";

/** What a report wants to be told of rows; what nobody wants is not made. It may come to want less while rows are told. */
export interface ReportNeeds {
  /** `RowResult.cells`, of every row. */
  readonly cells: boolean;
  /** The values of objects that rows create. */
  readonly newValues: boolean;
  /** Left out: nobody wants them. */
  readonly names?: NamesNeeded;
  /** The bytes of rows (`Report.raw`); left out: nobody wants them. */
  readonly rawRows?: boolean;
}

/** Of which rows the friendly names are wanted: of the objects that they write, and of what external keys and links refer to. */
export interface NamesNeeded {
  /** Only with `newValues`. */
  readonly created: boolean;
  readonly updated: boolean;
}

/** Of all rows. */
export const ALL_NAMES: NamesNeeded = { created: true, updated: true };

/** Counts, reasons and changes, which are told in any case. */
export const SENTENCES_ONLY: ReportNeeds = { cells: false, newValues: false };

/** The steps of a report, in this order; `refused` may come at any time in place of what is left. Nothing is printed before the last. */
export interface Report {
  readonly needs: ReportNeeds;
  /**
   * Makes sure that it can be written, before anything else is written.
   * @throws RunStop when it cannot
   */
  prepare(): Promise<void>;
  /**
   * Told once more, before the columns, when the input says that it has another charset.
   * @param dataSize bytes of the input; null: not known yet
   */
  heading(heading: RunHeading, dataSize: number | null): void;
  /** Where the bytes of rows are, before the columns are told; only where it is needed. */
  raw?(source: RawSource): void;
  /** @throws RunStop when such rows cannot be reported */
  columns(columns: RunColumns): void;
  /**
   * @param result must not be kept: it holds the text of the input
   * @throws RunStop with `EXIT.databaseNotWritable` when the row cannot be kept
   */
  row(result: RowResult): void;
  /**
   * An object that is gone from the feed, behind all rows; left out: nobody wants them.
   * @throws RunStop as of a row
   */
  gone?(one: GoneObject): void;
  /**
   * Prints the report of a run whose transaction has ended.
   * @throws RunStop with `EXIT.reportNotWritable` when the sink is closed or full
   */
  done(counts: RowCounts, end: RunEnd): Promise<void>;
  /**
   * Prints why a run was stopped, and none of its rows: nothing of them was written.
   * @throws RunStop with `EXIT.reportNotWritable` when the sink is closed or full
   */
  refused(run: RefusedRun): Promise<void>;
  /** Forgets the rows that it was told: the run has taken back what they did, and begins anew. The heading stays. */
  restart(): void;
  /** Removes what the report kept. Must be called in every case. */
  close(): void;
}
