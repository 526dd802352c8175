/** What is in the cells of one column. */
import { comparedForm } from "../compared_text.ts";
import type { Cell } from "../csv/record.ts";
import { foldCase } from "../model/look_up.ts";
import { EVERY_LABEL, EVERY_LANGUAGE } from "../values/boolean_words.ts";
import { type DateFacts, DateTally } from "./date_tally.ts";
import { type KeyBudget, KeyTable } from "./key_table.ts";
import type { NotationTally } from "./notation_tally.ts";
import { isNullWord } from "./null_word_tally.ts";
import { type NumberFacts, NumberTally } from "./number_tally.ts";

/** What most filled cells of a column look like; null: texts. */
export type ColumnLook = DateFacts | NumberFacts | { readonly kind: "booleans" } | null;

export interface ColumnFacts {
  /** From 1. */
  readonly number: number;
  /** As the header has it, without blanks around it. */
  readonly name: string;
  readonly filled: number;
  readonly empty: number;
  /**
   * No two filled cells are the same; or all are. `lines`: of the first two cells that are the same. `upTo`: so many were looked at, as
   * memory is bounded; null: all. What they are is not told: they may be passwords.
   */
  readonly values:
    | { readonly kind: "unique"; readonly upTo: number | null }
    | { readonly kind: "constant" }
    | { readonly kind: "repeated"; readonly lines: readonly [number, number] }
    | { readonly kind: "none" };
  readonly look: ColumnLook;
}

const BOOLEANS: ReadonlySet<string> = new Set([...EVERY_LANGUAGE, ...EVERY_LABEL].flat().map(foldCase));
/** A column whose first cells are so many texts is no column of dates or numbers. */
const ENOUGH = 50;
const LONGEST_WORD = 60;

export class ColumnTally {
  #filled = 0;
  #empty = 0;
  #first: string | null = null;
  #isConstant = true;
  #repeated: readonly [number, number] | null = null;
  #upTo: number | null = null;
  #dates: DateTally | null = new DateTally();
  #numbers: NumberTally | null = new NumberTally();
  #datesFound = 0;
  #numbersFound = 0;
  readonly #words = new Set<string>();
  #areBooleans = true;
  readonly #known: KeyTable;

  constructor(readonly number: number, readonly name: string, budget: KeyBudget) {
    this.#known = new KeyTable(budget);
  }

  /** @param line on which the row begins */
  note(cell: Cell, line: number): void {
    if (cell === null || cell === "") {
      this.#empty++;
      return;
    }
    this.#filled++;
    if (this.#first === null) this.#first = cell;
    else if (this.#isConstant && cell !== this.#first) this.#isConstant = false;
    if (this.#repeated === null && this.#upTo === null) this.#noteValue(cell, line);
    if (isNullWord(cell)) return;
    if (this.#dates !== null || this.#numbers !== null) this.#noteLook(cell, line);
    if (this.#areBooleans) this.#noteWord(cell);
  }

  /** Of a column of numbers; null: it is none. */
  get notations(): NotationTally | null {
    return this.#look()?.kind === "numbers" ? this.#numbers?.notations ?? null : null;
  }

  facts(): ColumnFacts {
    const { number, name } = this;
    return { number, name, filled: this.#filled, empty: this.#empty, values: this.#values(), look: this.#look() };
  }

  #noteValue(cell: string, line: number): void {
    if (this.#known.isFull) {
      // What it holds stays taken, so that no other column goes on alone.
      this.#upTo = this.#filled - 1;
      return;
    }
    const before = this.#known.add(comparedForm(cell), line);
    if (before === null) return;
    this.#repeated = [before.line, line];
    this.#known.drop();
  }

  #noteLook(cell: string, line: number): void {
    if (this.#dates?.note(cell, line)) this.#datesFound++;
    if (this.#numbers?.note(cell, line)) this.#numbersFound++;
    if (this.#filled < ENOUGH) return;
    if (this.#datesFound < this.#filled / 2) this.#dates = null;
    if (this.#numbersFound < this.#filled / 2) this.#numbers = null;
  }

  /** Of yes and no there are two at most. */
  #noteWord(cell: string): void {
    const word = foldCase(cell.slice(0, LONGEST_WORD));
    this.#words.add(word);
    this.#areBooleans = this.#words.size <= 2 && BOOLEANS.has(word);
  }

  #values(): ColumnFacts["values"] {
    if (this.#filled === 0) return { kind: "none" };
    if (this.#isConstant && this.#filled > 1) return { kind: "constant" };
    if (this.#repeated !== null) return { kind: "repeated", lines: this.#repeated };
    return { kind: "unique", upTo: this.#upTo };
  }

  #look(): ColumnLook {
    if (this.#filled === 0) return null;
    if (this.#areBooleans && this.#words.size === 2) return { kind: "booleans" };
    return this.#dates?.facts() ?? this.#numbers?.facts() ?? null;
  }
}
