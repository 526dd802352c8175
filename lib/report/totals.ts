/** How many rows came to what, and how many warnings there are. */
import { EXIT } from "../errors.ts";
import type { GoneCounts } from "../reconcile/gone_object.ts";
import type { RowOutcome } from "../reconcile/row_result.ts";
import type { RunEnd, RunHeading } from "./run_facts.ts";

export interface RowCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Passed over, as the caller wanted (`on_missing=skip`, `on_found=skip`). */
  readonly skipped: number;
  /** Rows in error. */
  readonly rejected: number;
  /** Objects that rows have created beside their own (`create_targets`). */
  readonly createdTargets: number;
  /** The `#Warning:` lines of the report, be they about the run or about rows (SPEC 14). They do not change the exit code. */
  readonly warnings: number;
  /** Objects that are gone from the file of a feed; left out: nobody looked. */
  readonly gone?: GoneCounts | undefined;
}

/** Counts the rows of one run as they come. */
export class RowTotals implements RowCounts {
  created = 0;
  updated = 0;
  unchanged = 0;
  skipped = 0;
  rejected = 0;
  createdTargets = 0;
  warnings = 0;
  gone: GoneCounts | undefined;

  add(outcome: RowOutcome): void {
    this[outcome.kind]++;
    if ((outcome.kind === "created" || outcome.kind === "updated") && outcome.targets !== undefined) {
      this.createdTargets += outcome.targets.length;
    }
  }
}

/** All rows of the input. */
export function rowCount(counts: RowCounts): number {
  return counts.created + counts.updated + counts.unchanged + counts.skipped + counts.rejected;
}

/** The program's exit code for a run that came to its end. */
export function exitCodeFor(counts: RowCounts): typeof EXIT.done | typeof EXIT.rowsInError {
  return inError(counts) === 0 ? EXIT.done : EXIT.rowsInError;
}

/** Rows in error, and objects that are gone and to which nothing could be done. */
export function inError({ rejected, gone }: RowCounts): number {
  return rejected + (gone?.refused ?? 0);
}

/** Whether what a run did stays in the database. */
export function isKept({ simulate }: Pick<RunHeading, "simulate">, { exceeded }: Pick<RunEnd, "exceeded">): boolean {
  return !simulate && exceeded.length === 0;
}

/** Whether a run has changed the database. @param isKept what it did stays */
export function hasWritten({ created, updated, gone }: RowCounts, isKept: boolean): boolean {
  return isKept && created + updated + (gone?.updated ?? 0) + (gone?.deleted ?? 0) > 0;
}
