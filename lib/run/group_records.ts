/** Records come as the pieces of the input complete them; they are worked in groups. */
import type { CsvRecord } from "../csv/record.ts";
import { ROWS_TOGETHER } from "../reconcile/row_dependence.ts";
import type { ReadRecords } from "./read_records.ts";

/** Fewer of them, when they are long: in UTF-16 code units of their cells, of which each counts for some more. */
export const TEXT_TOGETHER = 1024 * 1024;
/** What a cell takes beside its text: its place in the record, and that of its value. */
const TEXT_OF_EMPTY_CELL = 8;

/**
 * Gives the records in groups, the first with the header besides; the last one has fewer, and those of long records.
 * @param rows of a group; or who tells how many those have that are still to begin
 * @throws what the source throws, after the records before it were given
 */
export async function* inGroups(
  source: AsyncIterable<ReadRecords>,
  rows: number | (() => number) = ROWS_TOGETHER,
): AsyncGenerator<ReadRecords, void> {
  const group = new Group(rows);
  try {
    for await (const { records } of source) {
      for (const record of records) if (group.add(record)) yield group.take();
    }
  } catch (error) {
    if (group.size > 0) yield group.take();
    throw error;
  }
  if (group.size > 0) yield group.take();
}

class Group {
  #records: CsvRecord[] = [];
  #text = 0;
  #most: number;

  constructor(private readonly rows: number | (() => number)) {
    this.#most = 1 + this.#wanted;
  }

  get size(): number {
    return this.#records.length;
  }

  get #wanted(): number {
    return typeof this.rows === "number" ? this.rows : this.rows();
  }

  /** @returns whether the group is full */
  add(record: CsvRecord): boolean {
    this.#records.push(record);
    this.#text += record.cells.length * TEXT_OF_EMPTY_CELL;
    for (const cell of record.cells) this.#text += cell?.length ?? 0;
    return this.#records.length === this.#most || this.#text > TEXT_TOGETHER;
  }

  take(): ReadRecords {
    const records = this.#records;
    this.#records = [];
    this.#text = 0;
    this.#most = this.#wanted;
    return { records };
  }
}
