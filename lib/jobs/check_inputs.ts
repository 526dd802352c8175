/** Input files that are not there are found before the first import: a job that ends at its first failure need not begin. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { withOrigin } from "../messages/jobs.ts";
import { checkSource } from "../source/open_source.ts";
import type { Job, JobImport } from "./job.ts";
import type { Mistakes } from "./mistakes.ts";

/** What speaks against an input, and the import that would read it. */
export interface UnusableInput {
  readonly one: JobImport;
  /** At least one. */
  readonly messages: readonly StopMessage[];
}

/**
 * To be called while no database of the job is open: a file that is opened and closed may be one, and SQLite's locks on it would go.
 * A file that is there now may be gone at its turn; then its import fails.
 */
export async function unusableInputs({ imports }: Job, io: ProgramIo): Promise<readonly UnusableInput[]> {
  const found: UnusableInput[] = [];
  for (const one of imports) {
    const { settings, merged } = one;
    const stop = await stopOf(settings.csvfile, io);
    if (stop === null) continue;
    const origin = merged.values.get("csvfile")?.origin;
    found.push({ one, messages: stop.messages.map((message) => withOrigin(message, origin)) });
  }
  return found;
}

/** They do not keep a job from its other imports if it goes on after failures: their files may come meanwhile. */
export function areFatal({ settings }: Job): boolean {
  return settings.onFailure === "stop";
}

/** Tells of those, too, that would end the jobs before their first imports. */
export async function addUnusableInputs(jobs: readonly Job[], io: ProgramIo, mistakes: Mistakes): Promise<void> {
  for (const job of jobs.filter(areFatal)) {
    for (const { messages } of await unusableInputs(job, io)) {
      for (const message of messages) mistakes.addFile(message);
    }
  }
}

async function stopOf(csvfile: string, io: ProgramIo): Promise<RunStop | null> {
  try {
    await checkSource(csvfile, io);
    return null;
  } catch (error) {
    // A signal ends the job, and speaks against no input.
    if (error instanceof RunStop && error.exitCode === EXIT.inputMissing) return error;
    throw error;
  }
}
