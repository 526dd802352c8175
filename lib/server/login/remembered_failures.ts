/** Failed logins of a server that must not wait for the one who writes: they count at once, and are written down as soon as they can be. */
import { EXIT, RunStop } from "../../errors.ts";
import type { FailedAttempts, LoginFailures, WrittenFailures } from "../../store/failed_logins.ts";
import { Semaphore } from "./semaphore.ts";

const MILLISECONDS_BETWEEN_TRIES = 250;

/** As many as may wait: an attacker must not fill the memory. The oldest are lost then, not those of the login that is guessed at now. */
const MOST_WAITING = 10_000;

/** What is known better than by the database; null: that there are no failures. */
type Known = FailedAttempts | null;

/** The failures of a database, and those that wait to be written into it. */
export class RememberedFailures implements LoginFailures {
  readonly #waiting = new Map<string, Known>();
  /** What is written down must not change meanwhile. */
  readonly #writing = new Semaphore(1);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  /** @param written those of the database; it must not wait for a lock */
  constructor(readonly written: WrittenFailures) {}

  async read(counted: string): Promise<FailedAttempts | null> {
    const known = this.#waiting.get(counted);
    return known === undefined ? await this.written.read(counted) : known;
  }

  async write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): Promise<boolean> {
    return await this.#writing.run(async () =>
      await this.#isDoneAtOnce(counted, () => this.written.write(counted, next)) ||
      await this.#keep(counted, next(await this.read(counted)))
    );
  }

  async clear(counted: string): Promise<boolean> {
    return await this.#writing.run(async () => {
      if (await this.read(counted) === null) return true;
      return await this.#isDoneAtOnce(counted, () => this.written.clear(counted)) || await this.#keep(counted, null);
    });
  }

  /** Writes what waits, all of it in one transaction. @returns whether nothing waits any more */
  async flush(): Promise<boolean> {
    return await this.#writing.run(() => this.#flush());
  }

  /** Tries for the last time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.flush();
  }

  async #keep(counted: string, known: Known): Promise<boolean> {
    this.#waiting.delete(counted);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    this.#waiting.set(counted, known);
    await this.#flushOrWait();
    return !this.#waiting.has(counted);
  }

  async #flushOrWait(): Promise<void> {
    if (this.#timer !== null || this.#isClosed || await this.#flush()) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#writing.run(() => this.#flushOrWait());
    }, MILLISECONDS_BETWEEN_TRIES);
  }

  async #flush(): Promise<boolean> {
    if (this.#waiting.size > 0 && !await isDone(() => this.written.writeAll(this.#waiting))) return false;
    this.#waiting.clear();
    return true;
  }

  /** What comes behind something that waits must wait too. */
  async #isDoneAtOnce(counted: string, write: () => Promise<boolean>): Promise<boolean> {
    return !this.#waiting.has(counted) && await isDone(write);
  }
}

async function isDone(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write();
  } catch (error) {
    // The disk is full, or the database is gone: the failures count all the same.
    if (error instanceof RunStop && error.exitCode !== EXIT.bug) return false;
    throw error;
  }
}
