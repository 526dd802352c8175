/** What is done with writes when their time has come, a group at a time. */
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { LoggedChange, NewObject, ObjectUpdate } from "../../store/objects.ts";
import type { Later } from "../shared/steps.ts";
import type { ChangeEntries, SelectedDeletions } from "./change_entries.ts";

/** Each throws what the database refuses, or `NothingWritten`: then nothing of it may stay. The log is told by who knows that it stays. */
export interface GroupWrites {
  /** Whether the log tells writes in the order in which they were handed over, be they written in another one. */
  readonly areToldInOrder: boolean;
  /** Whether somebody can tell in which order these are written. */
  isOrderSeen(writes: readonly { readonly class: ClassCode }[]): boolean;
  /** @param objects of one class, with the same attributes */
  create(objects: readonly NewObject[]): Later<void>;
  updateAll(updates: readonly ObjectUpdate[]): Later<void>;
  /** To be called for objects that are there, and stay. */
  created(objects: readonly NewObject[], log: ChangeEntries): Later<void>;
  /** To be called for updates that are written, and stay. */
  updated(update: ObjectUpdate, log: ChangeEntries): Later<void>;
  /** Whether other objects may go with those of the class, or be changed. */
  takesAlong(modelClass: ClassCode): boolean;
  /** @returns how many objects went, or had a key emptied */
  delete(modelClass: ClassCode, ids: readonly ObjectId[], log: ChangeEntries): Later<number>;
  log(change: LoggedChange, log: ChangeEntries): void;
}

/** Where the entries of very many deleted objects go. */
export interface ManyEntries {
  /** Those of the objects, which the log writes now. Null: nothing is logged. */
  readonly selected: ((deletions: SelectedDeletions) => Later<void>) | null;
  /** Those of what goes with them: they are taken back with the deletions. */
  readonly others: ChangeEntries;
}

/** Deletes very many objects. @returns how many objects went, or had a key emptied */
export type ManyDeletion = (log: ManyEntries) => Later<number>;
