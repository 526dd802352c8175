/**
 * What the program asks of the memory of feeds (SPEC 17): which objects the files of a source have brought or met, and since when a file
 * lacks them. A feed is a source and the class that its files are loaded into.
 */
import type { ClassCode } from "../model/model.ts";
import type { ObjectId } from "./object_id.ts";
import type { ObjectNumbers } from "./objects.ts";

export interface FeedName {
  /** Names are the same when `compared_text.ts` says so. */
  readonly source: string;
  readonly class: ClassCode;
}

/** What was done about an object that is gone, the weakest first. Of one that was deleted nothing is remembered. */
export type GoneMark = "report" | "update";

/** An object that a feed has had, and the run has not met. */
export interface MissedObject {
  readonly id: ObjectId;
  /** The day of the first file that lacked it, in UTC: `2024-02-29`; null: this is the first. */
  readonly since: string | null;
  /** What was done about it so far; null: nothing. */
  readonly mark: GoneMark | null;
}

/** A file that was loaded whole, as the last one of its feed. */
export interface LoadedFile {
  readonly sha256: string;
  /** What the file was loaded with, as a text that can be compared. */
  readonly settings: string;
  readonly date: Date;
}

/** The memory of one feed, within a run. What is noted of it is undone with the run. */
export interface Feed {
  /** The last file, if it was loaded whole; null: there is none, or its run was undone. */
  readonly last: LoadedFile | null;
  /**
   * How many objects it had when it was opened: those that were met.
   * @param withUpdated those too to which `update` has happened since
   */
  count(withUpdated: boolean): Promise<number>;
  /** The same objects, some at a time; never an empty page. */
  objects(withUpdated: boolean): AsyncGenerator<readonly ObjectId[], void>;
  /**
   * The run has met objects of the class's root class: the feed has them from now on.
   * @param met those that have a number
   */
  noteMet(met: ObjectNumbers): Promise<void>;
  /** Objects that the feed had are in the file, though nothing was loaded of them; of others nothing is noted. */
  noteSeen(seen: ObjectNumbers): Promise<void>;
  /**
   * What it has had and none of these has a number for, by id, some at a time; never an empty page. What is noted of a page meanwhile
   * does not come again.
   */
  missed(present: readonly ObjectNumbers[]): AsyncGenerator<readonly MissedObject[], void>;
  /** Those of the objects that another feed has, whose last file had them. @param code of their class, or any other of its root class */
  hadByOthers(code: ClassCode, ids: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>>;
  /** The file lacks them, as the first one. @param day in UTC: `2024-02-29` */
  noteMissed(ids: readonly ObjectId[], day: string): Promise<void>;
  noteMark(ids: readonly ObjectId[], mark: GoneMark): Promise<void>;
  /** They are no more. */
  forget(ids: readonly ObjectId[]): Promise<void>;
  /** To be called at the end of a run. @param file null: it was not loaded whole */
  noteFile(file: Omit<LoadedFile, "date"> | null): Promise<void>;
}
