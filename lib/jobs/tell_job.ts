/** Prints what became of a job. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { aboutJob, summaryNotWritable } from "../messages/jobs.ts";
import { earlyRefusal } from "../report/early_refusal.ts";
import { tellStop } from "../report/tell_stop.ts";
import { printedLines } from "../report/printed_lines.ts";
import { printing, printingRefusal } from "../report/printing.ts";
import { separatorOf } from "./order_of_job.ts";
import type { Job } from "./job.ts";
import { jsonJob } from "./job_json.ts";
import type { JobOutput } from "./job_output.ts";
import { type JobResult, totalCounts } from "./job_result.ts";
import { jobSummary } from "./job_summary.ts";

/** Whether a person has read the reason on standard output. */
export function isTold({ exitCode }: RunStop, { settings }: Job, { stdout }: ProgramIo): boolean {
  return stdout.isTerminal && settings.output !== "retcode" && exitCode !== EXIT.reportNotWritable;
}

/** @returns 0; 74 when it cannot be printed */
export async function printSummary(result: JobResult, output: JobOutput, io: ProgramIo): Promise<ExitCode> {
  const { job } = result;
  try {
    await printing(() => output.part(separatorOf(job), "").write(summaryOf(result, io)), summaryNotWritable);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    await tellStop(error, { isTold: false, about: aboutJob(job.settings.name, null) }, io.stderr);
    return error.exitCode;
  }
}

function summaryOf(result: JobResult, io: ProgramIo): string {
  switch (result.job.settings.output) {
    case "json":
      return jsonJob(result);
    case "retcode":
      return `${totalCounts(result).rejected}\n`;
    default:
      return printedLines(jobSummary(result), io.stdout);
  }
}

/** Prints why a job could not begin. @returns the exit code */
export async function refuseJob(stop: RunStop, job: Job, output: JobOutput, io: ProgramIo): Promise<ExitCode> {
  const { name, output: format } = job.settings;
  const refusal = earlyRefusal(stop, { output: format, safeCsv: false }, null, io.stdout);
  const told = await printingRefusal(stop, () => output.part(separatorOf(job), "").write(refusal));
  await tellStop(told, { isTold: isTold(told, job, io), about: aboutJob(name, null) }, io.stderr);
  return told.exitCode;
}
