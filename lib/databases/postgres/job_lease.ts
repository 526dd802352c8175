/**
 * The lock of a job at servers that may have no locks of sessions: a row of which somebody is the holder for a time, and says again and again
 * that it still is. Whoever is gone without a word is waited for until then. Should it come to two holders, as when one of them stood still,
 * their transactions still come one after the other.
 */
import type { JobHolder, JobLock } from "../../store/job_holder.ts";
import type { PostgresConnection } from "./postgres_connection.ts";
import { JOB_TABLE, notFree, readHolder } from "./postgres_job_lock.ts";

/** Seconds, by the clock of the server. */
const LEASE = 60;

/** Milliseconds: a renewal may be lost, and the next one is still in time. */
const BETWEEN_RENEWALS = LEASE * 1000 / 4;

const UNTIL = `now() + interval '${LEASE} seconds'`;

const IS_FREE = `${JOB_TABLE}.until IS NULL OR ${JOB_TABLE}.until < now()`;

/** @param connection closed when the lock is released; by the caller when it throws @throws RunStop 75 when another run holds it */
export async function takeJobLease(connection: PostgresConnection, holder: JobHolder): Promise<JobLock> {
  const { job, process, start } = holder;
  const own = crypto.randomUUID();
  const before = await readHolder(connection, job);
  const taken = await connection.run(
    `INSERT INTO ${JOB_TABLE} (job, process, start, holder, until) VALUES ($1, $2, $3, $4, ${UNTIL}) ` +
      "ON CONFLICT (job) DO UPDATE SET process = excluded.process, start = excluded.start, " +
      `holder = excluded.holder, until = excluded.until WHERE ${IS_FREE}`,
    [job, process, start.toISOString(), own],
  );
  if (taken === 0) {
    throw await notFree(connection, holder);
  }
  const renew = () =>
    void connection.run(`UPDATE ${JOB_TABLE} SET until = ${UNTIL} WHERE job = $1 AND holder = $2`, [job, own])
      // The next one may be in time.
      .catch(() => {});
  const timer = setInterval(renew, BETWEEN_RENEWALS);
  Deno.unrefTimer(timer);
  return {
    lost: before,
    async release() {
      clearInterval(timer);
      try {
        await connection.run(`DELETE FROM ${JOB_TABLE} WHERE job = $1 AND holder = $2`, [job, own]);
      } catch {
        // It ends by itself.
      }
      await connection.close();
    },
  };
}
