/** What a run did, object by object, as a database keeps it. */
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { ObjectId } from "./object_id.ts";

/** What is known of a run when it begins. */
export interface ChangeFacts {
  /** When the run began. */
  readonly date: Date;
  readonly userId: ObjectId | null;
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
  /** The run that it takes back; left out: it is no undo. */
  readonly undoes?: number;
}

/** Numbers of rows. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly inError: number;
  /** Objects that were gone from the file of a feed; left out: nobody looked. */
  readonly gone?: number;
}

/** What is known of the input when it was read to its end. */
export interface InputFacts {
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export type Operation = "create" | "update" | "delete";

/** One changed attribute of one object; without one, an object that was deleted, with all that it had. */
export interface LoggedOperation {
  readonly operation: Operation;
  readonly class: ClassCode;
  readonly objectId: ObjectId;
  readonly attribute: AttributeCode | null;
  readonly oldValue: string | null;
  readonly newValue: string | null;
  /** What tells the object apart, as a JSON list of values: its id need not outlive the run. Left out: its id does. */
  readonly key?: string;
}

/** What is known of an object that came as a whole, where its id need not outlive the run. */
export interface LoggedRow {
  /** As that of an operation. */
  readonly key: string;
  /** What it was made with: a JSON object of values, by attribute. */
  values(): string;
}
