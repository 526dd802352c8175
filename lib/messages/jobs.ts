/** Sentences about jobs, and the words of their summary. */
import type { StopMessage } from "../errors.ts";
import type { Origin } from "../parameters/reading/parameter_problem.ts";
import { onOneLine } from "../one_line.ts";
import type { JobHolder } from "../store/job_holder.ts";
import { origin } from "./parameter_places.ts";
import { quoted } from "./quoted.ts";

export function jobFileMissing(file: string): StopMessage {
  return {
    text: `Error: Could not find the job file: ${quoted(file)}`,
    hint: "The name of a file is relative to the folder in which csvrecon was started",
  };
}

/** @param reason what the operating system says */
export function jobFileUnreadable(file: string, reason: string): StopMessage {
  return { text: `Error: Could not read the job file: ${quoted(file)}`, hint: reason };
}

/** @param file a parameter file, or a folder of such files */
export function jobImportMissing(file: string, where: Origin): StopMessage {
  return {
    text: `Error: Could not find the parameter file: ${quoted(file)}`,
    hint: sentences(origin(where), "Its name is relative to the folder of the job file"),
  };
}

/** @param reason what the operating system says */
export function jobImportUnreadable(file: string, where: Origin, reason: string): StopMessage {
  return { text: `Error: Could not read the parameter file: ${quoted(file)}`, hint: sentences(origin(where), reason) };
}

export function jobFolderEmpty(folder: string, where: Origin): StopMessage {
  return {
    text: `Error: No parameter file is in the folder ${quoted(folder)}`,
    hint: sentences(origin(where), "The names of the files that are taken end with .params"),
  };
}

export function jobWithoutImports(file: string): StopMessage {
  return { text: `#No import in ${quoted(file)}`, hint: "Each import is a line import = FILE, with a parameter file" };
}

/** @param parameter a mandatory one */
export function missingInImport(parameter: string, paramFile: string, jobFile: string): StopMessage {
  return {
    text: `#Parameter ${parameter} is missing in ${quoted(paramFile)}`,
    hint: `For all imports it may stand in ${quoted(jobFile)}`,
  };
}

/** A mistake whose words do not say where it is. */
export function withOrigin(message: StopMessage, where: Origin | undefined): StopMessage {
  const hint = sentences(where === undefined ? undefined : origin(where), message.hint);
  return hint === "" ? message : { ...message, hint };
}

export function atomicContinues(job: string, file: string): StopMessage {
  return {
    text: `#Job ${job} cannot be atomic and go on after a failure: ${quoted(file)}`,
    hint: "Remove atomic or on_failure",
  };
}

/** @param databases their paths */
export function severalDatabases(job: string, databases: readonly string[]): StopMessage {
  return {
    text: `#Job ${job} cannot be one transaction: its imports name several databases: ${
      databases.map(quoted).join(", ")
    }`,
    hint: "Only a job for one database can be atomic, or be simulated",
  };
}

/** @param databases their paths */
export function oneBackupForSeveral(job: string, backup: string, databases: readonly string[]): StopMessage {
  return {
    text: `#Job ${job} names one backup for several databases: ${quoted(backup)} for ${
      databases.map(quoted).join(", ")
    }`,
    hint: "Give each its own, in the parameter files of the imports",
  };
}

/** @param parameters to which its imports give several values */
export function differsForOneDatabase(job: string, database: string, parameters: readonly string[]): StopMessage {
  return {
    text: `#Job ${job} says several things of one database, ${quoted(database)}: its imports differ in ${
      parameters.join(", ")
    }`,
    hint: "All imports of a job have a database open together. Give these parameters one value, in the job file",
  };
}

/** @param paramFiles of the imports that name it */
export function oneFeedForSeveral(
  job: string,
  source: string,
  modelClass: string,
  paramFiles: readonly string[],
): StopMessage {
  return {
    text: `#Job ${job} loads several files of the feed ${quoted(source)} into ${modelClass}: ${
      paramFiles.map(quoted).join(", ")
    }`,
    hint:
      "What one of them lacks would be gone. Put their rows into one file, or give each file a source of its own, " +
      "with gone_after=1: then what moves from one to another stays",
  };
}

export function simulatedInAtomic(job: string, paramFile: string, where: Origin | undefined): StopMessage {
  return {
    text: `#Job ${job} is atomic: ${quoted(paramFile)} cannot be simulated alone`,
    hint: sentences(
      where === undefined ? undefined : origin(where),
      "simulate=1 of the job simulates all of its imports",
    ),
  };
}

