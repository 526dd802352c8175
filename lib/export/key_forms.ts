/** Whether millions of keys are all different, for eight bytes each. */

/** Places at the beginning; there are twice as many whenever they are full. */
const FIRST_ROOM = 1024;

/** Keeps a number of 53 bits for each key. Two keys that differ have the same one hardly ever; then they count as the same. */
export class KeyForms {
  #numbers = new Float64Array(FIRST_ROOM);
  #count = 0;

  /** @returns false: two are known to be the same. They are looked at whenever the room is full */
  add(form: string): boolean {
    if (this.#count === this.#numbers.length) {
      if (!this.areDistinct()) return false;
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count++] = numberOf(form);
    return true;
  }

  areDistinct(): boolean {
    const numbers = this.#numbers.subarray(0, this.#count).sort();
    for (let index = 1; index < numbers.length; index++) if (numbers[index] === numbers[index - 1]) return false;
    return true;
  }
}

/** cyrb53, in the public domain: two multiplicative hashes of 32 bits, side by side. */
function numberOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
