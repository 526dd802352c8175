/**
 * The lock of a job at servers that may have no locks of sessions: a row of which somebody is the holder for a time, and says again and again
 * that it still is. Whoever is gone without a word is waited for until then. Should it come to two holders, as when one of them stood still,
 * their transactions still come one after the other.
 */
import type { JobHolder, JobLock } from "../../store/job_holder.ts";
import { ConnectionLost } from "./connection_stops.ts";
import type { PostgresConnection } from "./postgres_connection.ts";
import { JOB_TABLE, notFree, notTakenAgain, readHolder } from "./postgres_job_lock.ts";

/** Seconds, by the clock of the server. */
const LEASE = 60;

/** Milliseconds: a renewal may be lost, and the next one is still in time. */
const BETWEEN_RENEWALS = LEASE * 1000 / 4;

const UNTIL = `now() + interval '${LEASE} seconds'`;

const IS_FREE = `${JOB_TABLE}.until IS NULL OR ${JOB_TABLE}.until < now()`;

/**
 * @param connection closed when the lock is released; by the caller when it throws
 * @param open connects anew when it is gone
 * @throws RunStop 75 when another run holds it
 */
export async function takeJobLease(
  connection: PostgresConnection,
  holder: JobHolder,
  open: () => Promise<PostgresConnection>,
): Promise<JobLock> {
  const before = await readHolder(connection, holder.job);
  const lease = new Lease(connection, holder, before, open);
  if (!await lease.take()) throw await notFree(connection, holder);
  lease.beginToRenew();
  return lease;
}

class Lease implements JobLock {
  readonly #own = crypto.randomUUID();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** One after the other: each may have to connect anew. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private connection: PostgresConnection,
    private readonly holder: JobHolder,
    readonly lost: JobHolder | null,
    private readonly open: () => Promise<PostgresConnection>,
  ) {}

  /** @returns whether nobody else has it */
  async take(): Promise<boolean> {
    const { job, process, start } = this.holder;
    const taken = await this.connection.run(
      `INSERT INTO ${JOB_TABLE} (job, process, start, holder, until) VALUES ($1, $2, $3, $4, ${UNTIL}) ` +
        "ON CONFLICT (job) DO UPDATE SET process = excluded.process, start = excluded.start, " +
        `holder = excluded.holder, until = excluded.until WHERE ${IS_FREE} OR ${JOB_TABLE}.holder = excluded.holder`,
      [job, process, start.toISOString(), this.#own],
    );
    return taken > 0;
  }

  beginToRenew(): void {
    // The next one may be in time.
    const timer = setInterval(() => void this.#renewed(() => this.#renew()).catch(() => {}), BETWEEN_RENEWALS);
    Deno.unrefTimer(timer);
    this.#timer = timer;
  }

  async hold(): Promise<void> {
    if (await this.#renewed(() => this.take())) return;
    throw await notTakenAgain(this.connection, this.holder);
  }

  #renew(): Promise<number> {
    const renew = `UPDATE ${JOB_TABLE} SET until = ${UNTIL} WHERE job = $1 AND holder = $2`;
    return this.connection.run(renew, [this.holder.job, this.#own]);
  }

  #renewed<T>(ask: () => Promise<T>): Promise<T> {
    const next = this.#last.then(() => this.#connected(ask));
    this.#last = next.catch(() => {});
    return next;
  }

  async #connected<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      const gone = this.connection;
      this.connection = await this.open();
      await gone.close();
      return await ask();
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const own = `DELETE FROM ${JOB_TABLE} WHERE job = $1 AND holder = $2`;
    try {
      await this.#renewed(() => this.connection.run(own, [this.holder.job, this.#own]));
    } catch {
      // It ends by itself.
    }
    await this.connection.close();
  }
}
