/**
 * The lock of a job, next to its database. `cmdb.db.nightly.lock` is an empty file in which SQLite holds a lock for us: the system
 * frees it when its process dies, however that comes about. (`Deno.FsFile.tryLock` would do, but is missing in Deno 2.4.) It is never
 * removed: whoever has just opened it would lock a file that others no longer see. `cmdb.db.nightly.running` says in JSON who holds
 * the lock, and is there as long.
 */
import { resolve } from "@std/path";
import { EXIT, reasonOf, RunStop, type StopMessage } from "../../errors.ts";
import { jobIsRunning, jobLockNotTaken } from "../../messages/jobs.ts";
import { Database } from "./connection.ts";
import type { JobHolder, JobLock } from "../../store/job_holder.ts";

/** Seconds. Who has just taken the lock needs a moment to say who it is. */
const BUSY_TIMEOUT = 0.2;

/**
 * Takes a lock, or says who has it.
 * @param database the path of the database
 * @throws RunStop 75 when another run holds it; RunStop 73 when there can be no lock
 */
export function takeJobLock(database: string, holder: JobHolder): JobLock {
  const stem = `${database}.${holder.job}`;
  const holderPath = `${stem}.running`;
  const lock = holdFile(`${stem}.lock`, () => jobIsRunning(holder.job, readHolder(holderPath)));
  try {
    const lost = readHolder(holderPath);
    writeHolder(holderPath, holder);
    return { lost, release: () => release(lock, holderPath) };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** @param isHeld what to say when somebody else holds it */
function holdFile(path: string, isHeld: () => StopMessage): Database {
  let lock: Database | null = null;
  try {
    lock = new Database({ path, file: resolve(path), busyTimeoutSeconds: BUSY_TIMEOUT });
    lock.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT * 1000}`);
    // Nothing is ever written to it: no journal either, so that there is nothing to repair after a kill.
    lock.exec("PRAGMA journal_mode = MEMORY");
    lock.exec("BEGIN EXCLUSIVE");
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

/** The holder's file goes while the lock is held, as the next one would write it again. */
function release(lock: Database, holderPath: string): void {
  try {
    Deno.removeSync(holderPath);
  } catch {
    // It is gone, or cannot go: the next run will warn of a run that was lost, and go on.
  }
  lock.close();
}

function writeHolder(path: string, holder: JobHolder): void {
  try {
    Deno.writeTextFileSync(path, JSON.stringify(holder) + "\n");
  } catch (error) {
    throw notTaken(path, error);
  }
}

function notTaken(path: string, cause: unknown): RunStop {
  const reason = reasonOf(cause);
  return new RunStop(EXIT.databaseNotWritable, [jobLockNotTaken(path, reason)], { cause });
}

/** Null: nobody, or nobody who could say so. */
function readHolder(path: string): JobHolder | null {
  try {
    const { job, process, start } = JSON.parse(Deno.readTextFileSync(path));
    const date = new Date(start);
    return isNaN(date.getTime()) ? null : { job: String(job), process: Number(process), start: date };
  } catch {
    // It is not there, or cut off: it only serves to tell people more.
    return null;
  }
}
