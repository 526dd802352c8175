/** With which signs a file writes its numbers: those with which all of them are read. */
import { type NumberSigns, plainNumbers } from "../values/number_signs.ts";

/** The usual ones; null: as numbers are stored. Of those with one decimal sign the plainer is first. */
export const NOTATIONS: readonly (NumberSigns | null)[] = [
  null,
  { decimal: ".", grouping: "," },
  { decimal: ".", grouping: "space" },
  { decimal: ".", grouping: "'" },
  { decimal: ",", grouping: null },
  { decimal: ",", grouping: "." },
  { decimal: ",", grouping: "space" },
  { decimal: ",", grouping: "'" },
];

const READERS = NOTATIONS.map((signs) => plainNumbers(signs ?? { decimal: ".", grouping: null }));

/** Digits alone mean the same in every notation. */
const DIGITS = /^[+-]?[0-9]+$/;

export function isNumberInSome(cell: string): boolean {
  return DIGITS.test(cell) || READERS.some((read) => read(cell) !== null);
}

/** Which notations read all the numbers that were seen. */
export class NotationTally {
  #fitting: ReadonlySet<number> = new Set(NOTATIONS.keys());

  note(number: string): void {
    if (this.#fitting.size === 0 || DIGITS.test(number)) return;
    this.#fitting = new Set([...this.#fitting].filter((index) => READERS[index]?.(number) !== null));
  }

  /** Indexes of `NOTATIONS`. */
  get fitting(): ReadonlySet<number> {
    return this.#fitting;
  }
}

/**
 * The notation of a file whose columns of numbers were looked at. Null: as numbers are stored, or nobody can tell: `1,234` alone is one number
 * with a decimal comma, and another with groups.
 */
export function notationOf(tallies: readonly Pick<NotationTally, "fitting">[]): NumberSigns | null {
  const fitting = NOTATIONS.filter((_, index) => tallies.every((tally) => tally.fitting.has(index)));
  const [first = null] = fitting;
  if (first === null) return null;
  return fitting.every((signs) => signs?.decimal === first.decimal) ? first : null;
}
