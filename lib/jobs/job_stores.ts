/** The databases of a job, open and locked for it. */
import { takeJobLock } from "../databases/job_lock.ts";
import { openToldStore } from "../databases/open_told_store.ts";
import type { ProgramIo } from "../io.ts";
import { placeOf } from "../same_file.ts";
import type { JobHolder, JobLock } from "../store/job_holder.ts";
import type { Store } from "../store/store.ts";
import { pathFrom } from "../working_folder.ts";
import type { Job, JobImport } from "./job.ts";

/** What a database needs of the world. */
type DatabaseIo = Pick<ProgramIo, "interruption" | "onStatement" | "workingFolder" | "env">;

/** The path of an import's database without links, or its place at a server, so that one database has one lock. */
export function databasePath({ settings, merged, serverPlace }: JobImport): string {
  return serverPlace ?? placeOf(pathFrom(merged, settings.database));
}

/** The place of the backup that an import names, however it is spelt; null: it names none. */
export function backupPlace({ settings, merged }: JobImport): string | null {
  return settings.backup === null ? null : placeOf(pathFrom(merged, settings.backup));
}

/** The place of an import's file, however it is spelt. */
export function inputPlace({ settings, merged }: JobImport): string {
  return settings.csvfile === "-" ? "-" : placeOf(pathFrom(merged, settings.csvfile));
}

export class JobStores {
  readonly #stores = new Map<string, Store>();
  /** Paths as they were when the job began: what they lead to may change, or go. */
  readonly #paths = new Map<JobImport, string>();
  readonly #locks = new Map<string, JobLock>();

  /**
   * Opens all databases of the job and takes the lock of each.
   * @throws RunStop 75 when the job is running already; RunStop 73 and 78 when a database cannot be used
   */
  static async open(job: Job, holder: JobHolder, io: DatabaseIo): Promise<JobStores> {
    const stores = new JobStores();
    try {
      for (const one of job.imports) await stores.#open(one, job, holder, io);
      return stores;
    } catch (error) {
      await stores.close();
      throw error;
    }
  }

  private constructor() {}

  /** Runs that held a lock before and did not come to their end. */
  get lostRuns(): readonly JobHolder[] {
    return [...this.#locks.values()].flatMap(({ lost }) => lost === null ? [] : [lost]);
  }

  of(one: JobImport): Store {
    const store = this.#stores.get(this.#paths.get(one) ?? "");
    if (store === undefined) throw new Error("the databases of a job are opened when it begins");
    return store;
  }

  /** To be called before an import: its database must be locked for this run. @throws RunStop 75 when another run has come between */
  async hold(one: JobImport): Promise<void> {
    await this.#locks.get(this.#paths.get(one) ?? "")?.hold();
  }

  async close(): Promise<void> {
    for (const store of this.#stores.values()) await store.close();
    for (const lock of this.#locks.values()) await lock.release();
  }

  async #open(
    one: JobImport,
    job: Job,
    holder: JobHolder,
    { interruption, onStatement, workingFolder, env }: DatabaseIo,
  ): Promise<void> {
    const path = databasePath(one);
    this.#paths.set(one, path);
    if (this.#stores.has(path)) return;
    const timeouts = job.imports.filter((other) => databasePath(other) === path).map((other) =>
      other.settings.busyTimeout
    );
    const options = { busyTimeoutSeconds: Math.max(...timeouts), interruption, onStatement, workingFolder, env };
    const { settings: { database, foreign }, merged: { database: kind } } = one;
    this.#stores.set(path, await openToldStore(database, { ...options, kind, foreign }));
    const named = one.serverPlace === null ? path : database;
    this.#locks.set(path, await takeJobLock(named, holder, { workingFolder, env }));
  }
}
