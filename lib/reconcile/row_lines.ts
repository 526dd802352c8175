/** The lines on which rows begin, in little memory: most rows stand one line behind the row before them. */

/** Places in the file for each array; two words a place. */
const PLACES = 4096;

/** Rows are noted in the order of the file; some may be left out. */
export class RowLines {
  /** From a row on, as many rows as there are until the next place stand on lines that follow each other: the row, its line. */
  readonly #places: Uint32Array[] = [];
  #count = 0;
  /** Of the last place: how much greater the line is than the row. */
  #offset = NaN;

  note(row: number, line: number): void {
    if (line - row === this.#offset) return;
    this.#offset = line - row;
    const at = this.#count % PLACES;
    if (at === 0) this.#places.push(new Uint32Array(2 * PLACES));
    const last = this.#places.at(-1);
    if (last === undefined) throw new Error("there is an array for the place");
    last[2 * at] = row;
    last[2 * at + 1] = line;
    this.#count++;
  }

  /** @param row one that was noted */
  lineOf(row: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = low + high >>> 1;
      if (this.#word(2 * middle) <= row) low = middle + 1;
      else high = middle;
    }
    if (low === 0) throw new Error(`row ${row} was not noted`);
    return this.#word(2 * low - 1) + row - this.#word(2 * low - 2);
  }

  #word(index: number): number {
    return this.#places[Math.floor(index / (2 * PLACES))]?.[index % (2 * PLACES)] ?? 0;
  }
}
