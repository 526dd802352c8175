/** Which texts came before, in flat memory: of each a fingerprint of 64 bits is kept, and where it first came. */

/** How many texts may be remembered, by all tables together: 32 to 64 bytes each. */
export class KeyBudget {
  constructor(public left: number) {}
}

const WORDS = 4;
/** Each column of a file has a table: it doubles as it fills. */
const FIRST_SLOTS = 16;
/** The odd numbers of FNV-1a and MurmurHash3. */
const FNV = 0x01000193;
const MURMUR = 0x85ebca6b;

/** Fingerprints in open addressing. Two texts of one fingerprint are as likely as to win a lottery twice. */
export class KeyTable {
  #slots = new Uint32Array(FIRST_SLOTS * WORDS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;
  readonly #budget: KeyBudget;
  /** Nobody can make texts that fall together. */
  readonly #seed = crypto.getRandomValues(new Uint32Array(2));

  constructor(budget: KeyBudget) {
    this.#budget = budget;
  }

  /** No more texts are remembered: those that were are known still. */
  get isFull(): boolean {
    return this.#budget.left <= 0;
  }

  /**
   * Remembers a text, unless it was there, or the table is full.
   * @param line of the file, from 1 @param mark something to keep with it, a whole number of 32 bits
   * @returns of the first time that the text came; null: this is it
   */
  add(text: string, line: number, mark = 0): { readonly line: number; readonly mark: number } | null {
    const [first, second] = this.#fingerprint(text);
    let at = first & this.#mask;
    for (;; at = (at + 1) & this.#mask) {
      const slot = at * WORDS;
      const known = this.#slots[slot + 2] ?? 0;
      if (known === 0) break;
      if (this.#slots[slot] === first && this.#slots[slot + 1] === second) {
        return { line: known, mark: this.#slots[slot + 3] ?? 0 };
      }
    }
    if (!this.isFull) this.#put(at * WORDS, [first, second, line, mark]);
    return null;
  }

  /** Gives back what it has taken: it is not asked again. */
  drop(): void {
    this.#budget.left += this.#size;
    this.#size = 0;
    this.#slots = new Uint32Array(WORDS);
    this.#mask = 0;
  }

  #put(slot: number, words: readonly number[]): void {
    this.#slots.set(words, slot);
    this.#size++;
    this.#budget.left--;
    if (this.#size * 2 > this.#mask) this.#grow();
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let slot = 0; slot < old.length; slot += WORDS) {
      if (old[slot + 2] === 0) continue;
      let at = (old[slot] ?? 0) & this.#mask;
      while (this.#slots[at * WORDS + 2] !== 0) at = (at + 1) & this.#mask;
      this.#slots.set(old.subarray(slot, slot + WORDS), at * WORDS);
    }
  }

  #fingerprint(text: string): readonly [number, number] {
    let first = this.#seed[0] ?? 0;
    let second = this.#seed[1] ?? 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      first = Math.imul(first ^ code, FNV);
      second = Math.imul(second ^ (second >>> 13) ^ code, MURMUR);
    }
    return [mixed(first ^ (second >>> 7)), mixed(second + text.length)];
  }
}

/** A hash of 32 bits. */
export function fingerprint32(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV);
  return mixed(hash);
}

/** The last step of MurmurHash3: each bit changes half of the others. */
function mixed(hash: number): number {
  let mix = hash;
  mix = Math.imul(mix ^ (mix >>> 16), MURMUR);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
