/** What became of an import. */
import type { ExitCode, RunStop } from "../errors.ts";
import { exitCodeFor, type RowCounts } from "../report/totals.ts";

export type ImportOutcome =
  /** It came to its end. */
  | {
    readonly kind: "done";
    readonly counts: RowCounts;
    /** Sentences. */
    readonly warnings: readonly string[];
    readonly seconds: number;
    /** When the same file was loaded before: it was not loaded again. Left out: it was loaded. */
    readonly notLoadedSince?: Date | undefined;
  }
  /** It was stopped. `counts` are null but when its report alone was lost: then its rows stay, and its warnings count. */
  | {
    readonly kind: "failed";
    readonly stop: RunStop;
    readonly counts: RowCounts | null;
    readonly warnings: readonly string[];
    readonly seconds: number;
  }
  /** It came to its end, and was taken back because another import of its transaction failed. */
  | { readonly kind: "taken_back"; readonly seconds: number }
  | { readonly kind: "not_run" };

/** The exit code of an import that ran alone; null for one that says nothing. */
export function exitCodeOf(outcome: ImportOutcome): ExitCode | null {
  switch (outcome.kind) {
    case "done":
      return exitCodeFor(outcome.counts);
    case "failed":
      return outcome.stop.exitCode;
    default:
      return null;
  }
}
