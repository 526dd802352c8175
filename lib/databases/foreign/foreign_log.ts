/**
 * The change log of a database that we did not make: beside the database, inside it, or nowhere. A log beside it is another file with a
 * connection of its own, and both cannot be committed at once: what is logged is committed before the rows are, and marked as done behind
 * them. `log/open_foreign_log.ts` opens one.
 */
import type { ChangeFacts } from "../../store/changes.ts";
import type { Feed, FeedName } from "../../store/feeds.ts";
import type { LoggedRuns, PrunedLog } from "../../store/logged_runs.ts";
import type { ChangeLog } from "../sqlite/sqlite_change_log.ts";
import type { TakenBack } from "../logged/undone_feeds.ts";

/** The log of a store, as long as that is open. */
export interface ForeignLogs {
  /** @see Store.logFile */
  readonly file: string | null;
  /**
   * As it is whenever it is asked, be it within a transaction of this store; empty where nothing was logged yet.
   * @throws RunStop 64 when there is a log elsewhere
   */
  loggedRuns(): LoggedRuns;
  /**
   * The first call in a transaction that has the database's write lock: what a run left that was killed between its two commits is settled.
   * @param rollback as of `TransactionOptions`: nothing is made, be it a file or a table
   * @throws RunStop 64 when there is a log elsewhere; RunStop 73 or 78 when there is one that cannot be used, or something else in its place
   */
  begin(rollback: boolean): ForeignLog;
  close(): void;
  /** As `Database.abandon`. */
  abandon(): void;
}

/**
 * The log in a transaction. Entries come with keys (`LoggedOperation.key`, `LoggedRow`), and their values are JSON as `jsonOf` makes it; those
 * of link sets are not kept, as the entries of the links say the same. Nothing is made, be it a file or a table, before there is something to
 * be logged.
 */
export interface ForeignLog {
  /** The log of one run. @throws RunStop 73 when none can be kept */
  openRun(facts: ChangeFacts): ChangeLog;
  /** The memory of a feed, and its id for `ChangeLog.finish`. @param log of the run that loads a file of it @throws RunStop 64 */
  openFeed(log: ChangeLog, name: FeedName, now: Date): { readonly id: number; readonly feed: Feed };
  /** @see StoreRun.takeBackFeeds @param log of the run that takes back */
  takeBackFeeds(log: ChangeLog, run: number): TakenBack;
  /** @see StoreTransaction.prune */
  prune(before: Date, facts: ChangeFacts): Promise<PrunedLog>;
  /** What is logged within is kept for the time being, or taken back when the work throws. */
  part<T>(work: () => Promise<T>): Promise<T>;
  /** The last call before the database commits. @throws RunStop 73 when the log cannot be kept: then nothing is written */
  beforeCommit(): void;
  /** The database has committed. */
  committed(): void;
  /** Nothing of it is in the database. May be called at any time, and twice. */
  takenBack(): void;
}
