/** Small numbers of rows, in the order of the file: as few bytes for each as they take. 0 where nothing was noted. */

/** Rows of the first array; it doubles. */
const FIRST_ROWS = 1024;

export class RowNumbers {
  #numbers: Uint16Array | Uint32Array;

  /** @param bytes of each number */
  constructor(private readonly bytes: 2 | 4) {
    this.#numbers = this.#make(FIRST_ROWS);
  }

  /** How many rows there may be something of. */
  get rows(): number {
    return this.#numbers.length;
  }

  of(row: number): number {
    return this.#numbers[row] ?? 0;
  }

  note(row: number, number: number): void {
    if (row >= this.#numbers.length) this.#grow(row);
    this.#numbers[row] = number;
  }

  #grow(row: number): void {
    let rows = this.#numbers.length;
    while (rows <= row) rows *= 2;
    const longer = this.#make(rows);
    longer.set(this.#numbers);
    this.#numbers = longer;
  }

  #make(rows: number): Uint16Array | Uint32Array {
    return this.bytes === 2 ? new Uint16Array(rows) : new Uint32Array(rows);
  }
}

/** Rows of which something holds: a bit for each. */
export class RowFlags {
  #words = new Uint32Array(FIRST_ROWS / 32);

  has(row: number): boolean {
    return ((this.#words[row >>> 5] ?? 0) & 1 << (row & 31)) !== 0;
  }

  add(row: number): void {
    const word = row >>> 5;
    if (word >= this.#words.length) {
      const longer = new Uint32Array(Math.max(word + 1, 2 * this.#words.length));
      longer.set(this.#words);
      this.#words = longer;
    }
    this.#words[word] = (this.#words[word] ?? 0) | 1 << (row & 31);
  }
}
