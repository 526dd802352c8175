/**
 * The output of a job for programs: JSON Lines, as the report's (see report/json_lines.ts). Before the lines of an import's report:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"import"`, 1 |
 * | job, number, param_file | the job's name, the import's place in it from 1, the path of its parameter file |
 *
 * And at the end of a job:
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"job"`, 1 |
 * | job, file, atomic, simulate | the job's name, the path of its file, its settings |
 * | warnings | sentences about the job itself |
 * | imports | for each: `param_file`, `class`, `result`, `counts` (or null), `warnings`, `messages`, `seconds` and `exit_code` (or null) |
 * | counts | `rows`, `created`, `updated`, `unchanged`, `skipped`, `rejected`, `created_targets` of all imports, `gone` and `gone_rejected` where some asked what is gone from feeds; `warnings`: how many of these and those there are |
 * | start, end, seconds | times in UTC |
 * | exit_code | that of the job |
 *
 * `result` is `"done"`, `"failed"`, `"taken_back"` or `"not_run"`. A job that could not run at all has one line of type `"refused"`.
 */
import { visibleJson } from "../messages/visible_text.ts";
import { countFields, stopFields } from "../report/json_lines.ts";
import { exitCodeOf, type ImportOutcome } from "../run/import_outcome.ts";
import type { JobImport } from "./job.ts";
import { countsOf, jobExitCode, type JobResult, totalCounts, warningsOf } from "./job_result.ts";

const VERSION = 1;

/** The line before an import. @param number from 1 */
export function jsonImportHeading(job: string, number: number, paramFile: string): string {
  return visibleJson({ type: "import", version: VERSION, job, number, param_file: paramFile }) + "\n";
}

/** The line of a job that has ended. */
export function jsonJob(result: JobResult): string {
  const { job: { file, settings, imports }, outcomes } = result;
  const line = {
    type: "job",
    version: VERSION,
    job: settings.name,
    file,
    atomic: settings.atomic,
    simulate: settings.simulate,
    warnings: result.warnings,
    imports: imports.map((one, index) => importFields(one, outcomes[index] ?? { kind: "not_run" })),
    counts: countFields(totalCounts(result)),
    start: result.start.toISOString(),
    end: result.end.toISOString(),
    seconds: rounded(result.seconds),
    exit_code: jobExitCode(result),
  };
  return visibleJson(line) + "\n";
}

function importFields({ paramFile, settings }: JobImport, outcome: ImportOutcome): Record<string, unknown> {
  const counts = countsOf(outcome);
  const messages = outcome.kind === "failed" ? outcome.stop.messages : [];
  return {
    param_file: paramFile,
    class: settings.class,
    result: outcome.kind,
    counts: counts === null ? null : countFields(counts),
    warnings: warningsOf(outcome),
    messages: messages.map(stopFields),
    seconds: outcome.kind === "not_run" ? null : rounded(outcome.seconds),
    exit_code: exitCodeOf(outcome),
  };
}

/** Milliseconds are enough. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
