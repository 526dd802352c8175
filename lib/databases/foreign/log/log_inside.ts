/** The change log inside the database: tables of ours among its own, written in the transaction of the rows. */
import { EXIT, RunStop } from "../../../errors.ts";
import { changeLogElsewhere, notLogTables } from "../../../messages/foreign_log.ts";
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { LoggedRuns } from "../../../store/logged_runs.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { ForeignLog, ForeignLogs } from "../foreign_log.ts";
import { ForeignLoggedRuns } from "./foreign_logged_runs.ts";
import { LogFile } from "./log_file.ts";
import { findLogTables, logTableStatements, TABLES_INSIDE } from "./log_tables.ts";
import type { ForeignLogOptions } from "./open_foreign_log.ts";
import { WrittenLog } from "./written_log.ts";

export class LogsInside implements ForeignLogs {
  readonly file = null;

  constructor(private readonly database: Database, private readonly options: ForeignLogOptions) {}

  loggedRuns(): LoggedRuns {
    const { database, options } = this;
    this.#requireOnlyOne();
    const log = () => hasLog(database) ? database : null;
    return new ForeignLoggedRuns({ ...options, database, tables: TABLES_INSIDE, log, undone: () => [] });
  }

  begin(rollback: boolean): ForeignLog {
    this.#requireOnlyOne();
    return new LogInside(this.database, this.options.derived, !rollback);
  }

  /** Two logs would each know half of what was done. @throws RunStop 64 or 78 */
  #requireOnlyOne(): void {
    const { database } = this;
    if (hasLog(database) || !new LogFile(database).isThere) return;
    throw new RunStop(EXIT.usage, [changeLogElsewhere(database.path, "beside")]);
  }

  close(): void {
    // The store closes its connection.
  }

  abandon(): void {
    // So it does here.
  }
}

class LogInside extends WrittenLog {
  readonly tables = TABLES_INSIDE;
  #isThere = false;

  constructor(private readonly database: Database, derived: () => DerivedModel, keepsEntries: boolean) {
    super(derived, keepsEntries);
  }

  readable(): Database | null {
    return hasLog(this.database) ? this.database : null;
  }

  writable(): Database {
    if (this.#isThere) return this.database;
    if (!hasLog(this.database)) {
      for (const statement of logTableStatements(this.tables)) {
        this.database.exec(statement);
      }
    }
    this.#isThere = true;
    return this.database;
  }

  async part<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // The tables may have been made within.
      this.#isThere = false;
      throw error;
    }
  }

  beforeCommit(): void {
    // The database commits it with the rows.
  }

  committed(): void {
    this.#isThere = false;
  }

  takenBack(): void {
    this.#isThere = false;
  }
}

/** @throws RunStop 78 when something of others has the names */
function hasLog(database: Database): boolean {
  const { isThere, other } = findLogTables(database, TABLES_INSIDE);
  if (other !== null) throw new RunStop(EXIT.databaseNotUsable, [notLogTables(database.path, other)]);
  return isThere;
}
