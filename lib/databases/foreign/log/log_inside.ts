/** The change log inside the database: tables of ours among its own, written in the transaction of the rows. */
import { EXIT, RunStop } from "../../../errors.ts";
import { notLogTables } from "../../../messages/foreign_log.ts";
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { LoggedRuns } from "../../../store/logged_runs.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { ForeignLog, ForeignLogs } from "../foreign_log.ts";
import { ForeignLoggedRuns } from "./foreign_logged_runs.ts";
import { logTableStatements, TABLES_INSIDE } from "./log_tables.ts";
import type { ForeignLogOptions } from "./open_foreign_log.ts";
import { WrittenLog } from "./written_log.ts";

export class LogsInside implements ForeignLogs {
  constructor(private readonly database: Database, private readonly options: ForeignLogOptions) {}

  loggedRuns(): LoggedRuns {
    const { database, options } = this;
    const log = () => hasLog(database) ? database : null;
    return new ForeignLoggedRuns({ ...options, database, tables: TABLES_INSIDE, log, undone: () => [] });
  }

  begin(rollback: boolean): ForeignLog {
    return new LogInside(this.database, this.options.derived, !rollback);
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

/** @throws RunStop 78 when tables of others have the names */
function hasLog(database: Database): boolean {
  const { change, operations } = TABLES_INSIDE;
  const found = [change, operations].filter((name) => columnsOf(database, name).length > 0);
  if (found.length === 0) return false;
  const other = !columnsOf(database, change).includes("last_op")
    ? change
    : !columnsOf(database, operations).includes("object_key")
    ? operations
    : null;
  if (other !== null) throw new RunStop(EXIT.databaseNotUsable, [notLogTables(database.path, other)]);
  return true;
}

function columnsOf(database: Database, table: string): readonly string[] {
  return database.prepare("SELECT name FROM pragma_table_info(?)").all(table).map((row) => String(row["name"]));
}
