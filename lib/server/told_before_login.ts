/** What the operator is told of requests before their login: anybody can send those, and must not fill standard error with them. */

/** As many may be told of in a minute. */
const MOST_IN_A_MINUTE = 5;
const MINUTE = 60_000;

export class ToldBeforeLogin {
  /** Milliseconds since the epoch. */
  #since = -Infinity;
  #count = 0;

  /** Counts one more. @returns whether it may be told, and whether it is the last one for a while */
  next(now: Date): { readonly isTold: boolean; readonly isLast: boolean } {
    // A clock that was set back begins anew, too.
    if (Math.abs(now.getTime() - this.#since) >= MINUTE) {
      this.#since = now.getTime();
      this.#count = 0;
    }
    this.#count++;
    return { isTold: this.#count <= MOST_IN_A_MINUTE, isLast: this.#count === MOST_IN_A_MINUTE };
  }
}
