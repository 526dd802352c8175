/**
 * The change log of a database that we did not make, in a transaction: beside the database, inside it, or nowhere. A log beside it is
 * another file with a connection of its own, and both cannot be committed at once: what is logged is committed before the rows are, and
 * marked as done behind them.
 */
import type { ChangeFacts } from "../../store/changes.ts";
import type { ChangeLog } from "../sqlite/sqlite_change_log.ts";

/**
 * Entries come with keys (`LoggedOperation.key`, `LoggedRow`), and their values are JSON as `jsonOf` makes it; only those of link sets are
 * texts as they are. Nothing is made, be it a file or a table, before there is something to be logged.
 */
export interface ForeignLog {
  /** The log of one run. */
  openRun(facts: ChangeFacts): ChangeLog;
  /** What is logged within is kept for the time being, or taken back when the work throws. */
  part<T>(work: () => Promise<T>): Promise<T>;
  /** The last call before the database commits. @throws RunStop 73 when the log cannot be kept: then nothing is written */
  beforeCommit(): void;
  /** The database has committed. */
  committed(): void;
  /** Nothing of it is in the database. May be called at any time, and twice. */
  takenBack(): void;
}
