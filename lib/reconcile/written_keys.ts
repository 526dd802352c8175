/** Which keys may have been written since the database was last asked: reconciliation keys, or the values of a uniqueness rule. */
import { comparedForm, isPlainText } from "../compared_text.ts";
import type { StoredValue } from "../model/model.ts";

/** The binary logarithm of the size in bits: a few hundred keys make less than one wrong "maybe" in a million questions. */
const LOG_SIZE = 20;
/** The bit in which ASCII letters of the two cases differ. */
const CASE = 0x20;
/** The multiplier of the hash FNV-1a for 32 bits. */
const PRIME = 0x01000193;
/** Makes a second hash of the first: the golden ratio in 32 bits (Knuth, The Art of Computer Programming, 6.4). */
const GOLDEN_RATIO = 0x9e3779b1;

/**
 * A set that may say yes for no, and never no for yes: then a key is looked up once more than needed. It keeps two bits for each key, for
 * a set of texts costs more than all that is done with a row besides. Keys that the database finds equal are one key (`compared_text.ts`).
 */
export class WrittenKeys {
  readonly #bits: Uint32Array;
  #isEmpty = true;

  /** @param logSize the binary logarithm of the size in bits, at most 32 */
  constructor(private readonly logSize = LOG_SIZE) {
    this.#bits = new Uint32Array(2 ** logSize / 32);
  }

  add(key: readonly StoredValue[]): void {
    const hash = hashOf(key);
    this.#set(this.#firstBit(hash));
    this.#set(this.#secondBit(hash));
    this.#isEmpty = false;
  }

  /** Adds the key. @returns whether it may have been there */
  addOnce(key: readonly StoredValue[]): boolean {
    const hash = hashOf(key);
    const [first, second] = [this.#firstBit(hash), this.#secondBit(hash)];
    const mayHave = this.#isSet(first) && this.#isSet(second);
    this.#set(first);
    this.#set(second);
    this.#isEmpty = false;
    return mayHave;
  }

  mayHave(key: readonly StoredValue[]): boolean {
    if (this.#isEmpty) return false;
    const hash = hashOf(key);
    return this.#isSet(this.#firstBit(hash)) && this.#isSet(this.#secondBit(hash));
  }

  clear(): void {
    if (!this.#isEmpty) this.#bits.fill(0);
    this.#isEmpty = true;
  }

  #firstBit(hash: number): number {
    return hash >>> 32 - this.logSize;
  }

  #secondBit(hash: number): number {
    return Math.imul(hash, GOLDEN_RATIO) >>> 32 - this.logSize;
  }

  #set(bit: number): void {
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | 1 << (bit & 31);
  }

  #isSet(bit: number): boolean {
    return ((this.#bits[bit >>> 5] ?? 0) & 1 << (bit & 31)) !== 0;
  }
}

function hashOf(key: readonly StoredValue[]): number {
  let hash = 0;
  for (const value of key) hash = hashed(hash, typeof value === "string" ? value : String(value));
  return hash;
}

function hashed(start: number, text: string): number {
  const compared = isPlainText(text) ? text : comparedForm(text);
  let hash = start;
  for (let at = 0; at < compared.length; at++) hash = Math.imul(hash ^ (compared.charCodeAt(at) | CASE), PRIME);
  return hash;
}
