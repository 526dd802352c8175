/** The lock of a job at a database: the door for `jobs/`. */
import type { JobHolder, JobLock } from "../store/job_holder.ts";
import * as sqlite from "./sqlite/sqlite_job_lock.ts";

/**
 * Takes the lock of a job, or says who has it.
 * @param path of the database
 * @throws RunStop 75 when another run holds it; RunStop 73 when there can be no lock
 */
export function takeJobLock(path: string, holder: JobHolder): Promise<JobLock> {
  return Promise.resolve(sqlite.takeJobLock(path, holder));
}
