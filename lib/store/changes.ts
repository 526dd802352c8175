/** What a run did, object by object, as a database keeps it. */
import type { AttributeCode, ClassCode } from "../model/model.ts";

/** What is known of a run when it begins. */
export interface ChangeFacts {
  /** When the run began. */
  readonly date: Date;
  readonly userId: number | null;
  /** The user's name, for people. */
  readonly user: string;
  /** Empty: none. */
  readonly comment: string;
  /** The program that writes. */
  readonly origin: string;
  /** Path of the file; null when there is none. */
  readonly inputName: string | null;
  /** Parameters of the run as they were given, secrets left out. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Numbers of rows. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly inError: number;
}

/** What is known of the input when it was read to its end. */
export interface InputFacts {
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export type Operation = "create" | "update" | "delete";

/** One changed attribute of one object. */
export interface LoggedOperation {
  readonly operation: Operation;
  readonly class: ClassCode;
  readonly objectId: number;
  readonly attribute: AttributeCode;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

export interface ChangeLog {
  add(operation: LoggedOperation): void;
  /** Objects of one class came or went, as a whole. */
  addObjects(operation: Operation, modelClass: ClassCode, ids: readonly number[]): void;
  /**
   * Writes what is still to be written; to be called before the transaction ends.
   * @param input null when nothing was read
   * @return the id of the run in the log; null when it changed nothing and had no row in error, and so left no trace
   */
  finish(counts: ChangeCounts, input: InputFacts | null): number | null;
}
