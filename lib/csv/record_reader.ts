/**
 * Cuts text into records: a synchronous machine that is fed with pieces of any length and gives the records that are
 * complete. Lines of the file are counted here, and nowhere else.
 */
import { CR, endsInHalfCharacter, isBlank, isLineEnd, LF, rawValue } from "./cell_text.ts";
import type { Dialect } from "./dialect.ts";
import { DialectCharacter } from "./dialect_character.ts";
import type { Cell, CsvRecord, OpenQualifier, RecordReader, TooLong } from "./record.ts";
import type { Place } from "./place.ts";
import { RECORD_LIMITS, type RecordLimits } from "./record_limits.ts";
import { UnfinishedCell } from "./unfinished_cell.ts";
import { UnfinishedRecord } from "./unfinished_record.ts";

/** Makes a reader for one text. Separator and qualifier must differ, and be no line end. */
export function createRecordReader(dialect: Dialect, limits: RecordLimits = RECORD_LIMITS): RecordReader {
  return new RecordMachine(dialect, limits);
}

class RecordMachine implements RecordReader {
  line = 1;
  openQualifier: OpenQualifier | null = null;

  readonly #separator: DialectCharacter;
  readonly #qualifier: DialectCharacter;

  #text = "";
  #place: Place = "before_cell";
  /** The last piece ended with a CR: if the next begins with an LF, both are one line end. */
  #endedWithCarriageReturn = false;
  /** The first half of a character whose second half begins the next piece. */
  #halfCharacter = "";

  #records: CsvRecord[] = [];
  readonly #record: UnfinishedRecord;
  readonly #cell: UnfinishedCell;

  constructor(dialect: Dialect, limits: RecordLimits) {
    this.#record = new UnfinishedRecord(limits);
    this.#separator = new DialectCharacter(dialect.separator);
    this.#qualifier = new DialectCharacter(dialect.qualifier);
    this.#cell = new UnfinishedCell(dialect.qualifier);
  }

  get tooLong(): TooLong | null {
    return this.#record.tooLong;
  }

  push(text: string): CsvRecord[] {
    const whole = this.#halfCharacter + text;
    const end = endsInHalfCharacter(whole) ? whole.length - 1 : whole.length;
    this.#halfCharacter = whole.slice(end);
    return this.#read(whole.slice(0, end));
  }

  end(): CsvRecord[] {
    const records = this.#read(this.#halfCharacter);
    this.#halfCharacter = "";
    if (this.tooLong !== null) return records;
    if (this.#place === "qualified_cell") {
      this.openQualifier = { kind: "open_qualifier", line: this.#cell.line };
    } else if (this.#isInRecord()) {
      this.#endUnfinishedCell();
      this.#endRecord(0);
    }
    return records;
  }

  #isInRecord(): boolean {
    return this.#place !== "before_cell" || this.#record.cells.length > 0;
  }

