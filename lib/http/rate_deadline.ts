/** When a transfer has been too slow. Bytes buy time: each a fraction of a second, but never more ahead than the span of the average. */

/** Times are milliseconds, and pass only while the other end is waited for. */
export class RateDeadline {
  #left: number;

  /**
   * @param bytesPerSecond the least
   * @param rateSeconds the most that may be waited ahead of the bytes: they buy time at the rate, and none beyond this is kept
   */
  constructor(private readonly bytesPerSecond: number, private readonly rateSeconds: number) {
    this.#left = rateSeconds * 1000;
  }

  /** How long may still be waited; 0 or less: it has been too long. */
  get left(): number {
    return this.#left;
  }

  /** @param milliseconds that were waited */
  waited(milliseconds: number): void {
    this.#left -= milliseconds;
  }

  arrived(bytes: number): void {
    this.#left = Math.min(this.rateSeconds * 1000, this.#left + bytes * 1000 / this.bytesPerSecond);
  }
}
