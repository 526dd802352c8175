/**
 * Chance that can be had again: the same seed gives the same choices on every machine. Made of pure-rand (the generator below
 * fast-check), whose numbers are fixed by its pinned version; `Math.random` has no seed.
 */
import { uniformInt } from "pure-rand/distribution";
import { xoroshiro128plus } from "pure-rand/generator";

export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  /** @param seed a whole number of 32 bits */
  constructor(readonly seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number from `least` to `most`, both of them included. */
  int(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** From 0 to below 1. */
  fraction(): number {
    return this.int(0, 0x7fff_fffe) / 0x7fff_ffff;
  }

  /** @param probability from 0 to 1 */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const picked = items[this.int(0, items.length - 1)];
    if (picked === undefined && items.length === 0) throw new Error("there is nothing to pick from");
    return picked as T;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.int(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.int(0, 255));
  }

  /**
   * Chance of its own for a part, whatever is drawn here before or after: trial 17 is the same trial 17 whether the others run or not.
   */
  part(name: string | number): Random {
    return new Random(hash(`${this.seed} ${name}`));
  }
}

/**
 * A whole number of 32 bits for a text (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/), of which every bit hangs on each character (the
 * end of MurmurHash3, "fmix32", in the public domain): numbers that are neighbours would have nearly the same first draws.
 */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) | 0;
}
