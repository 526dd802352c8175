/** The lock of a job at a server: one of a connection of its own, which the server frees when that ends, however it comes about. */
import { EXIT, RunStop } from "../../errors.ts";
import { databaseNamedTwice, jobIsRunning, jobLockLost } from "../../messages/jobs.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import type { JobHolder, JobLock } from "../../store/job_holder.ts";
import { connect, ConnectionLost, type PostgresConnection } from "./connection.ts";
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
  const open = () => connect(address, { busyTimeoutSeconds: WAIT });
  const connection = await open();
  try {
    const database = new PostgresDatabase(connection, { busyTimeoutSeconds: WAIT });
    await requireOurs(database);
    if (database.isPortable) return await (await import("./job_lease.ts")).takeJobLease(connection, holder, open);
    if (!await isTaken(connection, holder)) throw await notFree(connection, holder);
    const lost = await readHolder(connection, holder.job);
    const lock = new SessionLock(connection, await sessionOf(connection), holder, lost, open);
    await lock.tellHolder();
    return lock;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** What tells a session from all others that the server has, or has had. */
interface Session {
  readonly process: number;
  readonly start: string;
}

class SessionLock implements JobLock {
  constructor(
    private connection: PostgresConnection,
    private session: Session,
    private readonly holder: JobHolder,
    readonly lost: JobHolder | null,
    private readonly open: () => Promise<PostgresConnection>,
  ) {}

  /** The session has it as long as it lives. */
  async hold(): Promise<void> {
    try {
      await this.connection.rows("SELECT 1");
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      await this.#takeAgain();
    }
  }

  async #takeAgain(): Promise<void> {
    const connection = await this.open();
    try {
      if (!await isTaken(connection, this.holder)) await this.#takeFromLost(connection);
      this.session = await sessionOf(connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
    const gone = this.connection;
    this.connection = connection;
    await gone.close();
    await this.tellHolder();
  }

  /** Where only the way to it is gone, the server still has our session. @throws RunStop 75 when somebody else has the lock */
  async #takeFromLost(connection: PostgresConnection): Promise<void> {
    const { process, start } = this.session;
    const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2";
    const [ended] = await connection.rows(end, [process, start]);
    for (let attempt = 0; ended !== undefined && attempt < END_ATTEMPTS; attempt++) {
      if (await isTaken(connection, this.holder)) return;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS));
    }
    throw await notTakenAgain(connection, this.holder);
  }

  async tellHolder(): Promise<void> {
    const { job, process, start } = this.holder;
    await this.connection.run(
      `INSERT INTO ${JOB_TABLE} (job, process, start) VALUES ($1, $2, $3) ` +
        "ON CONFLICT (job) DO UPDATE SET process = excluded.process, start = excluded.start",
      [job, process, start.toISOString()],
    );
  }

  /** Who held it goes while the lock is held, as the next one would write it again. Of somebody else's it says nothing. */
  async release(): Promise<void> {
    const { job, process, start } = this.holder;
    try {
      await this.hold();
      const own = `DELETE FROM ${JOB_TABLE} WHERE job = $1 AND process = $2 AND start = $3`;
      await this.connection.run(own, [job, process, start.toISOString()]);
    } catch {
      // The next run will warn of a run that was lost, and go on.
    }
    await this.connection.close();
  }
}

/** How often it is looked whether a session has ended, and after how many milliseconds again. */
const END_ATTEMPTS = 20;
const BETWEEN_ATTEMPTS = 100;

async function isTaken(connection: PostgresConnection, { job }: JobHolder): Promise<boolean> {
  const name = `csvrecon ${connection.address.schema} ${job}`;
  const [row] = await connection.rows(`SELECT pg_try_advisory_lock(${LOCK})`, [name]);
  return row?.[0] === true;
}

async function sessionOf(connection: PostgresConnection): Promise<Session> {
  const own = "SELECT backend_start::text FROM pg_stat_activity WHERE pid = $1";
  const [row] = await connection.rows(own, [connection.processId]);
  return { process: connection.processId, start: String(row?.[0]) };
}

/** Somebody else runs the job; or this run has the lock already, as two addresses that look different lead to one database. */
export async function notFree(connection: PostgresConnection, holder: JobHolder): Promise<RunStop> {
  const other = await readHolder(connection, holder.job);
  if (isSame(other, holder)) {
    return new RunStop(EXIT.usage, [databaseNamedTwice(holder.job, connection.address.name)]);
  }
  return new RunStop(EXIT.databaseLocked, [jobIsRunning(holder.job, other)]);
}

/** While the connection was away somebody else has begun. */
export async function notTakenAgain(connection: PostgresConnection, holder: JobHolder): Promise<RunStop> {
  const other = await readHolder(connection, holder.job);
  return new RunStop(EXIT.databaseLocked, [jobLockLost(holder.job, isSame(other, holder) ? null : other)]);
}

function isSame(one: JobHolder | null, { process, start }: JobHolder): boolean {
  return one?.process === process && one.start.getTime() === start.getTime();
}

export async function readHolder(connection: PostgresConnection, job: string): Promise<JobHolder | null> {
  const [row] = await connection.rows(`SELECT process, start FROM ${JOB_TABLE} WHERE job = $1`, [job]);
  return row === undefined ? null : { job, process: Number(row[0]), start: new Date(String(row[1])) };
}
