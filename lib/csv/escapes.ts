/** The escape sign of a dialect: it makes text of what stands behind it. */
import type { Dialect } from "./dialect.ts";
import { DialectCharacter } from "./dialect_character.ts";

export class Escapes {
  readonly sign: DialectCharacter;
  /** What it makes text of. */
  readonly #escaped: readonly DialectCharacter[];
  /** An escape sign with what stands behind it, or a doubled qualifier. */
  readonly #pattern: RegExp;

  /** @param dialect one with an escape sign */
  constructor({ escape = "", qualifier, separator }: Dialect) {
    this.sign = new DialectCharacter(escape);
    this.#escaped = [qualifier, separator, escape].filter((text) => text !== "").map((text) =>
      new DialectCharacter(text)
    );
    const [sign, doubled] = [escape, qualifier].map(literal);
    const behind = this.#escaped.map(({ text }) => literal(text)).join("|");
    this.#pattern = new RegExp(`${sign}(${behind})` + (doubled === "" ? "" : `|${doubled}(${doubled})`), "gu");
  }

  /** How long what is escaped at `at` is, with the sign before it; 0: nothing is. @param at of an escape sign, of which all is there */
  lengthAt(text: string, at: number): number {
    const behind = at + this.sign.length;
    const code = text.charCodeAt(behind);
    const escaped = this.#escaped.find((one) => one.isAt(text, behind, code));
    return escaped === undefined ? 0 : this.sign.length + escaped.length;
  }

  /** How many code units may have to be looked at behind an escape sign. */
  get longest(): number {
    return this.sign.length + Math.max(...this.#escaped.map(({ length }) => length));
  }

  /** What a cell says that has some. @param isQualified a doubled qualifier is one in it */
  textOf(cell: string, isQualified: boolean): string {
    return cell.replaceAll(
      this.#pattern,
      (all: string, escaped?: string, doubled?: string) => escaped ?? (isQualified ? doubled ?? all : all),
    );
  }
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
