/**
 * The change log in a file beside the database. Nothing can commit two files at once, so the log goes first: with the state `writing`, which
 * becomes `done` when the database has followed. Whoever has the database's write lock may write the log.
 */
import { EXIT, RunStop } from "../../../errors.ts";
import { changeLogElsewhere, changeLogGone } from "../../../messages/foreign_log.ts";
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { LoggedRuns } from "../../../store/logged_runs.ts";
import { TransactionLost } from "../../../store/store.ts";
import type { Database } from "../../sqlite/connection.ts";
import { withSavepoint } from "../../sqlite/transaction.ts";
import type { ForeignLog, ForeignLogs } from "../foreign_log.ts";
import { ForeignLoggedRuns, type LogReading } from "./foreign_logged_runs.ts";
import { hasTables, isEmpty, LogFile, logInMemory, makeTables } from "./log_file.ts";
import { findLogTables, TABLES_BESIDE, TABLES_INSIDE } from "./log_tables.ts";
import type { ForeignLogOptions } from "./open_foreign_log.ts";
import { areDone, markDone, markTakenBack, settleRuns, tellsOfRuns, unsettledRuns } from "./settle_runs.ts";
import { WrittenLog } from "./written_log.ts";

export class LogsBeside implements ForeignLogs {
  readonly file: string;
  readonly #connection: LogConnection;
  #current: LogBeside | null = null;

  constructor(private readonly database: Database, private readonly options: ForeignLogOptions) {
    const file = new LogFile(database);
    this.file = file.shown;
    this.#connection = new LogConnection(file);
  }

  loggedRuns(): LoggedRuns {
    const { database, options } = this;
    const log = this.#current?.readable() ?? this.#connection.opened();
    if (log === null) this.#requireNoneInside();
    const reading: LogReading = {
      ...options,
      database,
      tables: TABLES_BESIDE,
      log: () => this.#current?.readable() ?? this.#connection.opened(),
      undone: () => this.#current?.undone ?? this.#undone(),
    };
    return new ForeignLoggedRuns(reading);
  }

  begin(rollback: boolean): ForeignLog {
    const log = this.#connection.opened();
    if (log === null) this.#requireNoneInside();
    if (!rollback && log !== null && unsettledRuns(log).length > 0) this.#settle();
    const undone = rollback ? this.#undone() : [];
    return this.#current = new LogBeside(this.#connection, this.options.derived, { rollback, undone });
  }

  close(): void {
    this.#connection.close();
  }

  abandon(): void {
    this.#connection.abandon();
  }

  /** Two logs would each know half of what was done. @throws RunStop 64 */
  #requireNoneInside(): void {
    if (!findLogTables(this.database, TABLES_INSIDE).isThere) return;
    throw new RunStop(EXIT.usage, [changeLogElsewhere(this.database.path, "inside")]);
  }

  /** Runs whose rows are not in the database, before the next run says so. */
  #undone(): readonly number[] {
    const log = this.#connection.opened();
    const runs = log === null ? [] : unsettledRuns(log);
    if (log === null || runs.length === 0) return [];
    return areDone({ log, database: this.database, derived: this.options.derived() }, runs) ? [] : runs;
  }

  #settle(): void {
    const log = this.#connection.begin();
    try {
      settleRuns({ log, database: this.database, derived: this.options.derived() });
      this.#connection.commit();
    } catch (error) {
      this.#connection.rollBack();
      throw error;
    }
  }
}

/** The connection to the file, as soon as there is one. */
class LogConnection {
  #log: Database | null = null;

  constructor(private readonly file: LogFile) {}

