/** Records become lines that `record_reader.ts` reads as the very same cells again. */
import { BACKSLASH, rawValue } from "./cell_text.ts";
import { type Dialect, NULL_CELL } from "./dialect.ts";
import { withoutBlankEnds } from "../compared_text.ts";

/** A cell that is to be written. */
export interface CellToWrite {
  readonly text: string;
  /** Blanks at its ends do not count: it may get one where it could not be written otherwise. */
  readonly isOneLine: boolean;
}

export interface RecordWriter {
  /**
   * The cell as it stands in a line; null: no cell of this dialect says that.
   * @param isOneLine see `CellToWrite`
   */
  cell(text: string, isOneLine: boolean): string | null;
  /** The same cell in other words: the cells around it must not be taken for something else. Null: there are none. */
  otherwise(cell: CellToWrite): string | null;
  /** A line with its end. @param cells as they stand in it */
  line(cells: readonly string[]): string;
}

/** A blank that raw cells keep, and texts of one line do not count. */
const KEPT_BLANK = "\u00a0";

/** @param nullWords further cells that a reader takes for null */
export function createRecordWriter(
  { separator, qualifier }: Dialect,
  nullWords: readonly string[] = [],
): RecordWriter {
  const isNullCell = (text: string) => text === NULL_CELL || nullWords.includes(text);
  const qualified = (text: string) =>
    // The reader makes one line feed of a carriage return before it; of two, the first stays.
    qualifier + text.replaceAll(qualifier, () => qualifier + qualifier).replaceAll("\r\n", "\r\r\n") + qualifier;
  const endsBadly = (text: string) => qualifier !== "\\" && text.charCodeAt(text.length - 1) === BACKSLASH;
  // The end of a cell may be taken for the beginning of a separator of several characters: `x|` before `||`.
  const meetsSeparator = (text: string) => (text + separator).indexOf(separator) < text.length;
  const mustBeQualified = (text: string) =>
    meetsSeparator(text) || text.includes("\n") || text.includes("\r") ||
    (qualifier !== "" && text.includes(qualifier));

  const isUnfilled = (cell: string) =>
    cell === "" || (!(qualifier !== "" && cell.startsWith(qualifier)) && withoutBlankEnds(cell) === "");
  const raw = (text: string, isOneLine: boolean): string | null => {
    if (isNullCell(text)) return isOneLine ? text + KEPT_BLANK : null;
    if (mustBeQualified(text)) {
      const kept = text + KEPT_BLANK;
      return isOneLine && !text.includes(separator) && !mustBeQualified(kept) ? kept : null;
    }
    return isOneLine || rawValue(text, 0, text.length) === text ? text : null;
  };
  return {
    cell(text, isOneLine) {
      if (text === "") return "";
      if (qualifier === "") return raw(text, isOneLine);
      const isNull = isNullCell(text);
      if (!isNull && !mustBeQualified(text) && rawValue(text, 0, text.length) === text) return text;
      if (!isNull && !endsBadly(text)) return qualified(text);
      return isOneLine ? qualified(`${text} `) : null;
    },
    otherwise({ text, isOneLine }) {
      if (!isOneLine) return null;
      return qualifier === "" ? text + KEPT_BLANK : qualified(`${text} `);
    },
    line(cells) {
      const [first = "", ...others] = cells;
      // A line without any filled cell would be passed over.
      if (!cells.every(isUnfilled)) return cells.join(separator) + "\n";
      return [qualifier === "" ? NULL_CELL : qualifier + first + qualifier, ...others].join(separator) + "\n";
    },
  };
}
