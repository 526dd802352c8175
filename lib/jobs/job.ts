/** A job as it is to be run. */
import type { JobSettings } from "../parameters/settings/job_settings.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { ImportSettings } from "../parameters/settings/settings.ts";

export interface Job {
  /** The path of its file, as it was given. */
  readonly file: string;
  readonly settings: JobSettings;
  /** At least one. */
  readonly imports: readonly JobImport[];
}

export interface JobImport {
  /** Its path. */
  readonly paramFile: string;
  /** What was given, for the change log and for messages. */
  readonly merged: MergedParameters;
  readonly settings: ImportSettings;
  /** Where its database is at a server, however that is spelt; null: it is a file. */
  readonly serverPlace: string | null;
  /** It is simulated whether the job is or not: nobody behind it ever sees its rows. */
  readonly isSimulatedAlone: boolean;
}

/** Whether the imports share one transaction: a simulation does, or no import would see the rows of those before it. */
export function isOneTransaction({ settings }: Job): boolean {
  return settings.atomic || settings.simulate;
}
