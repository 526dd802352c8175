/** The parameter `null_words`: cells that mean nothing, as `<NULL>` does. */
import type { Cell, CsvRecord } from "./record.ts";

/** The cells of a record that are one of the words are null; reports show the record as it came. Whole cells count, and their case. */
export function nullWords(words: readonly string[]): (record: CsvRecord) => CsvRecord {
  const known = new Set<Cell>(words);
  return (record) => {
    const { cells } = record;
    if (!cells.some((cell) => known.has(cell))) return record;
    return { ...record, cells: cells.map((cell) => known.has(cell) ? null : cell), typed: record };
  };
}
