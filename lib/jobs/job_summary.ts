/** The summary of a job, for people: a table with a line for each import, and what is to be known of the whole. */
import { goneRemark } from "../messages/feeds.ts";
import { notLoadedAgain } from "../messages/not_loaded.ts";
import { SUMMARY_WORDS, summaryHeads, summaryLine } from "../messages/jobs.ts";
import { textTable } from "../model/file/text_table.ts";
import type { RowCounts } from "../report/totals.ts";
import { exitCodeOf, type ImportOutcome } from "../run/import_outcome.ts";
import type { JobImport } from "./job.ts";
import { countsOf, jobExitCode, type JobResult, totalCounts, warningsOf } from "./job_result.ts";

const NOT_RUN: ImportOutcome = { kind: "not_run" };

/** @returns lines without their ends */
export function jobSummary(result: JobResult): string[] {
  const { job: { file, settings, imports }, outcomes } = result;
  const counts = totalCounts(result);
  // Few jobs pass rows over.
  const hasSkipped = counts.skipped > 0;
  const rows = imports.map((one, index) => importCells(one, outcomes[index] ?? NOT_RUN, settings.simulate, hasSkipped));
  const total = [
    SUMMARY_WORDS.total,
    "",
    ...countCells(counts, hasSkipped),
    secondsCell(result.seconds),
    String(jobExitCode(result)),
  ];
  return [
    summaryLine.job(settings.name),
    summaryLine.file(file),
    summaryLine.atomic(settings.atomic),
    summaryLine.simulate(settings.simulate),
    ...result.warnings.map(summaryLine.warning),
    ...imports.flatMap(({ paramFile }, index) =>
      warningsOf(outcomes[index] ?? NOT_RUN).map((text) => summaryLine.warningOf(paramFile, text))
    ),
    ...textTable([summaryHeads(hasSkipped), ...rows, total]),
    summaryLine.start(result.start),
    summaryLine.end(result.end),
    summaryLine.exitCode(jobExitCode(result)),
  ];
}

function importCells(
  { paramFile, settings }: JobImport,
  outcome: ImportOutcome,
  isJobSimulated: boolean,
  hasSkipped: boolean,
): string[] {
  const exitCode = exitCodeOf(outcome);
  return [
    paramFile,
    settings.class,
    ...countCells(countsOf(outcome), hasSkipped),
    outcome.kind === "not_run" ? SUMMARY_WORDS.none : secondsCell(outcome.seconds),
    exitCode === null ? SUMMARY_WORDS.none : String(exitCode),
    remark(outcome, settings.simulate && !isJobSimulated),
  ];
}

function countCells(counts: RowCounts | null, hasSkipped: boolean): string[] {
  if (counts === null) return Array(hasSkipped ? 6 : 5).fill(SUMMARY_WORDS.none);
  const { created, updated, unchanged, skipped, rejected, warnings } = counts;
  return [created, updated, unchanged, ...hasSkipped ? [skipped] : [], rejected, warnings].map(String);
}

function secondsCell(seconds: number): string {
  return seconds.toFixed(1);
}

/** What numbers do not tell. */
function remark(outcome: ImportOutcome, isSimulated: boolean): string {
  switch (outcome.kind) {
    case "done":
      return [...isSimulated ? [SUMMARY_WORDS.simulated] : [], ...feedRemarks(outcome)].join("; ");
    case "failed":
      return outcome.stop.messages.map(({ text }) => text.replace(/^#/, "").replaceAll(/\s+/g, " ")).join("; ");
    case "taken_back":
      return SUMMARY_WORDS.takenBack;
    case "not_run":
      return SUMMARY_WORDS.notRun;
  }
}

function feedRemarks(
  { counts: { gone }, notLoadedSince }: Extract<ImportOutcome, { readonly kind: "done" }>,
): string[] {
  return [
    ...gone === undefined ? [] : [goneRemark(gone.gone, gone.refused)],
    ...notLoadedSince === undefined ? [] : [notLoadedAgain(notLoadedSince)],
  ];
}
