/** Rows that repeat the header word for word, as files that were put together have them: they are no data (SPEC 16). */
import type { Cell, CsvRecord } from "./record.ts";
import type { RunWarnings } from "../run_warnings.ts";

/** A file that another one was put behind kept its byte order mark. */
const MARK = "\ufeff";

export class RepeatedHeader {
  #header: CsvRecord | null = null;
  /** Its first cell, as it is and with a mark: nearly every row differs there. */
  #first: Cell = null;
  #marked: Cell = null;

  /** The records but for those that repeat the first one of all, which are noted. @param records in the order of the file */
  without(records: readonly CsvRecord[], warnings: RunWarnings): readonly CsvRecord[] {
    if (this.#header === null) this.#take(records[0]);
    const first = this.#first;
    const marked = this.#marked;
    let candidates = 0;
    for (const { cells } of records) if (cells[0] === first || cells[0] === marked) candidates++;
    return candidates === 0 ? records : records.filter((record) => {
      const isRepeated = this.#isRepeated(record);
      if (isRepeated) warnings.noteRow({ kind: "repeated_header" }, record.line);
      return !isRepeated;
    });
  }

  #take(header: CsvRecord | undefined): void {
    this.#header = header ?? null;
    this.#first = header?.cells[0] ?? null;
    this.#marked = this.#first === null ? null : MARK + this.#first;
  }

  #isRepeated(record: CsvRecord): boolean {
    const header = this.#header;
    if (header === null || record === header || record.problem !== null) return false;
    const { cells } = record;
    return cells.length === header.cells.length && (cells[0] === this.#first || cells[0] === this.#marked) &&
      cells.every((cell, index) => index === 0 || cell === header.cells[index]);
  }
}
