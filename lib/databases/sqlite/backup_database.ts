/**
 * A sound copy of a database, made by SQLite inside the transaction of a run, before its first write: nothing can come between the copy
 * and the run. It bears its name only when it is complete.
 */
import { dirname } from "node:path";
import { Breath } from "../../breath.ts";
import { EXIT, RunStop } from "../../errors.ts";
import { systemReason } from "../../messages/system_reason.ts";
import { isInterrupted } from "../../interruption.ts";
import * as sentences from "../../messages/backups.ts";
import { sameFileAmong } from "../../same_file.ts";
import { pathFrom } from "../../working_folder.ts";
import { databaseFiles } from "../database_files.ts";
import { Database } from "./connection.ts";
import { copyDatabase, copyMarksBefore, damageOf } from "./copy_database.ts";
import { NotTheSame } from "./copy_table.ts";
import { APPLICATION_ID } from "./database.ts";
import {
  holdUnfinished,
  removeDatabase,
  removeLeftovers,
  reserveUnfinished,
  syncFolder,
} from "./unfinished_database.ts";

/** Less than a run may take: in KiB. */
const PAGE_CACHE = 4 * 1024;

/**
 * @param source in a transaction that has not written yet
 * @throws RunStop 73 when it cannot be made; then nothing of it is left. The reason of an interruption
 */
export async function backUp(source: Database, path: string): Promise<void> {
  await backUpWith(source, path, { whatIs, fill: (file) => fill(source, file, path) });
}

/** How a copy is made. */
export interface BackupMaker {
  /** What a file is that has the name already: an earlier backup is replaced. */
  whatIs(path: string, file: string): "backup" | "used" | "other" | "taken";
  /** Writes the copy into an empty file. */
  fill(file: string): Promise<void>;
}

/** The same however a copy is made. */
export async function backUpWith(source: Database, path: string, maker: BackupMaker): Promise<void> {
  const named = { path, file: pathFrom(source, path) };
  await requireFree(source, named, maker);
  removeLeftovers(named.file);
  const unfinished = reserve(named);
  try {
    await maker.fill(unfinished);
    syncFile(unfinished);
    Deno.renameSync(unfinished, named.file);
    syncFolder(dirname(named.file));
  } catch (error) {
    throw failure(path, error);
  } finally {
    removeDatabase(unfinished);
  }
}

interface NamedFile {
  readonly path: string;
  readonly file: string;
}

function reserve(named: NamedFile): string {
  try {
    return reserveUnfinished(named);
  } catch (error) {
    throw notMade(named.path, error instanceof RunStop && error.cause !== undefined ? error.cause : error);
  }
}

async function fill(source: Database, file: string, path: string): Promise<void> {
  const breath = new Breath(source.interruption);
  const target = new Database({ path, file, busyTimeoutSeconds: 0, isCopy: true });
  try {
    copyMarksBefore(source, target);
    holdUnfinished(target);
    // It is written to the disk when all of it is there.
    target.exec(`PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON`);
    target.exec(`PRAGMA cache_size = -${PAGE_CACHE}`);
    target.exec("BEGIN");
    await copyDatabase(source, target, breath);
    target.exec("COMMIT");
    const damage = await damageOf(target, breath);
    if (damage !== null) throw new NotTheSame(damage);
  } finally {
    target.close();
  }
}

function syncFile(file: string): void {
  using written = Deno.openSync(file, { read: true, write: true });
  written.syncSync();
}

/** What has the name already is replaced if it is an earlier backup, which nobody has worked with since. @throws RunStop 73 */
async function requireFree(source: Database, { path, file }: NamedFile, maker: BackupMaker): Promise<void> {
  if (await sameFileAmong(file, databaseFiles(source.path, source)) !== null) throw refused(path, "database");
  const info = await infoOf(path, file);
  if (info === null) return;
  if (!info.isFile) throw refused(path, "no_file");
  const found = maker.whatIs(path, file);
  if (found !== "backup") throw refused(path, found);
}

/** Of the name itself: a link would be replaced, and not what it leads to. */
async function infoOf(path: string, file: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.lstat(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    if (error instanceof Deno.errors.NotCapable) throw refused(path, "no_file");
    throw notMade(path, error);
  }
}

/** SQLite looks itself: the file may be a database that this process has open. */
function whatIs(path: string, file: string): "backup" | "used" | "other" {
  try {
    const database = new Database({ path, file, busyTimeoutSeconds: 0 });
    try {
      const id = database.prepare("PRAGMA application_id").get()?.["application_id"];
      if (id !== APPLICATION_ID) return "other";
      return database.prepare("PRAGMA journal_mode").get()?.["journal_mode"] === "delete" ? "backup" : "used";
    } finally {
      database.close();
    }
  } catch (error) {
    // No database, or one that somebody holds.
    if (error instanceof RunStop) return "other";
    throw error;
  }
}

function refused(path: string, what: sentences.InTheWay): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [sentences.backupInTheWay(path, what)]);
}

/** Whatever it was, the run must not go on: it would have no way back. Signals and bugs are what they are. */
function failure(path: string, error: unknown): unknown {
  if (error instanceof RunStop) {
    if (isInterrupted(error)) return error;
    const reason = error.messages.map(({ text }) => text).join("; ");
    return new RunStop(EXIT.databaseNotWritable, [sentences.backupNotMade(path, reason)], { cause: error });
  }
  if (error instanceof NotTheSame) {
    return new RunStop(EXIT.databaseNotWritable, [sentences.backupNotTheSame(path, error.message)], { cause: error });
  }
  const isFromSystem = error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError);
  return isFromSystem ? notMade(path, error) : error;
}

function notMade(path: string, cause: unknown): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [sentences.backupNotMade(path, systemReason(cause))], { cause });
}
