/** Bytes in memory, in one piece, up to a limit: room for all of them is made only when they come. */

/** Most of what is kept is short. */
const FIRST_BYTES = 2048;

export class GrowingBytes {
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #used = 0;

  /** @param most bytes */
  constructor(readonly most: number) {}

  /** How many there are. */
  get used(): number {
    return this.#used;
  }

  /** How many more there may be. */
  get left(): number {
    return this.most - this.#used;
  }

  /** Those that there are: good until something changes. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#used);
  }

  /** Appends a copy, for which there is to be room (`left`). */
  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Appends what is written into a piece of this length, for which there is to be room. @param write tells how much it has written */
  fill(length: number, write: (piece: Uint8Array) => number): void {
    this.#room(length);
    this.#used += write(this.#buffer.subarray(this.#used, this.#used + length));
  }

  clear(): void {
    this.#used = 0;
  }

  #room(length: number): void {
    const needed = this.#used + length;
    if (needed <= this.#buffer.length) return;
    const longer = new Uint8Array(Math.min(this.most, Math.max(FIRST_BYTES, needed, 2 * this.#buffer.length)));
    longer.set(this.bytes);
    this.#buffer = longer;
  }
}
