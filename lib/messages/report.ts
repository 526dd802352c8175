/** The words of the report, of its errors and of the progress line. */
import type { StopMessage } from "../errors.ts";
import type { AttributeCode } from "../model/model.ts";
import type { Twins } from "../parameters/settings/settings.ts";
import { notLoadedAgain } from "./not_loaded.ts";

/** A comment line of the report. Its value stays on the line: a break would look like a row of the table. */
function line(text: string, value: string | number): string {
  return `#${text}${String(value).replaceAll(/\s+/g, blanksOfLine)}`;
}

function blanksOfLine(blanks: string): string {
  return /[\r\n]/.test(blanks) ? " " : blanks;
}

/** The comment lines of a report, in the reference's spelling. */
export const reportLine = {
  outputFormat: (format: string): string => line("Output format: ", format),
  class: (code: string): string => line("Class: ", code),
  separator: (separator: string): string => line("Separator: ", separator),
  qualifier: (qualifier: string): string => line("Qualifier: ", qualifier),
  charset: (charset: string): string => line("Charset Encoding:", charset),
  noDateFormat: (): string => line("Date format: ", "<none>"),
  dateTimeFormat: (format: string): string => line("Date and time format: ", `'${format}'`),
  dateFormat: (format: string): string => line("Date format: ", `'${format}'`),
  localize: (yes: boolean): string => line("Localize: ", yes ? "yes" : "no"),
  dataSize: (bytes: number): string => line("Data Size: ", bytes),
  dataLines: (rows: number): string => line("Data Lines: ", rows),
  twins: (twins: Twins): string => line("Twins: ", twins),
  maxErrors: (limit: string): string => line("Max Errors: ", limit),
  maxChanges: (limit: string): string => line("Max Changes: ", limit),
  /** A parameter whose name is its words: `#Skip Lines: 3`. */
  parameter: (name: string, value: string): string =>
    line(`${name.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ")}: `, value),
  simulate: (yes: boolean): string => line("Simulate: ", yes ? 1 : 0),
  columns: (codes: readonly string[]): string => line("Columns: ", codes.join(", ")),
  reconciliationKeys: (keys: readonly string[]): string => line("Reconciliation Keys: ", keys.join(", ")),
  warning: (text: string): string => line("Warning: ", text),
  hint: (text: string): string => line("Hint: ", text),
  comment: (comment: string): string => line("Change tracking comment: ", comment),
  issues: (count: number): string => line("Issues: ", count),
  warnings: (count: number): string => line("Warnings: ", count),
  created: (count: number): string => line("Created: ", count),
  updated: (count: number): string => line("Updated: ", count),
  unchanged: (count: number): string => line("Unchanged: ", count),
  createdTargets: (count: number): string => line("Created Targets: ", count),
  skipped: (count: number): string => line("Skipped: ", count),
  gone: (count: number): string => line("Gone: ", count),
  goneIssues: (count: number): string => line("Gone issues: ", count),
  notLoaded: (since: Date): string => line("", notLoadedAgain(since)),
  rejects: (file: string): string => line("Rejects: ", file),
} as const;

/** The first cells of the table's heading. */
export const FIXED_HEADING: readonly string[] = ["Line", "Status", "Object Class", "Object Id"];

/** The same of a table of rows in error. The line is that of the file, from 1. */
export const ERRORS_HEADING: readonly string[] = ["File Line", "Status", "Reasons"];

/** In place of the class and id of a row without an object. */
export const NO_OBJECT = "n/a";

/** The heading of the column that shows the target of an external key. */
export function externalKeyHeading(code: AttributeCode, label: string): string {
  return `${code} (${label} - ext key)`;
}

/** The heading of an attribute's own column. */
export function attributeHeading(code: AttributeCode, label: string): string {
  return `${code} (${label})`;
}

export function idHeading(): string {
  return "id (id (Primary Key))";
}

export function spoolNotWritable(folder: string, reason: string): string {
  return `The rows of the report could not be kept in a temporary file in '${folder}': ${reason}`;
}

export function spoolHint(): string {
  return "Make room in the folder of the database, or ask for output=summary, which keeps no rows. Nothing was written";
}

/** @param reason what the operating system says */
export function reportNotWritable(reason: string): StopMessage {
  return { text: `The report could not be written: ${reason}` };
}

/** The same for a run that has changed the database. */
export function reportOfWrittenNotWritable(reason: string): StopMessage {
  const hint = "The import itself was done before its report: what it wrote stays. " +
    "Run it again with simulate=1 to see what is left to do";
  return { ...reportNotWritable(reason), hint };
}

/** @param signal its name */
export function interruptedBy(signal: string): string {
  return `interrupted by ${signal}`;
}

/** How far a run is; `percent` and `secondsLeft` are null when the size of the input is not known. */
export interface ProgressFacts {
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly percent: number | null;
  readonly secondsLeft: number | null;
}

export function progressLine({ rows, rowsPerSecond, percent, secondsLeft }: ProgressFacts): string {
  const parts = [`${grouped(rows)} rows`, `${grouped(rowsPerSecond)} rows/s`];
  if (percent !== null) parts.push(`${percent} %`);
  if (secondsLeft !== null) parts.push(`${duration(secondsLeft)} left`);
  return parts.join(", ");
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** `42 s`, `3 min 05 s`, `2 h 07 min`. */
function duration(seconds: number): string {
  const twoDigits = (count: number) => String(count).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${twoDigits(Math.floor(seconds % 3600 / 60))} min`;
}
