/** Entries of a change log, before they are written. */
import type { ClassCode, StoredValue } from "../../model/model.ts";
import type { LoggedOperation, LoggedRow, Operation } from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Later } from "../shared/steps.ts";

/** Takes entries of the log, in the order in which things happened. */
export interface ChangeEntries {
  add(operation: LoggedOperation): void;
  /** Objects of one class came or went, as a whole. @param rows one for each id; left out: the ids say all */
  addObjects(operation: Operation, code: ClassCode, ids: readonly ObjectId[], rows?: readonly LoggedRow[]): void;
}

/** Deletions whose entries the database makes by itself, of what is there before they are done. */
export interface SelectedDeletions {
  readonly class: ClassCode;
  /** SQL of an object's id, and of the text that has all its values. */
  readonly id: string;
  readonly value: string;
  /** SQL from FROM on: the objects, in their order. */
  readonly rows: string;
  readonly parameters: readonly StoredValue[];
  /** Of the objects. */
  readonly count: number;
}

/** A log that goes with what the database takes back. */
export interface TakenBackLog extends ChangeEntries {
  /** Writes entries at once: they go with what the database takes back (see `mark`). */
  addSelected(deletions: SelectedDeletions): Later<void>;
  /** To be called before a savepoint. @returns takes the log back to where it is now, when the database is: all that came since is gone */
  mark(): Later<() => void>;
}

/** Entries about writes that may still be taken back. */
export class PendingEntries implements ChangeEntries {
  #handOver: ((log: ChangeEntries) => void)[] = [];

  add(operation: LoggedOperation): void {
    this.#handOver.push((log) => log.add(operation));
  }

  addObjects(...objects: Parameters<ChangeEntries["addObjects"]>): void {
    this.#handOver.push((log) => log.addObjects(...objects));
  }

  /** The writes stay. */
  keep(log: ChangeEntries | null): void {
    if (log !== null) { for (const handOver of this.#handOver) handOver(log); }
    this.#handOver = [];
  }
}