  #read(text: string): CsvRecord[] {
    this.#records = [];
    if (text === "") return this.#records;
    this.#text = text;
    this.#record.beginPiece(text);
    let at = this.#place === "before_cell" ? this.#skipRestOfLineEnd(0) : 0;
    while (at < text.length && this.tooLong === null) at = this.#step(at);
    this.#endedWithCarriageReturn = text.charCodeAt(text.length - 1) === CR;
    this.#endPiece();
    return this.#records;
  }

  /** What goes on in the next piece must not grow beyond the limits. */
  #endPiece(): void {
    const { length } = this.#text;
    this.#record.checkUnfinished(this.#cell);
    if (this.#isInRecord()) this.#record.check(length, this.#place === "qualified_cell" ? this.#cell.line : null);
    this.#record.endPiece(length);
  }

  /** Reads on from index `at`. @returns the index up to which it read */
  #step(at: number): number {
    switch (this.#place) {
      case "before_cell":
        return this.#startCell(at);
      case "raw_cell":
        return this.#readRaw(at);
      case "qualified_cell":
        return this.#readQualified(at);
      case "qualifier":
        return this.#readBehindQualifier(at);
      case "behind_qualified_cell":
        return this.#readBehindQualifiedCell(at);
    }
  }

  #startCell(start: number): number {
    const at = this.#skipBlanks(start);
    if (at === this.#text.length) return at;
    const code = this.#text.charCodeAt(at);
    if (this.#record.cells.length === 0) this.#record.beginAt(at);
    if (this.#qualifier.isAt(this.#text, at, code)) {
      this.#cell.open(this.line);
      this.#place = "qualified_cell";
      return this.#readQualified(at + this.#qualifier.length);
    }
    if (this.#record.cells.length === 0 && isLineEnd(code)) return this.#skipBlankLine(at);
    this.#place = "raw_cell";
    return this.#readRaw(at);
  }

  #readRaw(start: number): number {
    const text = this.#text;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (isLineEnd(code) || this.#separator.isAt(text, at, code)) break;
    }
    if (at < text.length && this.#cell.text === "") {
      this.#record.checkCell(at - start, null);
      this.#endCell(rawValue(text, start, at));
      return this.#leaveCell(at);
    }
    this.#cell.text += text.slice(start, at);
    if (at === text.length) return at;
    this.#endUnfinishedCell();
    return this.#leaveCell(at);
  }

  #readQualified(start: number): number {
    const at = this.#findClosingQualifier(start);
    this.#cell.text += this.#text.slice(start, at);
    if (at === this.#text.length) return at;
    const next = at + this.#qualifier.length;
    this.#place = next === this.#text.length ? "qualifier" : "behind_qualified_cell";
    return next;
  }

  /** Finds the qualifier that closes the cell, or is the last character of this piece; else the end of the piece. */
  #findClosingQualifier(start: number): number {
    const text = this.#text;
    let at = start === 0 ? this.#skipRestOfLineEnd(0) : start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (this.#qualifier.isAt(text, at, code)) {
        const next = at + this.#qualifier.length;
        if (next === text.length || !this.#qualifier.isAt(text, next, text.charCodeAt(next))) return at;
        this.#cell.hasDoubledQualifier = true;
        at = next + this.#qualifier.length;
      } else if (isLineEnd(code)) {
        this.#cell.hasCarriageReturn ||= code === CR;
        at = this.#countLineEnd(at);
      } else {
        at++;
      }
    }
    return at;
  }

  #readBehindQualifier(at: number): number {
    if (!this.#qualifier.isAt(this.#text, at, this.#text.charCodeAt(at))) {
      this.#place = "behind_qualified_cell";
      return at;
    }
    this.#cell.text += this.#qualifier.text + this.#qualifier.text;
    this.#cell.hasDoubledQualifier = true;
    this.#place = "qualified_cell";
    return at + this.#qualifier.length;
  }

  #readBehindQualifiedCell(start: number): number {
    const at = this.#skipBlanks(start);
    if (at > start) this.#cell.blanksBehind += this.#text.slice(start, at);
    if (at === this.#text.length) return at;
    const code = this.#text.charCodeAt(at);
    if (isLineEnd(code) || this.#separator.isAt(this.#text, at, code)) {
      this.#endUnfinishedCell();
      return this.#leaveCell(at);
    }
    this.#record.problem ??= { kind: "text_after_qualifier", cell: this.#record.count, line: this.line };
    this.#cell.becomeRaw();
    this.#place = "raw_cell";
    return at;
  }

  #endUnfinishedCell(): void {
    this.#record.checkUnfinished(this.#cell);
    this.#endCell(this.#cell.take());
  }

  #endCell(value: Cell): void {
    this.#record.cells.push(value);
    this.#place = "before_cell";
  }

  /** Goes on at the separator or line end that ended a cell. */
  #leaveCell(at: number): number {
    if (!isLineEnd(this.#text.charCodeAt(at))) return at + this.#separator.length;
    const next = this.#countLineEnd(at);
    this.#endRecord(at);
    return next;
  }

  /** @param at the index of its line end; 0 behind the last piece */
  #endRecord(at: number): void {
    this.#record.check(at, null);
    if (this.tooLong !== null) return;
    this.#records.push(this.#record.take());
    this.#record.line = this.line;
  }

  #skipBlankLine(at: number): number {
    const next = this.#countLineEnd(at);
    this.#record.line = this.line;
    return next;
  }

  /** Counts the line end at index `at`. @returns the index behind it */
  #countLineEnd(at: number): number {
    this.line++;
    const isCrLf = this.#text.charCodeAt(at) === CR && this.#text.charCodeAt(at + 1) === LF;
    return isCrLf ? at + 2 : at + 1;
  }

  /** Skips an LF that belongs to a CR in the piece before: it was counted there. */
  #skipRestOfLineEnd(at: number): number {
    return this.#endedWithCarriageReturn && this.#text.charCodeAt(at) === LF ? at + 1 : at;
  }

  #skipBlanks(start: number): number {
    const text = this.#text;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (!isBlank(code) || this.#separator.isAt(text, at, code) || this.#qualifier.isAt(text, at, code)) break;
    }
    return at;
  }
}
