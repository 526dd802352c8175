/** The lock of a job at a server: one of a connection of its own, which the server frees when that ends, however it comes about. */
import { EXIT, RunStop } from "../../errors.ts";
import { databaseNamedTwice, jobIsRunning } from "../../messages/jobs.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import type { JobHolder, JobLock } from "../../store/job_holder.ts";
import { connect, type PostgresConnection } from "./connection.ts";
import { requireOurs } from "./marks.ts";
import { PostgresDatabase } from "./postgres_database.ts";

/** The table that says who holds the lock of a job. */
export const JOB_TABLE = "csvrecon_job";

export const JOB_STATEMENT = `CREATE TABLE ${JOB_TABLE} (
  job text COLLATE "C" PRIMARY KEY,
  process bigint NOT NULL, -- of whoever runs it, or has not come to its end
  start text COLLATE "C" NOT NULL, -- UTC
  holder text COLLATE "C", -- whose the row is, where nothing else locks the job
  until timestamptz -- so long; nobody else takes it before
)`;

/** Seconds. Nothing is waited for but the moment in which another says who it is. */
const WAIT = 1;

/** The number of a lock: of our schema, and of the job. */
const LOCK = "hashtextextended($1, 0)";

/** @throws RunStop 75 when another run holds it; 64 when this one does, by another address */
export async function takeJobLock(address: PostgresAddress, holder: JobHolder): Promise<JobLock> {
  const connection = await connect(address, { busyTimeoutSeconds: WAIT });
  try {
    const database = new PostgresDatabase(connection, { busyTimeoutSeconds: WAIT });
    await requireOurs(database);
    if (database.isPortable) return await (await import("./job_lease.ts")).takeJobLease(connection, holder);
    const name = `csvrecon ${address.schema} ${holder.job}`;
    const [row] = await connection.rows(`SELECT pg_try_advisory_lock(${LOCK})`, [name]);
    if (row?.[0] !== true) {
      throw await notFree(connection, holder);
    }
    const lost = await readHolder(connection, holder.job);
    await connection.run(
      `INSERT INTO ${JOB_TABLE} (job, process, start) VALUES ($1, $2, $3) ` +
        "ON CONFLICT (job) DO UPDATE SET process = excluded.process, start = excluded.start",
      [holder.job, holder.process, holder.start.toISOString()],
    );
    return { lost, release: () => release(connection, holder.job) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Somebody else runs the job; or this run has the lock already, as two addresses that look different lead to one database. */
export async function notFree(connection: PostgresConnection, holder: JobHolder): Promise<RunStop> {
  const { job, process, start } = holder;
  const other = await readHolder(connection, job);
  if (other?.process === process && other.start.getTime() === start.getTime()) {
    return new RunStop(EXIT.usage, [databaseNamedTwice(job, connection.address.name)]);
  }
  return new RunStop(EXIT.databaseLocked, [jobIsRunning(job, other)]);
}

/** Who held it goes while the lock is held, as the next one would write it again. */
async function release(connection: PostgresConnection, job: string): Promise<void> {
  try {
    await connection.run(`DELETE FROM ${JOB_TABLE} WHERE job = $1`, [job]);
  } catch {
    // The next run will warn of a run that was lost, and go on.
  }
  await connection.close();
}

export async function readHolder(connection: PostgresConnection, job: string): Promise<JobHolder | null> {
  const [row] = await connection.rows(`SELECT process, start FROM ${JOB_TABLE} WHERE job = $1`, [job]);
  return row === undefined ? null : { job, process: Number(row[0]), start: new Date(String(row[1])) };
}
