/** The cells of one record, and where they stand in it. */
import type { Dialect } from "./dialect.ts";
import type { Cell } from "./record.ts";
import { RECORD_LIMITS } from "./record_limits.ts";
import { createRecordReader } from "./record_reader.ts";

export interface PlacedCells {
  readonly cells: readonly Cell[];
  /** For each cell the index of the separator or line end behind it; the last cell of a text without a line end has none. */
  readonly ends: readonly number[];
}

/** @param text of one record, with its line end or without */
export function readCells(text: string, dialect: Dialect): PlacedCells {
  const ends: number[] = [];
  const places = { recordEnds: () => {}, lineEnds: () => {}, cellEnds: (at: number) => void ends.push(at) };
  const reader = createRecordReader(dialect, { ...RECORD_LIMITS, cells: Infinity }, places);
  const [record] = [...reader.push(text), ...reader.end()];
  return { cells: record?.cells ?? [], ends };
}
