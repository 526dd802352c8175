/**
 * Decodes `%XX` and `+` in pieces that are cut anywhere. A percent sign without two hexadecimal digits stands for itself, as in the URL
 * Standard and in PHP.
 */

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const NO_DIGIT = -1;

/** Decoded bytes are handed on when there are so many. */
const BUFFER_BYTES = 16 * 1024;
/** What one byte may become at most, with what was held back: `%`, a digit, and itself. */
const MOST_BYTES_A_STEP = 3;

export class PercentDecoder {
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #used = 0;
  /** How many bytes of a `%XX` are held back: 0, 1 (the sign), or 2 (the sign and a digit). */
  #held = 0;
  /** The digit that is held back, as it was typed. */
  #digit = 0;

  /** @returns what is decoded, in pieces that are good until the next one */
  *push(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at++) {
      this.#step(bytes[at] ?? 0);
      if (this.#used > BUFFER_BYTES - MOST_BYTES_A_STEP) yield this.#taken();
    }
    if (this.#used > 0) yield this.#taken();
  }

  /** The text has ended: what was held back stands for itself. */
  *end(): Generator<Uint8Array> {
    this.#release();
    if (this.#used > 0) yield this.#taken();
  }

  #step(byte: number): void {
    if (this.#held === 0) this.#plain(byte);
    else if (digitOf(byte) === NO_DIGIT) {
      this.#release();
      this.#plain(byte);
    } else if (this.#held === 1) {
      this.#digit = byte;
      this.#held = 2;
    } else {
      this.#add(digitOf(this.#digit) * 16 + digitOf(byte));
      this.#held = 0;
    }
  }

  #plain(byte: number): void {
    if (byte === PERCENT) this.#held = 1;
    else this.#add(byte === PLUS ? SPACE : byte);
  }

  #release(): void {
    if (this.#held > 0) this.#add(PERCENT);
    if (this.#held > 1) this.#add(this.#digit);
    this.#held = 0;
  }

  #add(byte: number): void {
    this.#buffer[this.#used++] = byte;
  }

  #taken(): Uint8Array {
    const bytes = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    return bytes;
  }
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : NO_DIGIT;
}
