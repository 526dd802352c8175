/** The last records of a file that are no data (SPEC 16): as nobody knows which are the last, so many are always held back. */
import type { CsvRecord } from "./record.ts";
import { RECORD_LIMITS } from "./record_limits.ts";

/** In UTF-16 code units, of the cells of all that are held back. */
export const LONGEST_FOOTER = RECORD_LIMITS.recordLength;

export class Footer {
  #hasHeader = false;
  #held: readonly CsvRecord[] = [];
  /** Records behind the header so far. */
  #rows = 0;

  /** @param lines how many records it has */
  constructor(readonly lines: number) {}

  /** The records that are none of it. @param records in the order of the file, its header first */
  without(records: readonly CsvRecord[]): readonly CsvRecord[] {
    if (this.lines === 0 || records.length === 0) return records;
    const header = this.#hasHeader ? [] : records.slice(0, 1);
    this.#hasHeader = true;
    const rows = records.slice(header.length);
    this.#rows += rows.length;
    const all = [...this.#held, ...rows];
    const given = Math.max(0, all.length - this.lines);
    this.#held = all.slice(given);
    return [...header, ...all.slice(0, given)];
  }

  /** The line of the first record that is held back; null: none is. */
  get firstLine(): number | null {
    return this.#held[0]?.line ?? null;
  }

  /** How many records stand behind the header. */
  get rows(): number {
    return this.#rows;
  }

  get isTooLong(): boolean {
    let length = 0;
    for (const { cells } of this.#held) for (const cell of cells) length += cell?.length ?? 0;
    return length > LONGEST_FOOTER;
  }
}
