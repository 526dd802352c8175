/** Who runs a job, so that nobody runs it twice at a time. */

/** Who holds a lock. */
export interface JobHolder {
  /** The job's name. */
  readonly job: string;
  /** Process id. */
  readonly process: number;
  readonly start: Date;
}

export interface JobLock {
  /** Who held it last and did not give it back; null: nobody. */
  readonly lost: JobHolder | null;
  /**
   * To be called before what must not be done without it: it may be lost with a connection, and is then taken again.
   * @throws RunStop 75 when it cannot be
   */
  hold(): Promise<void>;
  release(): Promise<void>;
}
