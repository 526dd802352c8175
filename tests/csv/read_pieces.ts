/** Reads a text that comes in pieces. */
import type { Dialect } from "../../lib/csv/dialect.ts";
import type { CsvRecord, OpenQualifier } from "../../lib/csv/record.ts";
import { createRecordReader } from "../../lib/csv/record_reader.ts";

/** All records of a text, and how it ended. */
export function readPieces(
  dialect: Dialect,
  pieces: readonly string[],
): { records: readonly CsvRecord[]; openQualifier: OpenQualifier | null } {
  const reader = createRecordReader(dialect);
  const records = pieces.flatMap((piece) => reader.push(piece));
  records.push(...reader.end());
  return { records, openQualifier: reader.openQualifier };
}

/** Every way to cut a text into two, the empty first and last piece included. */
export function eachTwoWayCut(text: string): readonly (readonly string[])[] {
  return Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
}

/** A text cut between any two UTF-16 code units, within characters too. */
export function singleUnits(text: string): readonly string[] {
  return text.split("");
}
