/** Collects the header lines of a part, which may come in pieces. */

/** Nobody needs more: the longest name of a file, and some. */
const MOST_BYTES = 16 * 1024;
const LINE_BREAK = [0x0d, 0x0a] as const;

export class PartHeaderBlock {
  readonly most = MOST_BYTES;
  readonly #bytes = new Uint8Array(MOST_BYTES);
  #used = 0;

  /** @returns how many of the bytes belong to the headers when these are whole; null: all of them, and there is more to come */
  push(bytes: Uint8Array): number | "too_large" | null {
    for (let at = 0; at < bytes.length; at++) {
      if (this.#used === MOST_BYTES) return "too_large";
      this.#bytes[this.#used++] = bytes[at] ?? 0;
      if (this.#isWhole()) return at + 1;
    }
    return null;
  }

  /** The lines without the blank one behind them; null: there are none. */
  take(): Uint8Array | null {
    return this.#taken(this.#used - LINE_BREAK.length);
  }

  /** The same when a boundary, line break and all, stands where the blank line was to come. */
  atBoundary(): Uint8Array | null {
    return this.#taken(this.#used);
  }

  #taken(length: number): Uint8Array | null {
    const bytes = this.#bytes.subarray(0, length);
    this.#used = 0;
    return this.#endsWithBreak(length) ? bytes : null;
  }

  /** A blank line: two line breaks, or one at the start. */
  #isWhole(): boolean {
    const length = this.#used;
    if (!this.#endsWithBreak(length)) return false;
    return length === LINE_BREAK.length || this.#endsWithBreak(length - LINE_BREAK.length);
  }

  #endsWithBreak(length: number): boolean {
    const [cr, lf] = LINE_BREAK;
    return length >= LINE_BREAK.length && this.#bytes[length - 2] === cr && this.#bytes[length - 1] === lf;
  }
}
