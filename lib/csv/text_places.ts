/** Where a text begins in its file: lines before it were passed over. */
export interface TextStart {
  /** From 1. */
  readonly line: number;
  /** In UTF-16 code units. */
  readonly offset: number;
}

export const WHOLE_FILE: TextStart = { line: 1, offset: 0 };

/** Hears where records stand in the whole text: only who wants their very bytes needs it. Places are UTF-16 code units from the start. */
export interface TextPlaces {
  /** The record that begins on this line is whole. */
  recordEnds(line: number): void;
  /** A line end that is no part of a cell was read. @param at the place behind it */
  lineEnds(at: number): void;
  /** A cell ended. @param at the place of the separator or line end behind it */
  cellEnds?(at: number): void;
}
