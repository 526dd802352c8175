/** What tells the formats of a report apart: `report_writer.ts` keeps their rows, and prints them when the run has ended. */
import type { RawSource } from "../csv/raw_records.ts";
import type { TextSink } from "../io.ts";
import type { OutputFormat } from "../parameters/settings/settings.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import type { ReportNeeds } from "./report.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import type { RowCounts } from "./totals.ts";

/** How a report is to look. */
export interface ReportStyle {
  readonly output: OutputFormat;
  /** No text passes for a formula: see `safe_csv.ts`. JSON has none. */
  readonly safeCsv: boolean;
  /** What to do stands beside what is wrong, for who sees no standard error; left out: it does not. JSON has it always. */
  readonly hasHints?: boolean | undefined;
  /** At a terminal what changes is in colour; left out: nothing is. */
  readonly isColoured?: boolean | undefined;
}

/** A run that came to its end, but for its rows. */
export interface EndedRun {
  readonly heading: RunHeading;
  readonly columns: RunColumns;
  readonly counts: RowCounts;
  readonly end: RunEnd;
}

/** What was known of a run when it was refused. */
export interface BegunRun {
  readonly heading: RunHeading;
  /** Bytes of the input; null: not known yet. */
  readonly dataSize: number | null;
}

/** Texts have the ends of their lines. */
export interface ReportFormat {
  readonly needs: ReportNeeds;
  /** Told before the first row. */
  columns(columns: RunColumns): void;
  /** As `Report.raw`. */
  raw?(source: RawSource): void;
  /** What is printed for a row, as text or in pieces that are good until the next row; empty: nothing. */
  row(result: RowResult): string | readonly Uint8Array[];
  /** What is printed for an object that is gone, behind the rows; left out: nothing. */
  gone?(one: GoneObject): string;
  /** What stands behind the rows, if there are rows in error; left out: nothing. */
  behindRows?(): readonly Uint8Array[];
  before(run: EndedRun): string;
  after(run: EndedRun): string;
  /** @param begun null: it was refused before anything was known */
  refused(run: RefusedRun, begun: BegunRun | null): string;
  /** Prints what `row` has made, where that is not just text; left out: it is. */
  readonly print?: ((pieces: Iterable<Uint8Array>, sink: TextSink) => Promise<void>) | undefined;
}
