/**
 * The lock of a job, next to its database. `cmdb.db.nightly.lock` is an empty file in which SQLite holds a lock for us: the system
 * frees it when its process dies, however that comes about. (`Deno.FsFile.tryLock` would do, but is missing in Deno 2.4.) It is never
 * removed: whoever has just opened it would lock a file that others no longer see. `cmdb.db.nightly.running` says in JSON who holds
 * the lock, and is there as long. Neither is ever reached through a link: whoever may make links there could have any file emptied.
 */
import { basename, dirname, join, resolve } from "node:path";
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import { systemReason } from "../../messages/system_reason.ts";
import { jobIsRunning, jobLockNotTaken, lockIsNoFile } from "../../messages/jobs.ts";
import { Database } from "./connection.ts";
import type { JobHolder, JobLock } from "../../store/job_holder.ts";

/** Seconds. Who has just taken the lock needs a moment to say who it is. */
const BUSY_TIMEOUT = 0.2;

/** Bytes. Of what says who holds a lock, nobody writes more. */
const LONGEST_HOLDER = 4096;

/**
 * Takes a lock, or says who has it.
 * @param database the path of the database
 * @throws RunStop 75 when another run holds it; RunStop 73 when there can be no lock
 */
export function takeJobLock(database: string, holder: JobHolder): JobLock {
  const stem = `${withoutLinkedFolders(database)}.${holder.job}`;
  const holderPath = `${stem}.running`;
  const lock = holdFile(`${stem}.lock`, () => jobIsRunning(holder.job, readHolder(holderPath)));
  try {
    const lost = readHolder(holderPath);
    writeHolder(holderPath, holder);
    // The process has it as long as it lives.
    const hold = () => Promise.resolve();
    return { lost, hold, release: () => Promise.resolve(release(lock, holderPath)) };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** One file has one lock, whatever way leads to its folder. */
function withoutLinkedFolders(path: string): string {
  try {
    return join(Deno.realPathSync(dirname(path)), basename(path));
  } catch {
    // It is not there, or out of reach: to make the lock will tell so.
    return path;
  }
}

/** @param isHeld what to say when somebody else holds it */
function holdFile(path: string, isHeld: () => StopMessage): Database {
  makeLockFile(path);
  let lock: Database | null = null;
  try {
    lock = new Database({ path, file: resolve(path), busyTimeoutSeconds: BUSY_TIMEOUT });
    lock.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT * 1000}`);
    // Nothing ever reaches it: no journal either, so that there is nothing to repair after a kill.
    lock.exec("PRAGMA journal_mode = MEMORY");
    lock.exec("BEGIN EXCLUSIVE");
    // On a file that we may only read, as another user's, SQLite takes no lock and does not say so; this it refuses. Never committed.
    lock.exec("PRAGMA user_version = 1");
    return lock;
  } catch (error) {
    lock?.close();
    if (!(error instanceof RunStop)) throw error;
    // What SQLite says of the lock is not said of the database.
    const { cause } = error;
    if (error.exitCode === EXIT.databaseLocked) throw new RunStop(EXIT.databaseLocked, [isHeld()], { cause });
    throw notTaken(path, cause);
  }
}

/** SQLite itself would follow a link, and wait for the other end of a pipe. */
function makeLockFile(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true, mode: 0o644 }).close();
  } catch (error) {
    // Where it cannot be made for another reason SQLite says why.
    if (error instanceof Deno.errors.AlreadyExists && !isPlainFile(path)) throw notTaken(path, lockIsNoFile());
  }
}

function isPlainFile(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return false;
  }
}

/** The holder's file goes while the lock is held, as the next one would write it again. */
function release(lock: Database, holderPath: string): void {
  try {
    Deno.removeSync(holderPath);
  } catch {
    // It is gone, or cannot go: the next run will warn of a run that was lost, and go on.
  }
  lock.close();
}

/** What is there is removed and not written to: only its name is known, and it may be a link. */
function writeHolder(path: string, holder: JobHolder): void {
  try {
    removeIfThere(path);
    Deno.writeTextFileSync(path, JSON.stringify(holder) + "\n", { createNew: true });
  } catch (error) {
    throw notTaken(path, error);
  }
}

function removeIfThere(path: string): void {
  try {
    // A folder stays: an empty one would go, too.
    if (!Deno.lstatSync(path).isDirectory) Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function notTaken(path: string, cause: unknown): RunStop {
  const reason = systemReason(cause);
  return new RunStop(EXIT.databaseNotWritable, [jobLockNotTaken(path, reason)], { cause });
}

/** Null: nobody, or nobody who could say so. */
function readHolder(path: string): JobHolder | null {
  try {
    const { isFile, size } = Deno.lstatSync(path);
    if (!isFile || size > LONGEST_HOLDER) return null;
    const { job, process, start } = JSON.parse(Deno.readTextFileSync(path));
    const date = new Date(start);
    return isNaN(date.getTime()) ? null : { job: String(job), process: Number(process), start: date };
  } catch {
    // It is not there, or cut off: it only serves to tell people more.
    return null;
  }
}
