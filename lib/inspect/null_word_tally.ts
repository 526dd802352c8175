/** Words that other programs write where there is no value. */
import type { Cell } from "../csv/record.ts";
import { RowCounter } from "./row_count.ts";

/** In the order in which they are suggested: of databases, of spreadsheets, of programming languages. */
const NULL_WORDS: readonly string[] = [
  ...["NULL", "null", "(null)", "\\N", "#N/A", "#NV", "#N/D", "N/A", "n/a", "NaN", "nan", "None", "nil"],
];
const KNOWN: ReadonlySet<string> = new Set(NULL_WORDS);
const LONGEST = 6;

export function isNullWord(cell: string): boolean {
  return cell.length <= LONGEST && KNOWN.has(cell);
}

/** A word where a column has values of another kind. */
export interface FoundNullWord {
  readonly word: string;
  /** From 1. */
  readonly column: number;
  readonly name: string;
  readonly rows: RowCounter;
}

/** Counts the words by column. */
export class NullWordTally {
  readonly #found = new Map<string, FoundNullWord>();

  constructor(private readonly header: readonly string[]) {}

  note(cells: readonly Cell[], line: number): void {
    for (let index = 0; index < this.header.length; index++) {
      const cell = cells[index] ?? "";
      if (!isNullWord(cell)) continue;
      const key = `${cell} ${index}`;
      let found = this.#found.get(key);
      if (found === undefined) {
        found = { word: cell, column: index + 1, name: this.header[index] ?? "", rows: new RowCounter() };
        this.#found.set(key, found);
      }
      found.rows.note(line);
    }
  }

  /** Those that stand in some columns, in the order of the list. @param isOfOtherKind whether a column has no texts: there they mean nothing */
  in(isOfOtherKind: (column: number) => boolean): readonly FoundNullWord[] {
    return [...this.#found.values()].filter(({ column }) => isOfOtherKind(column)).sort((one, other) =>
      NULL_WORDS.indexOf(one.word) - NULL_WORDS.indexOf(other.word) || one.column - other.column
    );
  }
}
