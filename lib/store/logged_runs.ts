/**
 * What the program asks of the change log: which runs there were, what each did, and what became of an object. Answers come in pages, as a
 * run may have millions of entries.
 *
 * What is in the log of a run, in the order in which it happened (of writes that are made together, creations may come first):
 * - a creation is one entry without attribute and values: the values are those of the object, and of the entries behind it;
 * - an update is one entry for each changed attribute, with both values;
 * - a deletion is one entry for each attribute that was not empty, neighbours of each other, or one without attribute when all were; those
 *   that went along by `on_delete` (cascade) follow, as deletions of their own, and keys that it emptied as updates to null;
 * - links are objects: they come and go like others. An object that was there before has an entry more for its link set, with the texts
 *   before and after; it stands for no column, and only tells people what the entries of the links say;
 * - of a password it is only told that it was changed: both values are null, and a deletion tells as much of it;
 * - the date since when an object is obsolete is told where it is lost: by an update that makes an object of use again, and by a deletion.
 *   An object that is not obsolete has none, and one becomes obsolete on the day of the run. Logs of older versions tell no such dates.
 */
import type { AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import type { ChangeCounts, InputFacts, Operation } from "./changes.ts";
import type { FeedName } from "./feeds.ts";
import type { ObjectId } from "./object_id.ts";

/** A run of the log. Its numbers grow with time, and none is used twice. */
export interface LoggedRun {
  readonly id: number;
  /** When the run began. */
  readonly date: Date;
  /** Of the class of users; null: nobody was logged in. */
  readonly userId: ObjectId | null;
  /** The user's name, then. */
  readonly user: string;
  /** Empty: none. */
  readonly comment: string;
  /** The program that wrote: `csvrecon import`. */
  readonly origin: string;
  /** Path of the file; null when there was none. */
  readonly inputName: string | null;
  /** Null: nothing was read. */
  readonly input: InputFacts | null;
  /** As they were given, secrets left out. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of an import numbers of rows; of an undo numbers of objects, and `inError` is how many parts of the run it had to leave. */
  readonly counts: ChangeCounts;
  /** Objects that it deleted, those that went along included; null: an older version wrote it, and did not count them. */
  readonly deleted: number | null;
  /** The feed of which it loaded a file; null: it named none. */
  readonly feed: FeedName | null;
  /** The run that it took back; null: it is no undo. */
  readonly undoes: number | null;
  /** The last undo of it that was not taken back itself; null: the run stands. */
  readonly undoneBy: UndoOfRun | null;
  /** Its entries were removed from the log. */
  readonly isPruned: boolean;
}

export interface UndoOfRun {
  readonly id: number;
  /** Parts of the run that the undo had to leave, an object may have several; 0: the whole run was taken back. */
  readonly left: number;
}

/** One entry of a run. */
export interface LoggedEntry {
  /** Where it stands in the log: entries of later positions happened later. */
  readonly position: number;
  readonly run: number;
  readonly operation: Operation;
  /** The object's own class. */
  readonly class: ClassCode;
  readonly objectId: ObjectId;
  /** Null: the object as a whole. */
  readonly attribute: AttributeCode | null;
  /** As `loggedValue` makes texts of values. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
  /** What brings the old value back, where its text may stand for several; left out: the text tells it exactly. */
  readonly exactOld?: StoredValue;
  /** Of a creation: the texts of what the object was made with. Left out: the log does not know. */
  readonly made?: ReadonlyMap<AttributeCode, string | null>;
}

/** Which entries are asked for. */
export interface EntryPage {
  /** The last position of the page before; null: from the beginning, or backwards from the end. */
  readonly beyond: number | null;
  readonly order: "forwards" | "backwards";
  /** About so many, whole objects where these were deleted together with many others; fewer when their values are long. There are none left only when a page has none. */
  readonly most: number;
}

/** That a run has written an object, or one attribute of it. */
export interface Touch {
  readonly run: number;
  readonly objectId: ObjectId;
  /** `create` and `delete` are about the object as a whole. */
  readonly operation: Operation;
  /** Of an update: null for others. */
  readonly attribute: AttributeCode | null;
}

/** A part of the log, by positions. */
export interface LogSpan {
  /** Entries behind this position. */
  readonly after: number;
  /** The last position that counts. */
  readonly upto: number;
}

export interface LoggedRuns {
  /** What stands for nothing, where entries tell values exactly; left out: they do not. */
  readonly exactNull?: StoredValue;
  /**
   * The newest first.
   * @param before only runs with a smaller id; null: all
   * @param most at most so many
   */
  runs(before: number | null, most: number): Promise<readonly LoggedRun[]>;
  /** Null: there is none. */
  run(id: number): Promise<LoggedRun | null>;
  /** The entries of a run. */
  entries(run: number, page: EntryPage): Promise<readonly LoggedEntry[]>;
  /**
   * The entries of an object, of all runs.
   * @param code of the object, or any other of its root class: its own class need not be known
   */
  entriesOf(model: Model, code: ClassCode, id: ObjectId, page: EntryPage): Promise<readonly LoggedEntry[]>;
  /**
   * Of each of some objects, and each of its attributes, the first entry behind a position, creations left out: its old value is what the
   * attribute was there. Where there are two of an attribute, one of them an update and one a deletion, the one with the smaller position
   * counts.
   */
  firstChanges(code: ClassCode, ids: readonly ObjectId[], behind: number): Promise<readonly LoggedEntry[]>;
  /** The classes of which a run has entries. */
  classes(run: number): Promise<readonly ClassCode[]>;
  /** Where the entries of a run stand; null: it has none. There may be others between them. */
  spanOf(run: number): Promise<LogSpan | null>;
  /** The position of the last entry of the log; 0: there is none. */
  end(): Promise<number>;
  /** Who has written objects of a class within a part of the log, each only once for the same, in the log's order. */
  touches(code: ClassCode, ids: readonly ObjectId[], span: LogSpan): Promise<readonly Touch[]>;
  /** The undos among the runs behind a run, each with the run that it took back. */
  undosSince(run: number): Promise<ReadonlyMap<number, number>>;
  /** The last run whose entries were removed; null: none was. It and those before it cannot be taken back any more. */
  lastPruned(): Promise<number | null>;
}

/** What was removed of the log. */
export interface PrunedLog {
  /** What the removal is as a run of the log; null: there was nothing to remove. */
  readonly id: number | null;
  /** Those that had entries. */
  readonly runs: number;
  readonly entries: number;
}
