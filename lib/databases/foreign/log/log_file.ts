/** The file beside a database that has its change log: where it is, how it is made, and what it must be. */
import { EXIT, RunStop } from "../../../errors.ts";
import { changeLogNotMade, changeLogNotOpened, changeLogTooNew, notAChangeLog } from "../../../messages/foreign_log.ts";
import { pathFrom } from "../../../working_folder.ts";
import { Database } from "../../sqlite/connection.ts";
import { setBusyTimeout } from "../../sqlite/transaction.ts";
import { syncFolder } from "../../sqlite/unfinished_database.ts";
import { dirname } from "node:path";
import { giveRightsOf } from "./log_rights.ts";
import {
  findLogTables,
  LOG_APPLICATION_ID,
  LOG_ENDING,
  LOG_VERSION,
  logTableStatements,
  TABLES_BESIDE,
} from "./log_tables.ts";

/** As our databases have it. */
const PAGE_BYTES = 16 * 1024;

/** In KiB. It is written from front to back. */
const PAGE_CACHE = 2 * 1024;

export class LogFile {
  /** Where it is, or would be: beside the database, and not beside a link to it. */
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  readonly #databaseFile: string;

  constructor(private readonly database: Database) {
    const typed = pathFrom(database, database.path);
    this.#databaseFile = realPath(typed);
    this.path = this.#databaseFile + LOG_ENDING;
    this.shown = (isLink(typed) ? this.#databaseFile : database.path) + LOG_ENDING;
  }

  /** Whether there is something that may be a log. A file without content is what a killed program leaves. @throws RunStop 73 or 78 */
  get isThere(): boolean {
    const size = this.#size();
    return size !== null && size > 0;
  }

  /** Makes an empty file, unless there is one, which nobody may use who may not use the database. @throws RunStop 73 or 78 */
  make(): void {
    const size = this.#size();
    if (size !== null && size > 0) return;
    try {
      if (size === null) Deno.openSync(this.path, { createNew: true, write: true, mode: 0o600 }).close();
      else if (!Deno.lstatSync(this.path).isFile) throw this.#noFile();
      giveRightsOf(this.#databaseFile, this.path);
      syncFolder(dirname(this.path));
    } catch (error) {
      if (error instanceof RunStop) throw error;
      throw new RunStop(EXIT.databaseNotWritable, [changeLogNotMade(this.shown)], { cause: error });
    }
  }

  /** Opens what is there. It may have no tables yet, if it is empty. @throws RunStop 73 or 78 */
  open(): Database {
    const { busyTimeoutSeconds, workingFolder, interruption } = this.database;
    const named = { path: this.shown, file: this.path, busyTimeoutSeconds, workingFolder, interruption };
    try {
      const log = new Database(named);
      try {
        prepare(log);
        this.#check(log);
        return log;
      } catch (error) {
        log.close();
        throw error;
      }
    } catch (error) {
      throw this.#translated(error);
    }
  }

  /** Removes what has no content. To be called under its lock. */
  remove(): void {
    try {
      Deno.removeSync(this.path);
    } catch {
      // Somebody else did; or it stays as it is.
    }
  }

  /** Null: nothing is there. @throws RunStop 73 or 78 */
  #size(): number | null {
    try {
      const { isFile, size } = Deno.statSync(this.path);
      if (!isFile) throw this.#noFile();
      return size;
    } catch (error) {
      if (error instanceof RunStop) throw error;
      // What a link that leads nowhere means nobody knows.
      if (error instanceof Deno.errors.NotFound && !isLink(this.path)) return null;
      throw new RunStop(EXIT.databaseNotWritable, [changeLogNotOpened(this.shown)], { cause: error });
    }
  }

  #check(log: Database): void {
    // The first look takes back what a killed program has left half.
    const id = numberOf(log, "application_id");
    if (this.#size() === 0) return;
    if (id !== LOG_APPLICATION_ID) throw this.#somethingElse();
    const version = numberOf(log, "user_version");
    if (version > LOG_VERSION) {
      throw new RunStop(EXIT.databaseNotUsable, [changeLogTooNew(this.shown, version, LOG_VERSION)]);
    }
    if (findLogTables(log, TABLES_BESIDE).other !== null) throw this.#somethingElse();
  }

  /** Such as a folder: no log can be made there. */
  #noFile(): RunStop {
    return new RunStop(EXIT.databaseNotWritable, [notAChangeLog(this.shown)]);
  }

  #somethingElse(): RunStop {
    return new RunStop(EXIT.databaseNotUsable, [notAChangeLog(this.shown)]);
  }

  /** Sentences about databases would send people the wrong way. */
  #translated(error: unknown): unknown {
    if (!(error instanceof RunStop) || error.cause === undefined) return error;
    if (error.exitCode === EXIT.databaseNotUsable) return this.#somethingElse();
    if (error.exitCode !== EXIT.databaseNotWritable) return error;
    return new RunStop(EXIT.databaseNotWritable, [changeLogNotOpened(this.shown)], { cause: error });
  }
}

/** What is kept of a run that is only simulated, where there is no log. */
export function logInMemory(): Database {
  const log = new Database({ path: "the change log in memory", file: ":memory:", busyTimeoutSeconds: 0 });
  makeTables(log);
  return log;
}

/** Within a transaction, so that there is never half of a log. */
export function makeTables(log: Database): void {
  if (hasTables(log)) return;
  for (const statement of logTableStatements(TABLES_BESIDE)) log.exec(statement);
  log.exec(`PRAGMA application_id = ${LOG_APPLICATION_ID}`);
  log.exec(`PRAGMA user_version = ${LOG_VERSION}`);
}

export function hasTables(log: Database): boolean {
  return log.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'change_op'").get() !== undefined;
}

/** Whether nothing at all is in it. */
export function isEmpty(log: Database): boolean {
  return log.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
}

function prepare(log: Database): void {
  setBusyTimeout(log, log.busyTimeoutSeconds);
  log.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
  log.exec("PRAGMA synchronous = FULL");
  log.exec(`PRAGMA cache_size = -${PAGE_CACHE}`);
  log.exec("PRAGMA trusted_schema = OFF");
  log.exec("PRAGMA cell_size_check = ON");
}

function numberOf(log: Database, pragma: string): number {
  return Number(log.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

function realPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    // It was moved away meanwhile: the database will tell.
    return path;
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}
