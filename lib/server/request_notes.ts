/** What is found out about a request on its way, for the access log and the metrics. */
import type { ExitCode, RunStop } from "../errors.ts";
import type { RowCounts } from "../report/totals.ts";

export interface RequestNotes {
  /** Who logged in. */
  user?: string;
  /** A login was refused. */
  isRefusedLogin?: boolean;
  class?: string;
  /** Of an import that was run, or refused. */
  exitCode?: ExitCode;
  /** Of an import that came to its end. */
  counts?: RowCounts;
  /** How long the import took. */
  seconds?: number;
  /** Where in the program a bug is, for the operator. */
  bug?: string;
  /** What is wrong with the server, in words that are the operator's alone. */
  trouble?: RunStop;
}
