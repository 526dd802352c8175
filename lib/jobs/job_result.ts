/** What became of a job. */
import { EXIT, type ExitCode } from "../errors.ts";
import type { GoneCounts } from "../reconcile/gone_object.ts";
import type { RowCounts } from "../report/totals.ts";
import { exitCodeOf, type ImportOutcome } from "../run/import_outcome.ts";
import type { Job } from "./job.ts";

export interface JobResult {
  readonly job: Job;
  /** One for each import, in their order. */
  readonly outcomes: readonly ImportOutcome[];
  /** Sentences about the job itself; those about its imports are in their outcomes. */
  readonly warnings: readonly string[];
  readonly start: Date;
  readonly end: Date;
  readonly seconds: number;
}

/** The largest exit code. */
export function worst(exitCodes: readonly (ExitCode | null)[]): ExitCode {
  return exitCodes.reduce<ExitCode>((worst, code) => code !== null && code > worst ? code : worst, EXIT.done);
}

export function jobExitCode({ outcomes }: JobResult): ExitCode {
  return worst(outcomes.map(exitCodeOf));
}

/** The rows of all imports that count, or would if the job were not simulated, and all warnings, those about the job too. */
export function totalCounts({ outcomes, warnings }: JobResult): RowCounts {
  let gone: GoneCounts | undefined;
  const total = {
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    createdTargets: 0,
    rejected: 0,
    warnings: warnings.length,
  };
  for (const counts of outcomes.map(countsOf)) {
    if (counts === null) continue;
    total.created += counts.created;
    total.updated += counts.updated;
    total.unchanged += counts.unchanged;
    total.skipped += counts.skipped;
    total.createdTargets += counts.createdTargets;
    total.rejected += counts.rejected;
    total.warnings += counts.warnings;
    if (counts.gone !== undefined) gone = sumOf(gone ?? NONE_GONE, counts.gone);
  }
  return gone === undefined ? total : { ...total, gone };
}

const NONE_GONE: GoneCounts = { gone: 0, refused: 0, updated: 0, deleted: 0 };

function sumOf(one: GoneCounts, other: GoneCounts): GoneCounts {
  return {
    gone: one.gone + other.gone,
    refused: one.refused + other.refused,
    updated: one.updated + other.updated,
    deleted: one.deleted + other.deleted,
  };
}

/** Null: nothing came of the import. */
export function countsOf(outcome: ImportOutcome): RowCounts | null {
  return outcome.kind === "done" || outcome.kind === "failed" ? outcome.counts : null;
}

/** Sentences. */
export function warningsOf(outcome: ImportOutcome): readonly string[] {
  return outcome.kind === "done" || outcome.kind === "failed" ? outcome.warnings : [];
}
