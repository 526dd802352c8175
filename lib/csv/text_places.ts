/** Hears where records stand in the whole text: only who wants their very bytes needs it. Places are UTF-16 code units from the start. */
export interface TextPlaces {
  /** The record that begins on this line is whole. */
  recordEnds(line: number): void;
  /** A line end that is no part of a cell was read. @param at the place behind it */
  lineEnds(at: number): void;
  /** A cell ended. @param at the place of the separator or line end behind it */
  cellEnds?(at: number): void;
}
