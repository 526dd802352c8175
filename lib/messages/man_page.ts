/** Sentences of the manual page, but for those that the help has too. */
import type { EXIT } from "../errors.ts";

export const MAN_PAGE_HEADINGS = {
  name: "NAME",
  synopsis: "SYNOPSIS",
  description: "DESCRIPTION",
  commands: "COMMANDS",
  environment: "ENVIRONMENT",
  exitStatus: "EXIT STATUS",
  examples: "EXAMPLES",
  seeAlso: "SEE ALSO",
} as const;

/** Behind the program's name: no capital, no full stop. */
export const IN_ONE_LINE = "load CSV files into SQLite and PostgreSQL databases by reconciliation";

/** Paragraphs of the description, behind the program's summary. */
export const DESCRIPTION: readonly string[] = [
  "A file is one transaction: rows in error are left out and reported, the others go in, and whatever ends the run early " +
  "leaves the database as it was. `--simulate=1` does the same and takes it back.",
  "The report goes to standard output; what stopped a run also to standard error.",
];

export function insteadOfParameter(name: string): string {
  return `instead of \`--${name}\``;
}

/** What an exit code says: no capital, no full stop. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "done, no row in error",
  rowsInError: "done, some rows in error",
  limitExceeded: "a limit that the caller set (`max_errors`, `max_changes`) took the run back: nothing was written",
  usage: "usage: a missing, unknown or wrong parameter, class, column or key",
  badInput: "the input cannot be decoded or parsed",
  inputMissing: "an input file or parameter file is missing or unreadable",
  notListening: "a server cannot listen where it should",
  bug: "a bug: please report it",
  databaseNotWritable: "the database cannot be written",
  reportNotWritable: "the report cannot be written; what the run had loaded stays",
  databaseLocked: "another writer holds the database, or the job is running already: try again",
  notAllowed: "login refused, or the class not allowed",
  databaseNotUsable: "the database or the model cannot be used",
  hungUp: "ended by SIGHUP: taken back, unless standard error says otherwise",
  interrupted: "ended by SIGINT: the same",
  terminated: "ended by SIGTERM: the same",
};
