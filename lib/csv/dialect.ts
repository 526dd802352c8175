/** How a CSV text is cut into cells. */
export interface Dialect {
  /** One character (one Unicode code point) or several; of several, neither the qualifier nor the escape sign is one. */
  readonly separator: string;
  /** One character, or empty: no qualifying. */
  readonly qualifier: string;
  /**
   * One character, which makes text of the qualifier, the separator or itself behind it; empty: there is none. Left out: nobody has said,
   * and a backslash before a closing qualifier is a problem of its row.
   */
  readonly escape?: string;
  /** Lines that begin with it are no records. Left out: there are none such. */
  readonly comment?: string;
}

/** The cell that stands for no value, in exactly this spelling. */
export const NULL_CELL = "<NULL>";
