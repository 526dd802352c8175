/** Texts that were seen, of which only hashes are kept: 16 bytes for each, however long it is. */

/** The multiplier of the hash FNV-1a for 32 bits. */
const PRIME = 0x01000193;
/** That of a second hash, which knows nothing of the first: MurmurHash3's. */
const OTHER_PRIME = 0x85ebca6b;

/** At the beginning: a power of two. */
const FIRST_PLACES = 1024;

/**
 * Two hashes of 32 bits tell texts apart: of 131,072 that are seen, and as many that are asked for, one in a thousand million runs takes two
 * for the same.
 */
export class SeenTexts {
  /** Both hashes of each text; a place is free where both are 0. Half of them are, at least. */
  #hashes = new Uint32Array(2 * FIRST_PLACES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds the text. @returns whether it was there */
  addOnce(text: string): boolean {
    let [first, second] = [0, 0x811c9dc5];
    for (let unit = 0; unit < text.length; unit++) {
      const code = text.charCodeAt(unit);
      first = Math.imul(first ^ code, PRIME);
      second = Math.imul(second + code, OTHER_PRIME) ^ second >>> 13;
    }
    return this.#add(first >>> 0, (second | 1) >>> 0);
  }

  #add(first: number, second: number): boolean {
    const places = this.#hashes.length / 2;
    let place = (first ^ first >>> 15) & places - 1;
    for (;; place = place + 1 & places - 1) {
      const there = this.#hashes[2 * place + 1] ?? 0;
      if (there === 0) break;
      if (there === second && this.#hashes[2 * place] === first) return true;
    }
    this.#hashes[2 * place] = first;
    this.#hashes[2 * place + 1] = second;
    this.#size++;
    if (2 * this.#size > places) this.#grow();
    return false;
  }

  #grow(): void {
    const before = this.#hashes;
    this.#hashes = new Uint32Array(2 * before.length);
    this.#size = 0;
    for (let at = 0; at < before.length; at += 2) {
      const second = before[at + 1] ?? 0;
      if (second !== 0) this.#add(before[at] ?? 0, second);
    }
  }
}
