/** How a CSV text is cut into cells. */
export interface Dialect {
  /** One character (one Unicode code point). */
  readonly separator: string;
  /** One character, or empty: no qualifying. */
  readonly qualifier: string;
}

/** The cell that stands for no value, in exactly this spelling. */
export const NULL_CELL = "<NULL>";
