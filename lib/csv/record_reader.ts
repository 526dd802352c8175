/**
 * Cuts text into records: a synchronous machine that is fed with pieces of any length and gives the records that are
 * complete. Lines of the file are counted here (`line_counter.ts`), and nowhere else.
 */
import { BACKSLASH, CR, isLineEnd, rawValue } from "./cell_text.ts";
import type { Dialect } from "./dialect.ts";
import { DialectCharacter, skipBlanks } from "./dialect_character.ts";
import type { Cell, CsvRecord, OpenQualifier, RecordReader, RecordTallies, TooLong } from "./record.ts";
import { LineCounter } from "./line_counter.ts";
import type { Place } from "./place.ts";
import { RECORD_LIMITS, type RecordLimits } from "./record_limits.ts";
import type { TextPlaces } from "./text_places.ts";
import { UnfinishedCell } from "./unfinished_cell.ts";
import { UnfinishedRecord } from "./unfinished_record.ts";
import { WholeCharacters } from "./whole_characters.ts";

/** Makes a reader for one text. Separator and qualifier must differ, and be no line end. @param places left out: nobody wants them */
export function createRecordReader(dialect: Dialect, limits = RECORD_LIMITS, places?: TextPlaces): RecordReader {
  return new RecordMachine(dialect, limits, places ?? null);
}

class RecordMachine implements RecordReader {
  openQualifier: OpenQualifier | null = null;

  readonly #separator: DialectCharacter;
  readonly #qualifier: DialectCharacter;
  /** The highest code units that mean anything in cells: most characters are above them, and need no other comparison. */
  readonly #lastInRaw: number;
  readonly #lastInQualified: number;

  #text = "";
  #place: Place = "before_cell";
  readonly #lines = new LineCounter();
  readonly #characters = new WholeCharacters();
  #records: CsvRecord[] = [];
  readonly #record: UnfinishedRecord;
  readonly #cell: UnfinishedCell;

  constructor(dialect: Dialect, limits: RecordLimits, places: TextPlaces | null) {
    this.#record = new UnfinishedRecord(limits, places);
    this.#separator = new DialectCharacter(dialect.separator);
    this.#qualifier = new DialectCharacter(dialect.qualifier);
    this.#lastInQualified = Math.max(CR, this.#qualifier.code);
    this.#lastInRaw = Math.max(this.#lastInQualified, this.#separator.code);
    this.#cell = new UnfinishedCell(dialect.qualifier);
  }

  get line(): number {
    return this.#lines.line;
  }

  get tooLong(): TooLong | null {
    return this.#record.tooLong;
  }

  get tallies(): RecordTallies {
    return this.#record;
  }

  push(text: string, isPlain = false): CsvRecord[] {
    return this.#read(this.#characters.take(text), isPlain);
  }

  end(): CsvRecord[] {
    const records = this.#read(this.#characters.rest(), false);
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

  #read(text: string, isPlain: boolean): CsvRecord[] {
    this.#records = [];
    if (text === "") return this.#records;
    this.#text = text;
    this.#lines.beginPiece(text);
    this.#record.beginPiece(text, isPlain);
    let at = this.#place === "before_cell" ? this.#lines.passRest() : 0;
    while (at < text.length && this.tooLong === null) at = this.#step(at);
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

  /** @returns the index up to which it read on from index `at` */
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
    const at = skipBlanks(this.#text, start, this.#separator, this.#qualifier);
    if (at === this.#text.length) return at;
    const code = this.#text.charCodeAt(at);
    if (this.#record.cells.length === 0) this.#record.beginAt(at);
    if (this.#qualifier.isAt(this.#text, at, code)) {
      this.#cell.open(this.line);
      this.#record.hasQualified = true;
      this.#place = "qualified_cell";
      return this.#readQualified(at + this.#qualifier.length);
    }
    if (this.#record.cells.length === 0 && isLineEnd(code)) return this.#endLine(at);
    this.#place = "raw_cell";
    return this.#readRaw(at);
  }

  #readRaw(start: number): number {
    const text = this.#text;
    const last = this.#lastInRaw;
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > last) continue;
      if (isLineEnd(code) || this.#separator.isAt(text, at, code)) break;
      if (this.#qualifier.isAt(text, at, code)) this.#cell.holdsQualifier = true;
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
    // A character of the piece before is one of the cell's.
    const before = at > 0 ? this.#text.charCodeAt(at - 1) : this.#cell.text.charCodeAt(this.#cell.text.length - 1);
    if (before === BACKSLASH) this.#cell.endsInBackslash = this.#qualifier.text !== "\\";
    const next = at + this.#qualifier.length;
    this.#place = next === this.#text.length ? "qualifier" : "behind_qualified_cell";
    return next;
  }

  /** Finds the qualifier that closes the cell, or is the last character of this piece; else the end of the piece. */
  #findClosingQualifier(start: number): number {
    const text = this.#text;
    const last = this.#lastInQualified;
    let at = start === 0 ? this.#lines.passRest() : start;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code > last) {
        at++;
      } else if (this.#qualifier.isAt(text, at, code)) {
        const next = at + this.#qualifier.length;
        if (next === text.length || !this.#qualifier.isAt(text, next, text.charCodeAt(next))) return at;
        this.#cell.hasDoubledQualifier = true;
        at = next + this.#qualifier.length;
      } else if (isLineEnd(code)) {
        this.#cell.hasCarriageReturn ||= code === CR;
        this.#record.hasLineBreak = true;
        at = this.#lines.pass(at);
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
    this.#cell.endsInBackslash = false;
    this.#place = "qualified_cell";
    return at + this.#qualifier.length;
  }

  #readBehindQualifiedCell(start: number): number {
    const at = skipBlanks(this.#text, start, this.#separator, this.#qualifier);
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
    if (this.#cell.endsInBackslash) this.#record.problem ??= { kind: "backslash", cell: this.#record.count };
    this.#endCell(this.#cell.take());
  }

  #endCell(value: Cell): void {
    if (this.#cell.losesQualifier()) this.#record.noteQualifier(value, this.#qualifier.text);
    this.#record.cells.push(value);
    this.#place = "before_cell";
  }

  /** Goes on at the separator or line end that ended a cell. */
  #leaveCell(at: number): number {
    this.#record.endCell(at);
    if (!isLineEnd(this.#text.charCodeAt(at))) return at + this.#separator.length;
    this.#endRecord(at);
    return this.#endLine(at);
  }

  /** @param at the index of its line end; 0 behind the last piece */
  #endRecord(at: number): void {
    this.#record.check(at, null);
    if (this.tooLong !== null) return;
    if (this.#record.isOfSeparators) this.#record.passOver();
    else this.#records.push(this.#record.take());
  }

  /** Goes on behind the line end of a record or of a blank line. */
  #endLine(at: number): number {
    return this.#record.beginLine(this.#lines.pass(at), this.#lines.line);
  }
}
