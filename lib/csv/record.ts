/** What the reader gives: one record, with the place it came from. */

/** A cell: its text, or null for the cell `<NULL>`. */
export type Cell = string | null;

/** Something wrong with the form of one record; the records after it are read all the same. */
export type RecordProblem = {
  readonly kind: "text_after_qualifier";
  /** Index of the cell in its record, from 0. */
  readonly cell: number;
  /** The line in the file on which the text stands, from 1. */
  readonly line: number;
};

export interface CsvRecord {
  readonly cells: readonly Cell[];
  /** The line in the file on which the record begins, from 1; a line break inside a cell counts as a line. */
  readonly line: number;
  readonly problem: RecordProblem | null;
}

/** A qualified cell whose closing qualifier never came: the text cannot be read to its end. */
export interface OpenQualifier {
  readonly kind: "open_qualifier";
  /** The line in the file on which the cell opened, from 1. */
  readonly line: number;
}
