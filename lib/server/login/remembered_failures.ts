/** Failed logins of a server that must not wait for the one who writes: they count at once, and are written down as soon as they can be. */
import { EXIT, RunStop } from "../../errors.ts";
import type { FailedAttempts, LoginFailures, WrittenFailures } from "../../store/failed_logins.ts";

const MILLISECONDS_BETWEEN_TRIES = 250;

/** As many as may wait: an attacker must not fill the memory. The oldest are lost then, not those of the login that is guessed at now. */
const MOST_WAITING = 10_000;

/** What is known better than by the database; null: that there are no failures. */
type Known = FailedAttempts | null;

/** The failures of a database, and those that wait to be written into it. */
export class RememberedFailures implements LoginFailures {
  readonly #waiting = new Map<string, Known>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param written those of the database; it must not wait for a lock */
  constructor(readonly written: WrittenFailures) {}

  read(counted: string): FailedAttempts | null {
    const known = this.#waiting.get(counted);
    return known === undefined ? this.written.read(counted) : known;
  }

  write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): boolean {
    return this.#isDoneAtOnce(counted, () => this.written.write(counted, next)) ||
      this.#keep(counted, next(this.read(counted)));
  }

  clear(counted: string): boolean {
    if (this.read(counted) === null) return true;
    return this.#isDoneAtOnce(counted, () => this.written.clear(counted)) || this.#keep(counted, null);
  }

  /** Writes what waits, all of it in one transaction. @returns whether nothing waits any more */
  flush(): boolean {
    if (this.#waiting.size > 0 && !isDone(() => this.written.writeAll(this.#waiting))) return false;
    this.#waiting.clear();
    return true;
  }

  /** Tries for the last time. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.flush();
  }

  #keep(counted: string, known: Known): boolean {
    this.#waiting.delete(counted);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    this.#waiting.set(counted, known);
    this.#flushOrWait();
    return !this.#waiting.has(counted);
  }

  #flushOrWait(): void {
    if (this.#timer !== null || this.flush()) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flushOrWait();
    }, MILLISECONDS_BETWEEN_TRIES);
  }

  /** What comes behind something that waits must wait too. */
  #isDoneAtOnce(counted: string, write: () => boolean): boolean {
    return !this.#waiting.has(counted) && isDone(write);
  }
}

function isDone(write: () => boolean): boolean {
  try {
    return write();
  } catch (error) {
    // The disk is full, or the database is gone: the failures count all the same.
    if (error instanceof RunStop && error.exitCode !== EXIT.bug) return false;
    throw error;
  }
}
