/** What a server asks for when it imports, and what it is told of the end. */
import type { ExitCode, StopMessage } from "../../errors.ts";
import type { RowCounts } from "../../report/totals.ts";
import type { RunSettings } from "../../run/import_order.ts";
import type { ObjectId } from "../../store/object_id.ts";

export interface QueuedImport {
  readonly settings: RunSettings;
  /** Of the database that the login was checked in (`Store.identity`): no other is written to. */
  readonly identity: string;
  /** The parameters that the change log keeps. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Who logged in. They are read again when the import begins. */
  readonly userId: ObjectId;
  /** What their account was then (`accountStamp`): with another login or password it is no longer who logged in. */
  readonly stamp: string;
  /** As it was given; for the refusal of a user who is not there any more. */
  readonly login: string;
  /** For the change log: the name of the posted file, or `csvdata`. */
  readonly inputName: string;
  readonly inputBytes: number;
  /** The input, once. A piece must be good until the next one is asked for. */
  readonly input: () => Iterable<Uint8Array>;
  /** Takes the report as it comes; a piece is good until this returns. What it throws ends the report, not the import. */
  readonly report: (bytes: Uint8Array) => void;
  /** Who asked, for the change log: `csvrecon serve`. */
  readonly origin: string;
}

export interface FinishedImport {
  /** As the command's. */
  readonly exitCode: ExitCode;
  /** What became of the rows; null: nothing was written. With a failure: the rows are in, and the report alone was lost. */
  readonly counts: RowCounts | null;
  /** How long it ran, without the time it waited. */
  readonly seconds: number;
  /** Why it was stopped; none when it came to its end. */
  readonly messages: readonly StopMessage[];
  /** Where in the program a bug is, for the log; null: no bug. */
  readonly stack: string | null;
  /** The signal cut it short. Without counts nothing was written; with counts the rows were in before, and the report is not whole. */
  readonly isAborted: boolean;
  /** False: what came of the report must not pass for it. `messages`, or counts, say what became of the rows. */
  readonly isReportWhole: boolean;
}

/** Runs imports, one at a time. */
export interface ImportRunner {
  /**
   * @param signal ends the import when it next reads input or reports
   * @returns when nothing of it is left to do. Never rejects but for a caller's mistake
   */
  run(wanted: QueuedImport, signal: AbortSignal): Promise<FinishedImport>;
  /** Waits for the import that runs, and ends. */
  close(): Promise<void>;
}
