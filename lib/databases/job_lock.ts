/** The lock of a job at a database: the door for `jobs/`. */
import type { JobHolder, JobLock } from "../store/job_holder.ts";
import { namesServer } from "../server_address/postgres_address.ts";
import type { ServerWorld } from "./postgres/named_server.ts";
import * as sqlite from "./sqlite/sqlite_job_lock.ts";

/**
 * Takes the lock of a job, or says who has it.
 * @param path of the database, or the address of its server
 * @throws RunStop 75 when another run holds it; RunStop 73 when there can be no lock
 */
export async function takeJobLock(path: string, holder: JobHolder, world: ServerWorld = {}): Promise<JobLock> {
  if (!namesServer(path)) return sqlite.takeJobLock(path, holder);
  const { addressOf } = await import("./postgres/named_server.ts");
  const { takeJobLock } = await import("./postgres/postgres_job_lock.ts");
  return await takeJobLock(await addressOf(path, world), holder);
}
