/** A database, as the program sees it: `databases/open_store.ts` opens one, and everybody else is handed it. */
export type { ChangeLogPlace } from "./change_log_place.ts";
import type { Model } from "../model/model.ts";
import type { ChangeCounts, ChangeFacts, InputFacts } from "./changes.ts";
import type { CountedBy, WrittenFailures } from "./failed_logins.ts";
import type { Feed, FeedName } from "./feeds.ts";
import type { LoggedRuns, PrunedLog } from "./logged_runs.ts";
import type { ObjectId } from "./object_id.ts";
import type { ObjectSearches, ObjectStore } from "./objects.ts";
import type { ExpectedSearch, PreparedSearch } from "./prepared_searches.ts";

export interface Store {
  /** False: the database is not ours. Nobody logs in to it, and who may write the file may load anything. */
  readonly hasUsers: boolean;
  /** As the operator gave it: what messages name. */
  readonly name: string;
  /** Where temporary files may be made beside it. */
  readonly folder: string;
  /** The file beside it that has the change log, as messages name it: beside the database, and not beside a link to it. Null: there is none. */
  readonly logFile: string | null;
  /** Whether it may take back a transaction because of others (`TransactionConflict`). */
  readonly mayConflict: boolean;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption: AbortSignal | undefined;
  /** The model that the database carries. @throws RunStop 78 when it has none, or one that was spoilt since it was stored */
  model(): Promise<Model>;
  /**
   * The objects outside of any run, as they are when they are asked for: nothing is made for searches.
   * @param organizations only objects of these and of those below them are to be seen, as with `ObjectStore.limitTo`; all, when left out or
   * null. Those who look with one limit must be done before somebody looks with another one.
   */
  objects(model: Model, organizations?: readonly ObjectId[] | null): ObjectSearches;
  /** The same of the users and profiles, which need not be in the same database. */
  accounts(model: Model): ObjectSearches;
  /** The change log as it is when it is asked, be it within a transaction of this store. */
  loggedRuns(): Promise<LoggedRuns>;
  /** @param now tells the time, in milliseconds since 1970 */
  failedLogins(by: CountedBy, now: () => number): WrittenFailures;
  /** What tells this database from all others, as a text that can be sent and compared. @throws RunStop when it cannot be read */
  identity(): Promise<string>;
  /**
   * Does the work in one transaction: its writes are all kept, or none.
   * @throws whatever the work threw, after everything was taken back; RunStop 75 when another writer holds the database too long; RunStop
   * 73 and 78 for errors of the disk and the file
   */
  transaction<T>(work: (transaction: StoreTransaction) => Promise<T>, options: TransactionOptions): Promise<T>;
  /**
   * Does work that only looks: all objects and accounts are as they are when it first looks, whatever others write meanwhile. Nobody waits
   * for it.
   * @throws whatever the work threw
   */
  atOneMoment<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
  /** Takes back what is not committed, and closes at once: for a thread that dies while the process lives on. */
  abandon(): void;
}

export interface TransactionOptions {
  /** True: do all the work, give its result, and then take everything back. */
  readonly rollback: boolean;
}

export interface StoreTransaction {
  /**
   * Makes a copy of the database as it is; to be called before the first write.
   * @param path as it was typed; an earlier backup there is replaced
   * @returns removes it, for a transaction that writes nothing; null: it stays, as the next copy replaces it
   * @throws RunStop 73 when it cannot be made
   */
  backUp(path: string): Promise<(() => void) | null>;
  /**
   * What the work wrote is kept for the time being, or taken back alone.
   * @throws whatever the work threw, when nothing of it is left; `TransactionLost` when the whole transaction is gone
   */
  part<T>(work: () => Promise<T>): Promise<T>;
  /** The objects and the change log of one import of this transaction. */
  run(model: Model, facts: RunFacts): Promise<StoreRun>;
  /**
   * Removes the entries of all runs that began before a time; the runs themselves stay, marked. Neither they nor those between them can be
   * taken back any more. Where something is removed, that is a run of the log itself, without entries.
   */
  prune(before: Date, facts: ChangeFacts): Promise<PrunedLog>;
  /**
   * Makes what searches of imports will need, where it is not there yet.
   * @returns those that go by an index, which may stand behind those that are expected, each once
   * @throws RunStop 64 in a database of others, whose schema stays as it is; 73 when the user of the database may not do it
   */
  prepareSearches(model: Model, searches: readonly ExpectedSearch[]): Promise<readonly PreparedSearch[]>;
}

/** What is known of a run when it begins. */
export interface RunFacts extends ChangeFacts {
  /** Objects that are new in the transaction are shown with the id 0. */
  readonly simulate: boolean;
}

export interface StoreRun {
  readonly objects: ObjectStore;
  /** Searches that have no index so far, as the run may make none. */
  readonly searchesWithoutIndex: readonly ExpectedSearch[];
  /**
   * The memory of a feed, of which the run loads a file. A run has one at most. What is noted there is written at once, and a run that
   * changed it leaves a trace in the log, whatever else it did.
   */
  feed(name: FeedName): Promise<Feed>;
  /**
   * Gives feeds the memory back that they had before a run, as far as it is still as the run left it; to be asked of the run that takes it
   * back.
   * @returns of how many objects
   */
  takeBackFeeds(run: number): Promise<number>;
  /**
   * Writes what is still to be written; to be called before the transaction ends, when every write is settled.
   * @param input null when nothing was read
   * @returns the id of the run in the log; null when it changed nothing and had no row in error, and so left no trace
   */
  finish(counts: ChangeCounts, input: InputFacts | null): Promise<number | null>;
}

/** What is thrown when a database has ended a transaction by itself, as it may when the disk is full; its `cause` tells why. */
export class TransactionLost extends Error {}
