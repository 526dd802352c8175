/** From the words of a command line to jobs that can run: every mistake in every file is found before anything is done. */
import type { ProgramIo } from "../io.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { checkClasses } from "./check_classes.ts";
import { addUnusableInputs } from "./check_inputs.ts";
import { checkTogether } from "./check_together.ts";
import type { Job, JobImport } from "./job.ts";
import { Mistakes } from "./mistakes.ts";
import { readJob } from "./read_job.ts";

/**
 * The jobs, in the order of the words.
 * @throws RunStop 64 or 66 with all mistakes; when there are none, whatever speaks against a database (73, 75, 78)
 */
export async function readJobs(typed: TypedArguments, io: ProgramIo): Promise<readonly Job[]> {
  const mistakes = new Mistakes();
  mistakes.addProblems(typed.problems);
  if (typed.words.length === 0) mistakes.addProblems([{ kind: "job_missing" }]);
  const jobs: Job[] = [];
  for (const file of typed.words) {
    const job = await readJob(file, typed.values, io, mistakes);
    if (job !== null) jobs.push(job);
  }
  checkTogether(jobs, mistakes);
  const writesFiles = ({ settings }: JobImport) => settings.rejects !== null || settings.report !== null;
  if (jobs.some(({ imports }) => imports.some(writesFiles))) {
    await (await import("./files_of_imports.ts")).checkFiles(jobs, io, mistakes);
  }
  const databaseStop = await checkClasses(jobs, mistakes);
  if (!mistakes.isEmpty) await addUnusableInputs(jobs, io, mistakes);
  mistakes.stop();
  if (databaseStop !== null) throw databaseStop;
  return jobs;
}
