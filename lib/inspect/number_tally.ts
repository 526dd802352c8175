/** Whether a column holds numbers, and with which signs. */
import { suspectedSign } from "../values/value_form.ts";
import { NotationTally } from "./notation_tally.ts";
import { type RowCount, RowCounter } from "./row_count.ts";

/** What the numbers of a column look like. */
export interface NumberFacts {
  readonly kind: "numbers";
  readonly isWhole: boolean;
  /** Numbers with a decimal comma or signs of thousands, which an attribute of numbers refuses. */
  readonly withSigns: RowCount;
  /** The first of them; null: there is none. */
  readonly example: string | null;
  /** Filled cells that are no numbers. */
  readonly others: RowCount;
}

const WHOLE = /^[+-]?(?:0|[1-9]\d*)$/;
const DECIMAL = /^[+-]?(?:0|[1-9]\d*)\.\d+$/;
const LONGEST = 40;

/** Counts the numbers of one column. Digits behind a zero are a code. */
export class NumberTally {
  #whole = 0;
  #decimal = 0;
  #example: string | null = null;
  readonly #withSigns = new RowCounter();
  readonly #others = new RowCounter();
  readonly notations = new NotationTally();

  /** @returns whether the cell looks like a number */
  note(cell: string, line: number): boolean {
    const isNumber = this.#count(cell, line);
    if (isNumber) this.notations.note(cell);
    return isNumber;
  }

  #count(cell: string, line: number): boolean {
    if (cell.length <= LONGEST && WHOLE.test(cell)) {
      this.#whole++;
    } else if (cell.length <= LONGEST && DECIMAL.test(cell)) {
      this.#decimal++;
    } else if (suspectedSign(cell) !== null) {
      this.#example ??= cell;
      this.#withSigns.note(line);
    } else {
      this.#others.note(line);
      return false;
    }
    return true;
  }

  /** Null: hardly any cell is a number. */
  facts(): NumberFacts | null {
    const numbers = this.#whole + this.#decimal + this.#withSigns.count;
    if (numbers === 0 || this.#others.count > numbers / 4) return null;
    return {
      kind: "numbers",
      isWhole: this.#decimal + this.#withSigns.count === 0,
      withSigns: this.#withSigns,
      example: this.#example,
      others: this.#others,
    };
  }
}
