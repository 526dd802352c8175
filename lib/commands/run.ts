/** `csvrecon run JOB…`: runs job files. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import type { Job } from "../jobs/job.ts";
import { JobOutput } from "../jobs/job_output.ts";
import { worst } from "../jobs/job_result.ts";
import { readJobs } from "../jobs/read_jobs.ts";
import { runJob } from "../jobs/run_job.ts";
import { isOnServer } from "../parameters/reading/named_server.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { earlyRefusal } from "../report/early_refusal.ts";
import { printingRefusal } from "../report/printing.ts";

/**
 * Runs the jobs one after another, each whatever became of those before it.
 * @returns the worst of their exit codes
 * @throws RunStop when there are mistakes: then nothing was run, and standard output has said why already; Interruption between jobs
 */
export async function runJobsCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const jobs = await readOrRefuse(typed, io);
  const output = new JobOutput(io.stdout);
  let exitCode: ExitCode = EXIT.done;
  for (const job of jobs) {
    io.interruption?.throwIfAborted();
    exitCode = worst([exitCode, await runJob(job, output, io)]);
  }
  return exitCode;
}

async function readOrRefuse(typed: TypedArguments, io: ProgramIo): Promise<readonly Job[]> {
  let needsNetwork = false;
  try {
    const jobs = await readJobs(typed, io);
    needsNetwork = jobs.some(({ imports }) => imports.some(({ merged }) => isOnServer(merged)));
    return jobs;
  } catch (error) {
    io.giveUpNetwork?.();
    if (!(error instanceof RunStop)) throw error;
    const refusal = earlyRefusal(error, { output: typed.values.get("output"), safeCsv: false }, null, io.stdout);
    throw await printingRefusal(error, () => io.stdout.write(refusal));
  } finally {
    if (!needsNetwork) io.giveUpNetwork?.();
  }
}
