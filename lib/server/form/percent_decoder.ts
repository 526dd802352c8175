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
/** With more in the buffer there may be no room for a step. */
const FULL_BYTES = BUFFER_BYTES - MOST_BYTES_A_STEP;

/** The values of hexadecimal digits by their codes. */
const DIGITS = Int8Array.from(
  { length: 256 },
  (_, code) => "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase()),
);

export class PercentDecoder {
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #used = 0;
  /** How many bytes of a `%XX` are held back: 0, 1 (the sign), or 2 (the sign and a digit). */
  #held = 0;
  /** The digit that is held back, as it was typed. */
  #digit = 0;

  /** Whether a part of a `%XX` was read. */
  get isHolding(): boolean {
    return this.#held > 0;
  }

  /** @returns what is decoded, in pieces that are good until the next one */
  *push(bytes: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#held === 0) at = this.#run(bytes, at);
      if (this.#used > FULL_BYTES) yield this.#taken();
      else if (at < bytes.length) this.#step(bytes[at++] ?? 0);
    }
    if (this.#used > 0) yield this.#taken();
  }

  /** The text has ended: what was held back stands for itself. */
  *end(): Generator<Uint8Array> {
    this.#release();
    if (this.#used > 0) yield this.#taken();
  }

  /** The same as many steps, but for a percent sign that the piece does not say the meaning of. @returns where it stopped */
  #run(bytes: Uint8Array, from: number): number {
    const buffer = this.#buffer;
    let used = this.#used;
    let at = from;
    for (; at < bytes.length && used <= FULL_BYTES; at++) {
      const byte = bytes[at] ?? 0;
      if (byte !== PERCENT) buffer[used++] = byte === PLUS ? SPACE : byte;
      else {
        const high = digitOf(bytes[at + 1]);
        const low = digitOf(bytes[at + 2]);
        if (high < 0 || low < 0) break;
        buffer[used++] = high * 16 + low;
        at += 2;
      }
    }
    this.#used = used;
    return at;
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

/** @param byte undefined: behind the end of the piece */
function digitOf(byte: number | undefined): number {
  return byte === undefined ? NO_DIGIT : DIGITS[byte] ?? NO_DIGIT;
}