  /** Null: there is no log yet. @throws RunStop 73 or 78 */
  opened(): Database | null {
    // It may have been removed, and another one made.
    if (this.#log !== null && !this.#log.isInPlace) this.close();
    if (this.#log === null && this.file.isThere) this.#log = this.file.open();
    return this.#log !== null && hasTables(this.#log) ? this.#log : null;
  }

  /** Begins to write, and makes the log if there is none. @throws RunStop 73, 75 or 78 */
  begin(): Database {
    for (;;) {
      if (this.#log !== null && !this.#log.isInPlace) this.close();
      this.file.make();
      const log = this.#log ??= this.file.open();
      log.exec("BEGIN IMMEDIATE");
      // Whoever has made it may have removed it again before the lock was free.
      if (log.isInPlace) return log;
      log.exec("ROLLBACK");
    }
  }

  /** Commits. @throws RunStop 73 or 75, and nothing is kept */
  commit(): void {
    if (this.#log?.isInPlace === true) this.#log.exec("COMMIT");
    if (this.#log?.isInPlace !== true) throw new RunStop(EXIT.databaseNotWritable, [changeLogGone(this.file.shown)]);
  }

  /** Takes back what is not committed. */
  rollBack(): void {
    const log = this.#log;
    if (log === null) return;
    quietly(() => log.exec("ROLLBACK"));
    this.#removeIf(log, isEmpty);
  }

  /** Takes back what is committed: the database did not follow. */
  takeBack(runs: readonly number[]): void {
    const log = this.#log;
    if (log === null) return;
    quietly(() => {
      log.exec("BEGIN IMMEDIATE");
      markTakenBack(log, runs);
      log.exec("COMMIT");
    });
    this.#removeIf(log, (one) => !tellsOfRuns(one));
  }

  /** A file of which nobody needs anything goes. */
  #removeIf(log: Database, isNeedless: (log: Database) => boolean): void {
    quietly(() => {
      if (!isNeedless(log)) return;
      log.exec("BEGIN IMMEDIATE");
      if (log.isInPlace && isNeedless(log)) this.file.remove();
      log.exec("ROLLBACK");
    });
    if (!log.isInPlace) this.close();
  }

  close(): void {
    this.#log?.close();
    this.#log = null;
  }

  abandon(): void {
    this.rollBack();
    this.#log?.abandon();
    this.#log = null;
  }
}

/** It matters less than what led to it, and the next run does it again. */
function quietly(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof RunStop) && !(error instanceof Error && "code" in error)) throw error;
  }
}

class LogBeside extends WrittenLog {
  readonly tables = TABLES_BESIDE;
  /** What is written to: the file within a transaction, or the memory of a simulation. */
  #open: Database | null = null;
  #isInMemory = false;
  /** Those that the log has committed, and the database has not yet. */
  #committed: readonly number[] = [];

  constructor(
    private readonly connection: LogConnection,
    derived: () => DerivedModel,
    private readonly state: { readonly rollback: boolean; readonly undone: readonly number[] },
  ) {
    super(derived, !state.rollback);
  }

  /** Runs whose rows are not in the database; null: the transaction is over, or has not begun to write. */
  get undone(): readonly number[] | null {
    return this.#open === null ? null : this.state.undone;
  }

  readable(): Database | null {
    return this.#open ?? this.connection.opened();
  }

  writable(): Database {
    if (this.#open !== null) return this.#open;
    this.#isInMemory = this.state.rollback && this.connection.opened() === null;
    const log = this.#isInMemory ? logInMemory() : this.connection.begin();
    this.#open = log;
    makeTables(log);
    // It is not said for good, but feeds are asked what they have.
    if (this.state.undone.length > 0) markTakenBack(log, this.state.undone);
    return log;
  }

  async part<T>(work: () => Promise<T>): Promise<T> {
    if (this.#open !== null) return await withSavepoint(this.#open, work);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransactionLost)) this.takenBack();
      throw error;
    }
  }

  beforeCommit(): void {
    if (this.#open === null || this.state.rollback) return;
    const runs = unsettledRuns(this.#open);
    this.connection.commit();
    this.#committed = runs;
  }

  committed(): void {
    const [log, runs] = this.#end();
    // If it cannot be said now, the next run finds it out.
    if (log !== null) quietly(() => markDone(log, runs));
  }

  takenBack(): void {
    const isInMemory = this.#isInMemory;
    const [log, runs] = this.#end();
    if (log === null) return;
    if (isInMemory) log.close();
    else if (runs.length > 0) this.connection.takeBack(runs);
    else this.connection.rollBack();
  }

  #end(): readonly [Database | null, readonly number[]] {
    const ended = [this.#open, this.#committed] as const;
    this.#open = null;
    this.#isInMemory = false;
    this.#committed = [];
    return ended;
  }
}
