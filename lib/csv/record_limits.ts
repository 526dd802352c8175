/** How much of a text may be one cell or one record: what is longer is no table, or has a qualifier that nobody closed. */

/** Lengths are in UTF-16 code units, as the text stands in the file. */
export interface RecordLimits {
  /** Of one cell, without the qualifiers around it. */
  readonly cellLength: number;
  /** Of one record, from its first character that is no blank to its line end. */
  readonly recordLength: number;
  /** Of the cells of one record that are kept; those behind them are counted only. */
  readonly cells: number;
}

const MEBI = 1024 * 1024;

/** The longest text column of MySQL that iTop uses fits into a cell; no class has a hundredth of the columns. */
export const RECORD_LIMITS: RecordLimits = { cellLength: 16 * MEBI, recordLength: 64 * MEBI, cells: 10_000 };
