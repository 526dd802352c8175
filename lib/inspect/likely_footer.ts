/** The last rows of a file that are no data, as far as that is certain: totals, how many rows there are, who made the file. */
import type { Cell, CsvRecord } from "../csv/record.ts";

/** More lines than these are no footer that anybody is sure of. */
const MOST_LINES = 3;
const WORDS =
  /^(?:(?:grand |sub)?totals?|sum|summe|suma|gesamt|insgesamt|somme|totale|totaal|end of (?:file|report|list)|generated (?:on|at|by)|exported (?:on|at|by)|printed (?:on|at|by)|created (?:on|at|by))(?![\p{L}\p{N}])/iu;
/** `12 suppliers`, `(3 rows affected)`: certain where the file has so many. */
const COUNT = /^\(?(\d{1,9}) \p{L}[\p{L} ]{0,40}\)?\.?$/u;

/** What is known of the rows before. */
export interface RowsBefore {
  /** Cells of a row. */
  readonly columns: number;
  readonly count: number;
  /** All cells of the column are filled; true where there are no rows. @param cell its index */
  isNeverEmpty(cell: number): boolean;
}

/** Rows are held back until nothing comes behind them. */
export class LikelyFooter {
  #held: readonly CsvRecord[] = [];

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  /** @returns a row that is none of the last ones; null: none is so far */
  push(record: CsvRecord): CsvRecord | null {
    const [first = record, ...others] = this.#held;
    if (this.#held.length < MOST_LINES) {
      this.#held = [...this.#held, record];
      return null;
    }
    this.#held = [...others, record];
    return first;
  }

  /** The rows that were held back; from then on none is. */
  take(): readonly CsvRecord[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }
}

/** @returns how many of the last rows are a footer @param last rows behind those of `before` */
export function footerLinesOf(last: readonly CsvRecord[], before: RowsBefore): number {
  if (before.columns < 2) return 0;
  for (let at = 0; at < last.length; at++) {
    const rowsAbove = before.count + at;
    const footer = last.slice(at);
    const areFilled = (cell: number) =>
      before.isNeverEmpty(cell) && last.slice(0, at).every(({ cells }) => isFilled(cells[cell] ?? ""));
    const areBare = footer.every((record) => isBare(record, before.columns, areFilled));
    const isSo = rowsAbove > 0 && areBare && saysSo(footer[0], rowsAbove);
    if (isSo) return footer.length;
  }
  return 0;
}

function saysSo(record: CsvRecord | undefined, rowsAbove: number): boolean {
  const text = record?.cells.find(isFilled)?.trim() ?? "";
  return WORDS.test(text) || Number(COUNT.exec(text)?.[1] ?? -1) === rowsAbove;
}

/** It lacks what every row has. */
function isBare(
  { cells, problem }: CsvRecord,
  columns: number,
  areFilled: (cell: number) => boolean,
): boolean {
  if (problem !== null || cells.length > columns) return false;
  const filled = cells.filter(isFilled).length;
  if (cells.length < columns) return filled * 2 <= columns;
  return cells.some((cell, index) => !isFilled(cell) && areFilled(index));
}

function isFilled(cell: Cell): boolean {
  return cell !== null && cell !== "";
}
