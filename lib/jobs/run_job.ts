/** The story of a job, top to bottom. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import { isInterrupted } from "../interruption.ts";
import type { ProgramIo } from "../io.ts";
import type { JobSettings } from "../parameters/settings/job_settings.ts";
import { aboutJob, inputNotThereYet, jobWarning, lastRunWasLost } from "../messages/jobs.ts";
import { tellStop, tryToWrite } from "../report/tell_stop.ts";
import { tellWarnings } from "../report/tell_warnings.ts";
import { printedLines } from "../report/printed_lines.ts";
import type { ImportOutcome } from "../run/import_outcome.ts";
import { runTogether, type TogetherOptions } from "../run/run_together.ts";
import { VerifiedPasswords } from "../users/verified_passwords.ts";
import { areFatal, type UnusableInput, unusableInputs } from "./check_inputs.ts";
import { orderOf, type RunningJob } from "./order_of_job.ts";
import { isOneTransaction, type Job, type JobImport } from "./job.ts";
import { JobStores } from "./job_stores.ts";
import type { JobOutput } from "./job_output.ts";
import { jobExitCode, warningsOf, worst } from "./job_result.ts";
import { isTold, printSummary, refuseJob } from "./tell_job.ts";

/**
 * Runs the imports of a job and prints its summary, whatever becomes of them.
 * @returns the worst exit code
 */
export async function runJob(job: Job, output: JobOutput, io: ProgramIo): Promise<ExitCode> {
  const start = io.now();
  const begin = performance.now();
  const unusable = await unusableInputs(job, io);
  const stores = refusalFor(unusable, job) ?? await openStores(job, start, io);
  if (stores instanceof RunStop) return await refuseJob(stores, job, output, io);
  try {
    const warnings = [...stores.lostRuns.map(lastRunWasLost), ...unusable.map(({ one }) => warningOf(one))];
    const told = warnings.map((warning) => jobWarning(job.settings.name, warning));
    await tryToWrite(printedLines(told, io.stderr), io.stderr);
    const verified = new VerifiedPasswords(() => performance.now(), Infinity);
    const outcomes = await runImports({ job, stores, output, io, verified, backups: new Set() });
    const seconds = (performance.now() - begin) / 1000;
    const result = { job, outcomes, warnings, start, end: io.now(), seconds };
    return worst([jobExitCode(result), await printSummary(result, output, io)]);
  } finally {
    await stores.close();
  }
}

/** Null: the job may begin. */
function refusalFor(unusable: readonly UnusableInput[], job: Job): RunStop | null {
  if (unusable.length === 0 || !areFatal(job)) return null;
  return new RunStop(EXIT.inputMissing, unusable.flatMap(({ messages }) => messages));
}

function warningOf({ paramFile, settings }: JobImport): string {
  return inputNotThereYet(settings.csvfile, paramFile);
}

/** Opens and locks them, or tells why that cannot be. */
async function openStores(job: Job, start: Date, io: ProgramIo): Promise<JobStores | RunStop> {
  try {
    return await JobStores.open(job, { job: job.settings.name, process: Deno.pid, start }, io);
  } catch (error) {
    if (error instanceof RunStop) return error;
    throw error;
  }
}

async function runImports(running: RunningJob): Promise<readonly ImportOutcome[]> {
  const { job } = running;
  if (!isOneTransaction(job)) return await runOneByOne(running);
  const rollback = job.settings.simulate;
  if (job.settings.atomic) return await runSome(running, job.imports, { rollback, afterFailure: "take_all_back" });
  const again = (index: number) => orderOf(running, importAt(job, index));
  return await runSome(running, job.imports, { rollback, afterFailure: job.settings.onFailure, again });
}

function importAt({ imports }: Job, index: number): JobImport {
  const one = imports[index];
  if (one === undefined) throw new Error(`the job has no import ${index}`);
  return one;
}

/** Each import is a transaction of its own. */
async function runOneByOne(running: RunningJob): Promise<readonly ImportOutcome[]> {
  const { settings, imports } = running.job;
  const outcomes: ImportOutcome[] = [];
  for (const one of imports) {
    if (outcomes.some((outcome) => endsJob(outcome, settings))) {
      outcomes.push({ kind: "not_run" });
      continue;
    }
    const options = { rollback: one.settings.simulate, afterFailure: "take_all_back" } as const;
    outcomes.push(...await runSome(running, [one], options));
  }
  return outcomes;
}

/** Where only the report was lost the rows are there, and nobody behind it lacks them. */
function endsJob(outcome: ImportOutcome, { onFailure }: JobSettings): boolean {
  if (outcome.kind !== "failed") return false;
  return isInterrupted(outcome.stop) || (onFailure === "stop" && outcome.counts === null);
}

/** Runs imports in one transaction, and says on standard error why some of them failed. */
async function runSome(
  running: RunningJob,
  imports: readonly JobImport[],
  options: TogetherOptions,
): Promise<readonly ImportOutcome[]> {
  const { job, io } = running;
  const outcomes = await runTogether(await Promise.all(imports.map((one) => orderOf(running, one))), options);
  for (const [index, outcome] of outcomes.entries()) {
    const about = aboutJob(job.settings.name, imports[index]?.paramFile ?? null);
    if (areWarningsUntold(outcome, running)) await tellWarnings(outcome.warnings, about, io.stderr);
    if (outcome.kind !== "failed") continue;
    await tellStop(outcome.stop, { isTold: isTold(outcome.stop, job, io), about }, io.stderr);
  }
  return outcomes;
}

/** At a terminal the summary has them. */
function areWarningsUntold(
  outcome: ImportOutcome,
  { job: { settings }, io }: RunningJob,
): outcome is Extract<ImportOutcome, { readonly kind: "done" | "failed" }> {
  return warningsOf(outcome).length > 0 && !(io.stdout.isTerminal && settings.output !== "retcode");
}
