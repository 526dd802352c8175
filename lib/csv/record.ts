/** What the reader gives: one record, with the place it came from. */

/** A cell: its text, or null for the cell `<NULL>`. */
export type Cell = string | null;

/** Something wrong with the form of one record; the records after it are read all the same. */
export type RecordProblem =
  | {
    readonly kind: "text_after_qualifier";
    /** Index of the cell in its record, from 0. */
    readonly cell: number;
    /** The line in the file on which the text stands, from 1. */
    readonly line: number;
  }
  /** SQLite compares texts up to a NUL only, so that two keys with one would be taken for the same. */
  | {
    readonly kind: "nul";
    /** Index of the first cell that holds one, from 0. */
    readonly cell: number;
  }
  /** A raw cell that holds a qualifier, and a raw one behind it that ends with an unpaired one: a separator is missing. */
  | {
    readonly kind: "shifted";
    /** Indexes of both cells in their record, from 0. */
    readonly cell: number;
    readonly end: number;
  }
  /** A backslash before the closing qualifier: it may be meant to keep the cell open. */
  | {
    readonly kind: "backslash";
    /** Index of the cell in its record, from 0. */
    readonly cell: number;
  }
  /** `found` cells are there, of which `limit` are kept. */
  | { readonly kind: "too_many_cells"; readonly found: number; readonly limit: number };

export interface CsvRecord {
  readonly cells: readonly Cell[];
  /** The line in the file on which the record begins, from 1; a line break inside a cell counts as a line. */
  readonly line: number;
  readonly problem: RecordProblem | null;
  /** A cell holds a line break, be it one of CSV or of Unicode; false where there is a problem. */
  readonly hasLineBreak: boolean;
  /** The record as it came, if its cells are read otherwise; never another one of these. */
  readonly typed?: CsvRecord;
  /** Index of a cell that a map could not make, because it would be longer than cells may be; null or left out: there is none. */
  readonly madeTooLong?: number | null;
  /** How many empty cells were put behind its own, as it is shorter than the header; left out: none. */
  readonly filled?: number;
}

/** How many records of a kind there were. */
export interface RecordTally {
  readonly count: number;
  /** The line on which the first of them began, from 1; 0: there was none. */
  readonly firstLine: number;
}

export interface RecordTallies {
  /** Rows of separators only, of which none is given: they are passed over like blank lines (SPEC 14). */
  readonly separatorRows: RecordTally;
  /** Records with control characters of U+0080 to U+009F. */
  readonly controlRows: RecordTally;
}

/** A qualified cell whose closing qualifier never came: the text cannot be read to its end. */
export interface OpenQualifier {
  readonly kind: "open_qualifier";
  /** The line in the file on which the cell opened, from 1. */
  readonly line: number;
}

/** A cell or a record that is longer than is allowed: the text is not read on. */
export interface TooLong {
  readonly kind: "cell_too_long" | "record_too_long";
  /** The line in the file on which the record begins, from 1. */
  readonly line: number;
  /** The line on which the cell opened, from 1, if a qualified cell is too long or the record is while one is open; else null. */
  readonly qualifierLine: number | null;
  /** In UTF-16 code units. */
  readonly limit: number;
}

export interface RecordReader {
  /**
   * Takes the next piece of the text.
   * @param isPlain it has no character of U+0080 to U+009F, nor a separator of lines or paragraphs; false: nobody has looked
   * @returns the records that it completes
   */
  push(text: string, isPlain?: boolean): CsvRecord[];
  /** Says that no more text comes. @returns the last record, if it is whole: see `openQualifier` */
  end(): CsvRecord[];
  /** The line on which the text read so far ends, from 1. CRLF, LF and a lone CR are one line end each. */
  readonly line: number;
  readonly tallies: RecordTallies;
  /** Set by `end()` when the text ended inside a qualified cell; the record of that cell is not given. */
  readonly openQualifier: OpenQualifier | null;
  /** Set as soon as a cell or a record is too long: its record is not given, and nothing behind it is read. */
  readonly tooLong: TooLong | null;
}