/** @param paramFiles those that name standard input */
export function standardInputTwice(paramFiles: readonly string[]): StopMessage {
  return {
    text: `#Standard input can be read once only, and is the input of ${paramFiles.map(quoted).join(", ")}`,
    hint: "Give a file as csvfile",
  };
}

/** @param holder null: it has not said yet who it is */
export function jobIsRunning(job: string, holder: JobHolder | null): StopMessage {
  const who = holder === null ? "" : `: process ${holder.process}, begun ${holder.start.toISOString()}`;
  return {
    text: `#Job ${holder?.job ?? job} is running already${who}`,
    hint: "Try again when it is done. Nothing was changed.",
  };
}

/** @param holder who has it now; null: nobody has said so */
export function jobLockLost(job: string, holder: JobHolder | null): StopMessage {
  const who = holder === null ? "" : `: process ${holder.process}, begun ${holder.start.toISOString()}, has it`;
  return {
    text: `Lock of job ${job} was lost with the connection to the server, and could not be taken again${who}`,
    hint:
      "Another run of the job may be at work. Run the job again when it is done: what was loaded is then left as it is.",
  };
}

/** @param address one of two that lead to it */
export function databaseNamedTwice(job: string, address: string): StopMessage {
  return {
    text: `#Job ${job} names one database by several addresses, of which ${quoted(address)} is one`,
    hint: "Its imports would be in each other's way. Name the host alike in all of them",
  };
}

/** @param reason SQLite's words */
export function jobLockNotTaken(path: string, reason: string): StopMessage {
  return {
    text: `Lock of the job could not be made: ${quoted(path)} (${reason})`,
    hint:
      "Check that you may write to the folder of the database. The lock itself is an empty file that you may write to: anything else of " +
      "its name must go, also one that another user made; no job may run then.",
  };
}

/** Why a lock could not be made. */
export function lockIsNoFile(): string {
  return "a link, or something else that is no plain file, has its name";
}

/** A warning. */
export function lastRunWasLost({ process, start }: JobHolder): string {
  return `The last run of this job, process ${process}, begun ${start.toISOString()}, did not come to its end`;
}

/** A warning, before the first import. */
export function inputNotThereYet(csvfile: string, paramFile: string): string {
  return `The input file ${quoted(csvfile)} of ${quoted(paramFile)} could not be found or read when the job began`;
}

/** A line on standard error. */
export function jobWarning(job: string, warning: string): string {
  return `csvrecon: ${aboutJob(job, null)}${warning}`;
}

/** @param reason what the operating system says */
export function summaryNotWritable(reason: string): StopMessage {
  return {
    text: `The summary could not be written: ${reason}`,
    hint: "What was imported stays. Run the job again with simulate=1 to see what is left to do",
  };
}

/** On standard error, before what went wrong. @param paramFile null: it is not about one import */
export function aboutJob(job: string, paramFile: string | null): string {
  return paramFile === null ? `job ${job}: ` : `job ${job}, ${paramFile}: `;
}

/** Before the report of an import. @param number from 1 */
export function importHeading(job: string, number: number, of: number, paramFile: string): string {
  return `#Job ${job}, import ${number} of ${of}: ${paramFile}`;
}

/** Lines of the summary around its table. */
export const summaryLine = {
  job: (name: string): string => `#Job: ${name}`,
  file: (file: string): string => `#Job File: ${file}`,
  atomic: (yes: boolean): string => `#Atomic: ${yes ? 1 : 0}`,
  simulate: (yes: boolean): string => `#Simulate: ${yes ? 1 : 0}`,
  warning: (text: string): string => `#Warning: ${text}`,
  warningOf: (paramFile: string, text: string): string => `#Warning: ${paramFile}: ${onOneLine(text)}`,
  start: (date: Date): string => `#Start: ${date.toISOString()}`,
  end: (date: Date): string => `#End: ${date.toISOString()}`,
  exitCode: (code: number): string => `#Exit Code: ${code}`,
} as const;

export function summaryHeads(hasSkipped: boolean): readonly string[] {
  return [
    "Import",
    "Class",
    "Created",
    "Updated",
    "Unchanged",
    ...hasSkipped ? ["Skipped"] : [],
    "Issues",
    "Warnings",
    "Seconds",
    "Exit code",
  ];
}

export const SUMMARY_WORDS = {
  total: "Total",
  none: "-",
  takenBack: "taken back",
  notRun: "not run",
  simulated: "simulated",
} as const;

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(". ");
}
