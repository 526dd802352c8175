/** Which reconciliation keys may have been written since the database was last asked. */
import type { StoredValue } from "../model/model.ts";

/** In bits, a power of two: a thousand keys make one wrong "maybe" in a thousand questions. */
const SIZE = 2 ** 20;
const BLANK = 0x20;
/** The bit in which ASCII letters of the two cases differ. */
const CASE = 0x20;
/** The multiplier of the hash FNV-1a for 32 bits. */
const PRIME = 0x01000193;

/**
 * A set that may say yes for no, and never no for yes: then a key is looked up once more than needed. It keeps one bit for each key, for
 * a set of texts costs more than all that is done with a row besides. Keys that the database finds equal are one key: case and blanks at
 * the end do not count.
 */
export class WrittenKeys {
  readonly #bits = new Uint32Array(SIZE / 32);
  #isEmpty = true;

  add(key: readonly StoredValue[]): void {
    const bit = bitOf(key);
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | 1 << (bit & 31);
    this.#isEmpty = false;
  }

  mayHave(key: readonly StoredValue[]): boolean {
    if (this.#isEmpty) return false;
    const bit = bitOf(key);
    return ((this.#bits[bit >>> 5] ?? 0) & 1 << (bit & 31)) !== 0;
  }

  clear(): void {
    if (!this.#isEmpty) this.#bits.fill(0);
    this.#isEmpty = true;
  }
}

function bitOf(key: readonly StoredValue[]): number {
  let hash = 0;
  for (const value of key) hash = hashed(hash, typeof value === "string" ? value : String(value));
  return (hash ^ hash >>> 15) & SIZE - 1;
}

function hashed(start: number, text: string): number {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === BLANK) end--;
  let hash = start;
  for (let at = 0; at < end; at++) hash = Math.imul(hash ^ (text.charCodeAt(at) | CASE), PRIME);
  return hash;
}
