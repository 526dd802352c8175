/**
 * A reader of CSV texts that is slow and plain, to be compared with the real one: written from the rules (a text is a list of
 * characters, and is there as a whole), not from the real reader.
 *
 * - LF, CRLF and a lone CR are line ends. A line of blanks and tabs only is skipped.
 * - Blanks and tabs before a cell do not count. If the qualifier comes then, the cell is qualified: up to the next qualifier that is not
 *   doubled; CRLF in it is LF. Behind it only blanks and tabs may stand.
 * - Any other cell is raw, up to the next separator or line end, and trimmed of blanks, tabs, line ends and vertical tabs.
 * - A row of two cells at least, all raw and empty, is passed over.
 * - A raw cell with a qualifier, and a raw one behind it that ends with an unpaired one, are a problem; so is a backslash before a closing
 *   qualifier.
 */
import type { Dialect } from "../../lib/csv/dialect.ts";
import type { Cell, CsvRecord, RecordProblem } from "../../lib/csv/record.ts";
import type { RecordLimits } from "../../lib/csv/record_limits.ts";

export interface Reading {
  readonly records: readonly CsvRecord[];
  /** The line on which a cell opened that is never closed. */
  readonly openLine: number | null;
  /** The line on which a record begins that is too long, or has too long a cell. */
  readonly tooLongLine: number | null;
}

interface SlowCell {
  readonly value: Cell;
  /** Of what stands in the file, without the qualifiers around it. */
  readonly length: number;
  readonly problemLine: number | null;
  readonly isQualified: boolean;
  /** What stands within the qualifiers, as it is. */
  readonly inside?: string;
}

class OpenCell {
  constructor(readonly line: number, readonly length: number) {}
}

export function readSlowly(text: string, dialect: Dialect, limits: RecordLimits): Reading {
  return new SlowReader([...text], dialect, limits).read();
}

class SlowReader {
  #at = 0;
  #line = 1;

  constructor(readonly text: readonly string[], readonly dialect: Dialect, readonly limits: RecordLimits) {}

  read(): Reading {
    const records: CsvRecord[] = [];
    while (true) {
      this.#skipBlankLines();
      if (this.#isAtEnd()) return { records, openLine: null, tooLongLine: null };
      const line = this.#line;
      const record = this.#readRecord();
      if (record === "too_long") return { records, openLine: null, tooLongLine: line };
      if (record instanceof OpenCell) return { records, openLine: record.line, tooLongLine: null };
      if (record !== "passed_over") records.push(record);
    }
  }

  #readRecord(): CsvRecord | OpenCell | "too_long" | "passed_over" {
    const line = this.#line;
    const begin = this.#at;
    const cells: Cell[] = [];
    const read: SlowCell[] = [];
    let problem: RecordProblem | null = null;
    let longestCell = 0;
    while (true) {
      const cell = this.#readCell();
      longestCell = Math.max(longestCell, cell.length);
      if (longestCell > this.limits.cellLength || this.#lengthSince(begin) > this.limits.recordLength) {
        return "too_long";
      }
      if (cell instanceof OpenCell) return cell;
      if (cell.problemLine !== null) {
        problem ??= { kind: "text_after_qualifier", cell: cells.length, line: cell.problemLine };
      }
      problem ??= this.#problemOf(cell, read);
      read.push(cell);
      cells.push(cell.value);
      if (!this.#isAt(this.dialect.separator)) break;
      this.#at++;
    }
    this.#skipLineEnd();
    const isOfSeparators = read.every(({ value, isQualified }) => !isQualified && isUnfilled(value));
    const isInLimits = cells.length <= this.limits.cells;
    if (isOfSeparators && cells.length > 1 && isInLimits && problem === null) return "passed_over";
    const withNul = cells.findIndex((cell) => cell?.includes("\0"));
    if (withNul >= 0) problem ??= { kind: "nul", cell: withNul };
    if (cells.length <= this.limits.cells) {
      return { cells, line, problem, hasLineBreak: problem === null && hasBreak(cells) };
    }
    problem = { kind: "too_many_cells", found: cells.length, limit: this.limits.cells };
    return { cells: cells.slice(0, this.limits.cells), line, problem, hasLineBreak: false };
  }

  /** @param before the cells of the row that stand before it */
  #problemOf(cell: SlowCell, before: readonly SlowCell[]): RecordProblem | null {
    const { qualifier } = this.dialect;
    if (qualifier === "") return null;
    if (cell.inside?.endsWith("\\") === true && qualifier !== "\\") return { kind: "backslash", cell: before.length };
    const holding = before.findLastIndex(({ value, isQualified }) => !isQualified && value?.includes(qualifier));
    const parts = cell.isQualified ? [] : (cell.value ?? "").split(qualifier);
    const endsUnpaired = parts.length % 2 === 0 && parts.at(-1) === "";
    return holding >= 0 && endsUnpaired ? { kind: "shifted", cell: holding, end: before.length } : null;
  }

