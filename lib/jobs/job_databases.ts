/** The databases of a job, open and locked for it. */
import { resolve } from "@std/path";
import type { ProgramIo } from "../io.ts";
import { takeJobLock } from "../databases/sqlite/sqlite_job_lock.ts";
import type { JobHolder, JobLock } from "../store/job_holder.ts";
import { type Database, openDatabase } from "../databases/sqlite/database.ts";
import { pathFrom } from "../working_folder.ts";
import type { Job, JobImport } from "./job.ts";

/** What a database needs of the world. */
type DatabaseIo = Pick<ProgramIo, "interruption" | "onStatement" | "workingFolder">;

/** The path of an import's database without links, so that one database has one lock. */
export function databasePath({ settings, merged }: JobImport): string {
  const path = pathFrom(merged, settings.database);
  try {
    return Deno.realPathSync(path);
  } catch {
    // It is not there, or out of reach: to open it will tell so.
    return resolve(path);
  }
}

export class JobDatabases {
  readonly #databases = new Map<string, Database>();
  readonly #locks: JobLock[] = [];

  /**
   * Opens all databases of the job and takes the lock of each.
   * @throws RunStop 75 when the job is running already; RunStop 73 and 78 when a database cannot be used
   */
  constructor(job: Job, holder: JobHolder, io: DatabaseIo) {
    try {
      for (const one of job.imports) this.#open(one, job, holder, io);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Runs that held a lock before and did not come to their end. */
  get lostRuns(): readonly JobHolder[] {
    return this.#locks.flatMap(({ lost }) => lost === null ? [] : [lost]);
  }

  of(one: JobImport): Database {
    const database = this.#databases.get(databasePath(one));
    if (database === undefined) throw new Error("the databases of a job are opened when it begins");
    return database;
  }

  close(): void {
    for (const database of this.#databases.values()) database.close();
    for (const lock of this.#locks) lock.release();
  }

  #open(
    one: JobImport,
    job: Job,
    holder: JobHolder,
    { interruption, onStatement, workingFolder }: DatabaseIo,
  ): void {
    const path = databasePath(one);
    if (this.#databases.has(path)) return;
    const timeouts = job.imports.filter((other) => databasePath(other) === path).map((other) =>
      other.settings.busyTimeout
    );
    const options = { busyTimeoutSeconds: Math.max(...timeouts), interruption, onStatement, workingFolder };
    const database = openDatabase(one.settings.database, options);
    this.#databases.set(path, database);
    this.#locks.push(takeJobLock(path, holder));
  }
}
