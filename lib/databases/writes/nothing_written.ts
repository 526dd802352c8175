/** Rows that a trigger keeps from being written without a word. */

/** A trigger leaves a row out, or as it was, without a word (`RAISE(IGNORE)`), or deletes it when it has been inserted. */
export class NothingWritten extends Error {
  /** @param text what to say of it; left out: nothing */
  constructor(readonly text = "") {
    super("a row was not written");
  }
}

/** What is told of a write that a trigger refuses. */
export const BY_TRIGGER = { kind: "refused_write", rule: "trigger", constraint: null } as const;
