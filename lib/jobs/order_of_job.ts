/** What an import is asked to do as a part of a job. */
import { EXIT, type ExitCode } from "../errors.ts";
import { databaseFiles } from "../databases/database_files.ts";
import type { ProgramIo } from "../io.ts";
import { aboutJob, importHeading } from "../messages/jobs.ts";
import type { OutputFormat } from "../parameters/settings/settings.ts";
import { loggedParameters } from "../parameters/settings/logged_parameters.ts";
import { authenticate } from "../run/authenticate.ts";
import type { Report } from "../report/report.ts";
import { rowsAside } from "../report/rows_aside.ts";
import type { ImportOrder, WantedBackup } from "../run/import_order.ts";
import { openSource } from "../source/open_source.ts";
import type { VerifiedPasswords } from "../users/verified_passwords.ts";
import type { Job, JobImport } from "./job.ts";
import { backupPlace, type JobStores } from "./job_stores.ts";
import { jsonImportHeading } from "./job_json.ts";
import type { JobOutput } from "./job_output.ts";

/** A job that has its locks, and what it is run with. */
export interface RunningJob {
  readonly job: Job;
  readonly stores: JobStores;
  readonly output: JobOutput;
  readonly io: ProgramIo;
  /** The places of the copies of databases that were made so far: a job makes each before its first write, and once. */
  readonly backups: Set<string>;
  /** A password is checked once for all imports, but for one that an import changes. */
  readonly verified: VerifiedPasswords;
}

/** @param one an import of the job */
export async function orderOf(running: RunningJob, one: JobImport): Promise<ImportOrder> {
  const { job, stores, output, io, verified } = running;
  const store = stores.of(one);
  const aside = rowsAside({
    about: aboutJob(job.settings.name, one.paramFile),
    output: shownOutput(job, one),
    stdout: io.stdout,
    stderr: io.stderr,
  });
  return {
    settings: one.settings,
    parameters: loggedParameters(one.merged),
    origin: `csvrecon run ${job.settings.name}`,
    store,
    async logIn(model, failures) {
      await stores.hold(one);
      const facts = { now: io.now, passwordCost: io.passwordCost, verified };
      return await authenticate(one.settings, store, model, facts, failures);
    },
    openSource: (login) => openSource(one.settings.csvfile, io, databaseFiles(one.settings.database, io), login),
    backup: backupOf(running, one),
    sink: output.part(separatorOf(job), headingOf(job, one)),
    ...await filesOf(job, one, io, aside, store.folder),
    isColoured: !one.settings.noColor && io.noColor !== true,
    progressSink: io.stderr,
    now: io.now,
    passwordCost: io.passwordCost,
    rowsTogether: io.rowsTogether,
    isReported: (exitCode) => isReported(job, exitCode),
    isSimulatedAlone: one.isSimulatedAlone,
  };
}

/** Few imports ask for files. @param aside what is told beside the report @param spoolFolder where temporary files may be made */
async function filesOf(
  job: Job,
  one: JobImport,
  io: ProgramIo,
  aside: readonly Report[],
  spoolFolder: string,
): Promise<Pick<ImportOrder, "rejects" | "sideReports">> {
  if (one.settings.rejects === null && one.settings.report === null) return { sideReports: aside };
  const { pageOfImport, rejectsOfImport } = await import("./files_of_imports.ts");
  const page = pageOfImport(job, one, io, spoolFolder);
  return { rejects: rejectsOfImport(job, one, io), sideReports: page === undefined ? aside : [...aside, page] };
}

/** The format of what is printed of an import whose rows are in error. */
function shownOutput({ settings }: Job, one: JobImport): OutputFormat {
  if (settings.output === "retcode") return "retcode";
  return settings.reports === "none" ? "summary" : one.settings.output;
}

function backupOf({ backups }: RunningJob, one: JobImport): WantedBackup | null {
  const { backup: path } = one.settings;
  const place = backupPlace(one);
  if (path === null || place === null || backups.has(place)) return null;
  return { path, place, made: () => void backups.add(place) };
}

/** What stands between two parts of the output: for people, a blank line. */
export function separatorOf({ settings }: Job): string {
  return settings.output === "json" ? "" : "\n";
}

function headingOf({ settings, imports }: Job, one: JobImport): string {
  const number = imports.indexOf(one) + 1;
  if (settings.output === "json") return jsonImportHeading(settings.name, number, one.paramFile);
  return importHeading(settings.name, number, imports.length, one.paramFile) + "\n";
}

function isReported({ settings }: Job, exitCode: ExitCode): boolean {
  // A number is all that is wanted.
  if (settings.output === "retcode" || settings.reports === "none") return false;
  return settings.reports === "all" || exitCode !== EXIT.done;
}
