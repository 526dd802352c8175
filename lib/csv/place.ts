/** Where the text read so far ends. */
export type Place =
  /** Before the first character of a line; only where lines may be comments. */
  | "line_start"
  | "comment"
  /** Before a cell, or in the blanks before it. */
  | "before_cell"
  | "raw_cell"
  | "qualified_cell"
  /** Behind a qualifier in a qualified cell, where a piece ends: the next character tells whether it is doubled. */
  | "qualifier"
  | "behind_qualified_cell";
