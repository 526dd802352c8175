/** What somebody should look at although the rows were loaded: kinds with facts, told when the run has ended. `messages/run_warnings.ts` has the words. */

export type RunWarning =
  /** Rows whose `id`, which is no key, is not that of the object that they were loaded into (SPEC 14). */
  { readonly kind: "other_ids"; readonly column: string } & WarnedRows;

/** Rows that share a reason to be looked at. */
export interface WarnedRows {
  readonly rows: number;
  /** The line of the file on which the first of them begins. */
  readonly firstLine: number;
}

/** How much a warning counts among the warnings of the run. */
export function countOf(_warning: RunWarning): number {
  return 1;
}

/** Counts rows of one kind, in the order of the file. */
export class RowsToLookAt {
  #rows = 0;
  #firstLine = 0;

  note(line: number): void {
    if (this.#rows++ === 0) this.#firstLine = line;
  }

  /** Null: there are none. */
  get found(): WarnedRows | null {
    return this.#rows === 0 ? null : { rows: this.#rows, firstLine: this.#firstLine };
  }
}
