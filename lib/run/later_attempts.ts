/**
 * Attempts to be counted that are made while a transaction is open: each is written in a transaction of its own, which can begin only when
 * the other has ended, and must not be taken back with it.
 */
import { RunStop } from "../errors.ts";
import type { FailedAttempts, LoginFailures } from "../store/failed_logins.ts";

interface Attempt {
  readonly counted: string;
  /** What is counted then; null: nothing any more. */
  readonly next: ((before: FailedAttempts | null) => FailedAttempts) | null;
}

export class LaterAttempts implements LoginFailures {
  #attempts: Attempt[] = [];

  constructor(private readonly failures: LoginFailures) {}

  /** As if all of them were written. */
  async read(counted: string): Promise<FailedAttempts | null> {
    let attempts = await this.failures.read(counted);
    for (const one of this.#attempts) if (one.counted === counted) attempts = one.next?.(attempts) ?? null;
    return attempts;
  }

  write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): Promise<boolean> {
    this.#attempts.push({ counted, next });
    return Promise.resolve(true);
  }

  clear(counted: string): Promise<boolean> {
    this.#attempts.push({ counted, next: null });
    return Promise.resolve(true);
  }

  /** Forgets them: what has led to them will be done again. */
  forget(): void {
    this.#attempts = [];
  }

  /** To be called when the transaction has ended. */
  async writeNow(): Promise<void> {
    const attempts = this.#attempts;
    this.#attempts = [];
    try {
      for (const { counted, next } of attempts) {
        if (next === null) await this.failures.clear(counted);
        else await this.failures.write(counted, next);
      }
    } catch (error) {
      // What became of the imports is known, and stands, be it that the disk is full.
      if (!(error instanceof RunStop)) throw error;
    }
  }
}
