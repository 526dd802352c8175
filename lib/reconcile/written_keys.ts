/** Which keys may have been written since the database was last asked: reconciliation keys, or the values of a uniqueness rule. */
import { comparedForm, isPlainText } from "../compared_text.ts";
import type { StoredValue } from "../model/model.ts";

/** The binary logarithm of the size in bits: a few hundred keys make less than one wrong "maybe" in a million questions. */
const LOG_SIZE = 20;
/** So many keys are looked through faster than a set is made. */
const FEW = 32;
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
  /** Hashes, as long as there are few keys: a small file needs no set. */
  #few: number[] = [];
  /** Null: there were never more than a few keys. */
  #bits: Uint32Array | null = null;
  #isEmpty = true;

  /** @param logSize the binary logarithm of the size in bits, at most 32 */
  constructor(private readonly logSize = LOG_SIZE) {}

  add(key: readonly StoredValue[]): void {
    this.#add(hashOf(key));
  }

  /** Adds the key. @returns whether it may have been there */
  addOnce(key: readonly StoredValue[]): boolean {
    const hash = hashOf(key);
    const mayHave = this.#mayHave(hash);
    this.#add(hash);
    return mayHave;
  }

  mayHave(key: readonly StoredValue[]): boolean {
    return !this.#isEmpty && this.#mayHave(hashOf(key));
  }

  clear(): void {
    if (this.#isEmpty) return;
    this.#few = [];
    this.#bits?.fill(0);
    this.#isEmpty = true;
  }

  #add(hash: number): void {
    this.#isEmpty = false;
    if (this.#bits === null && this.#few.length < FEW) {
      this.#few.push(hash);
      return;
    }
    const bits = this.#bits ??= this.#bitsOfFew();
    setBit(bits, this.#firstBit(hash));
    setBit(bits, this.#secondBit(hash));
  }

  #mayHave(hash: number): boolean {
    const bits = this.#bits;
    if (bits === null) return this.#few.includes(hash);
    return isSet(bits, this.#firstBit(hash)) && isSet(bits, this.#secondBit(hash));
  }

  #bitsOfFew(): Uint32Array {
    const bits = new Uint32Array(2 ** this.logSize / 32);
    for (const hash of this.#few) {
      setBit(bits, this.#firstBit(hash));
      setBit(bits, this.#secondBit(hash));
    }
    this.#few = [];
    return bits;
  }

  #firstBit(hash: number): number {
    return hash >>> 32 - this.logSize;
  }

  #secondBit(hash: number): number {
    return Math.imul(hash, GOLDEN_RATIO) >>> 32 - this.logSize;
  }
}

function setBit(bits: Uint32Array, bit: number): void {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | 1 << (bit & 31);
}

function isSet(bits: Uint32Array, bit: number): boolean {
  return ((bits[bit >>> 5] ?? 0) & 1 << (bit & 31)) !== 0;
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
