/** The cell that is being read: it may come in many pieces. */
import { cellOf, rawValue } from "./cell_text.ts";
import type { Escapes } from "./escapes.ts";
import type { Cell } from "./record.ts";

/** Collects one cell after the other: `take` its value, and it is empty for the next. */
export class UnfinishedCell {
  /** What was read of it, as it stands in the file; while it is qualified, without the qualifiers around it. */
  text = "";
  /** The line on which it opened, when it is qualified. */
  line = 1;
  hasDoubledQualifier = false;
  hasCarriageReturn = false;
  /** An escape sign stands before a character in it. */
  hasEscape = false;
  /** A backslash stands before the qualifier that closed it. */
  endsInBackslash = false;
  /** It is raw, and has a qualifier in it. */
  holdsQualifier = false;
  /** Blanks read behind the closing qualifier. */
  blanksBehind = "";
  #isQualified = false;
  readonly #qualifier: string;

  /** @param escapes null: the dialect has no escape sign */
  constructor(qualifier: string, private readonly escapes: Escapes | null) {
    this.#qualifier = qualifier;
  }

  /** The line on which its qualifier opened; null when it has none. */
  get qualifierLine(): number | null {
    return this.#isQualified ? this.line : null;
  }

  /** Whether it is raw and has a qualifier in it; asked once, when it ends. */
  losesQualifier(): boolean {
    const { holdsQualifier } = this;
    if (holdsQualifier) this.holdsQualifier = false;
    return holdsQualifier;
  }

  open(line: number): void {
    this.#isQualified = true;
    this.line = line;
  }

  /** Makes a qualified cell that has text behind it a raw one, which shows what was typed. */
  becomeRaw(): void {
    this.#isQualified = false;
    this.text = this.#qualifier + this.text + this.#qualifier + this.blanksBehind;
  }

  take(): Cell {
    const value = this.#isQualified ? this.#qualifiedValue() : this.#rawValue();
    this.text = "";
    this.blanksBehind = "";
    this.hasDoubledQualifier = false;
    this.hasCarriageReturn = false;
    this.hasEscape = false;
    this.endsInBackslash = false;
    this.#isQualified = false;
    return value;
  }

  #rawValue(): Cell {
    const { text } = this;
    const value = this.hasEscape ? this.escapes?.textOf(text, false) ?? text : text;
    return rawValue(value, 0, value.length);
  }

  #qualifiedValue(): Cell {
    let value = this.text;
    if (this.hasEscape) value = this.escapes?.textOf(value, true) ?? value;
    else if (this.hasDoubledQualifier) {
      value = value.replaceAll(this.#qualifier + this.#qualifier, () => this.#qualifier);
    }
    if (this.hasCarriageReturn) value = value.replaceAll("\r\n", "\n");
    return cellOf(value);
  }
}