  #readCell(): SlowCell | OpenCell {
    this.#skipBlanks();
    const begin = this.#at;
    if (!this.#isAt(this.dialect.qualifier)) {
      this.#skipRaw();
      return this.#rawCell(begin, null);
    }
    const openLine = this.#line;
    const inside = this.#readInside();
    if (inside === null) {
      const opening = this.dialect.qualifier.length;
      return new OpenCell(openLine, this.#lengthSince(begin) - opening);
    }
    this.#skipBlanks();
    if (this.#isAtCellEnd()) return { ...inside, problemLine: null, isQualified: true };
    const problemLine = this.#line;
    this.#skipRaw();
    return this.#rawCell(begin, problemLine);
  }

  #rawCell(begin: number, problemLine: number | null): SlowCell {
    const value = valueOf(trimmed(this.#since(begin)));
    return { value, length: this.#lengthSince(begin), problemLine, isQualified: false };
  }

  /** From the opening qualifier to behind the closing one; null: there is none. */
  #readInside(): { readonly value: Cell; readonly length: number; readonly inside: string } | null {
    const { qualifier } = this.dialect;
    this.#at++;
    const begin = this.#at;
    let value = "";
    while (!this.#isAtEnd()) {
      if (this.#isAt(qualifier) && this.text[this.#at + 1] === qualifier) {
        value += qualifier;
        this.#at += 2;
      } else if (this.#isAt(qualifier)) {
        const inside = this.#since(begin);
        this.#at++;
        return { value: valueOf(value), length: inside.length, inside };
      } else if (this.#isAtLineEnd()) {
        value += this.#isAt("\r") && this.text[this.#at + 1] !== "\n" ? "\r" : "\n";
        this.#skipLineEnd();
      } else {
        value += this.text[this.#at];
        this.#at++;
      }
    }
    return null;
  }

  #skipRaw(): void {
    while (!this.#isAtCellEnd()) this.#at++;
  }

  #skipBlankLines(): void {
    while (true) {
      this.#skipBlanks();
      if (!this.#isAtLineEnd()) return;
      this.#skipLineEnd();
    }
  }

  #skipBlanks(): void {
    const { separator, qualifier } = this.dialect;
    while ((this.#isAt(" ") || this.#isAt("\t")) && !this.#isAt(separator) && !this.#isAt(qualifier)) this.#at++;
  }

  #skipLineEnd(): void {
    if (this.#isAtEnd()) return;
    this.#at += this.#isAt("\r") && this.text[this.#at + 1] === "\n" ? 2 : 1;
    this.#line++;
  }

  #isAt(character: string): boolean {
    return this.text[this.#at] === character;
  }

  #isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  #isAtLineEnd(): boolean {
    return this.#isAt("\r") || this.#isAt("\n");
  }

  #isAtCellEnd(): boolean {
    return this.#isAtEnd() || this.#isAtLineEnd() || this.#isAt(this.dialect.separator);
  }

  #since(begin: number): string {
    return this.text.slice(begin, this.#at).join("");
  }

  #lengthSince(begin: number): number {
    return this.#since(begin).length;
  }
}

function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n\v]+/, "").replace(/[ \t\r\n\v]+$/, "");
}

/** Blanks of ASCII at the beginning are there only where the dialect gives them a meaning. */
function isUnfilled(value: Cell): boolean {
  return value === "" || /^(?![\0-\x7f])[\p{White_Space}\p{Cf}]*$/u.test(value ?? "x");
}

function hasBreak(cells: readonly Cell[]): boolean {
  return cells.some((cell) => /[\n\v\f\r\u2028\u2029]/.test(cell ?? ""));
}

function valueOf(text: string): Cell {
  return text === "<NULL>" ? null : text;
}
