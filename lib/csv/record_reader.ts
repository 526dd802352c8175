/**
 * Cuts text into records: a synchronous machine that is fed with pieces of any length and gives the records that are
 * complete. Lines of the file are counted here (`line_counter.ts`), and nowhere else.
 */
import { closingQualifier, endOfLine, endOfRaw, type QualifiedCell, skipBlanks } from "./cell_ends.ts";
import { BACKSLASH, isLineEnd, rawValue } from "./cell_text.ts";
import type { Dialect } from "./dialect.ts";
import { DialectSigns } from "./dialect_signs.ts";
import type { Cell, CsvRecord, OpenQualifier, RecordReader, RecordTallies, TooLong } from "./record.ts";
import { LineCounter, lineEndsIn } from "./line_counter.ts";
import type { Place } from "./place.ts";
import { RECORD_LIMITS, type RecordLimits } from "./record_limits.ts";
import { type TextPlaces, type TextStart, WHOLE_FILE } from "./text_places.ts";
import { UnfinishedCell } from "./unfinished_cell.ts";
import { UnfinishedRecord } from "./unfinished_record.ts";
import { WholeCharacters } from "./whole_characters.ts";

/** Makes a reader for one text. The signs of the dialect must differ, and be no line ends. @param places left out: nobody wants them */
export function createRecordReader(
  dialect: Dialect,
  limits = RECORD_LIMITS,
  places?: TextPlaces,
  start = WHOLE_FILE,
): RecordReader {
  return new RecordMachine(dialect, limits, places ?? null, start);
}

class RecordMachine implements RecordReader {
  openQualifier: OpenQualifier | null = null;

  readonly #signs: DialectSigns;
  /** Where a record begins. */
  readonly #lineStart: "before_cell" | "line_start";

  #text = "";
  /** The index in it from which on too little is there to know what a code unit means. */
  #end = 0;
  #place: Place;
  readonly #lines: LineCounter;
  readonly #characters = new WholeCharacters();
  #records: CsvRecord[] = [];
  readonly #record: UnfinishedRecord;
  readonly #cell: UnfinishedCell;
  readonly #qualified: QualifiedCell;

  constructor(dialect: Dialect, limits: RecordLimits, places: TextPlaces | null, start: TextStart) {
    this.#signs = new DialectSigns(dialect);
    this.#lineStart = this.#signs.comment === null ? "before_cell" : "line_start";
    this.#place = this.#lineStart;
    this.#lines = new LineCounter(start.line);
    this.#record = new UnfinishedRecord(limits, places, start);
    this.#cell = new UnfinishedCell(dialect.qualifier, this.#signs.escapes);
    this.#qualified = { signs: this.#signs, lines: this.#lines, cell: this.#cell, record: this.#record };
  }

  get line(): number {
    return this.#lines.line + lineEndsIn(this.#characters.rest);
  }

  get tooLong(): TooLong | null {
    return this.#record.tooLong;
  }

  get tallies(): RecordTallies {
    return this.#record;
  }

  push(text: string, isPlain = false): CsvRecord[] {
    const { lookAhead } = this.#signs;
    return this.#read(this.#characters.take(text), isPlain && lookAhead === 0, lookAhead);
  }

  end(): CsvRecord[] {
    const records = this.#read(this.#characters.takeAll(), false, 0);
    if (this.tooLong !== null) return records;
    if (this.#place === "qualified_cell") {
      this.openQualifier = { kind: "open_qualifier", line: this.#cell.line };
    } else if (this.#place !== "comment" && this.#isInRecord()) {
      this.#endUnfinishedCell();
      this.#endRecord(0);
    }
    return records;
  }

  #isInRecord(): boolean {
    return (this.#place !== "before_cell" && this.#place !== "line_start") || this.#record.cells.length > 0;
  }

  /** @param lookAhead how many code units are kept back for what comes behind them */
  #read(text: string, isPlain: boolean, lookAhead: number): CsvRecord[] {
    this.#records = [];
    const end = text.length - lookAhead;
    this.#characters.rest = text;
    if (end <= 0) return this.#records;
    this.#text = text;
    this.#end = end;
    this.#lines.beginPiece(text);
    this.#record.beginPiece(text, isPlain);
    let at = this.#place === "before_cell" || this.#place === "line_start" ? this.#lines.passRest() : 0;
    while (at < end && this.tooLong === null) at = this.#step(at);
    this.#characters.rest = text.slice(at);
    this.#lines.endPiece(at);
    // What goes on in the next piece must not grow beyond the limits.
    this.#record.checkUnfinished(this.#cell);
    if (this.#isInRecord()) this.#record.check(at, this.#place === "qualified_cell" ? this.#cell.line : null);
    this.#record.endPiece(at);
    return this.#records;
  }

  /** @returns the index up to which it read on from index `at` */
  #step(at: number): number {
    switch (this.#place) {
      case "line_start":
        return this.#startLine(at);
      case "comment":
        return this.#passComment(at);
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

  #startLine(at: number): number {
    const isComment = this.#signs.comment?.isAt(this.#text, at, this.#text.charCodeAt(at)) === true;
    this.#place = isComment ? "comment" : "before_cell";
    this.#record.beginAt(at);
    return at;
  }

  /** Who keeps the bytes of rows keeps those of a comment until it ends: so it may not be longer than they. */
  #passComment(start: number): number {
    const at = endOfLine(this.#text, start, this.#end);
    if (at >= this.#end) return at;
    this.#record.check(at, null);
    return this.tooLong === null ? this.#endLine(at) : at;
  }

  #startCell(start: number): number {
    const at = skipBlanks(this.#text, start, this.#end, this.#signs);
    if (at >= this.#end) return at;
    const code = this.#text.charCodeAt(at);
    if (this.#record.cells.length === 0) this.#record.beginAt(at);
    if (this.#signs.qualifier.isAt(this.#text, at, code)) {
      this.#cell.open(this.#lines.line);
      this.#record.hasQualified = true;
      this.#place = "qualified_cell";
      return this.#readQualified(at + this.#signs.qualifier.length);
    }
    if (this.#record.cells.length === 0 && isLineEnd(code)) return this.#endLine(at);
    this.#place = "raw_cell";
    return this.#readRaw(at);
  }

  #readRaw(start: number): number {
    const text = this.#text;
    const at = endOfRaw(text, start, this.#end, this.#signs, this.#cell);
    if (at < this.#end && this.#cell.text === "" && !this.#cell.hasEscape) {
      this.#record.checkCell(at - start, null);
      this.#endCell(rawValue(text, start, at));
      return this.#leaveCell(at);
    }
    this.#cell.text += text.slice(start, at);
    return at >= this.#end ? at : this.#endAndLeave(at);
  }

  #readQualified(start: number): number {
    const at = closingQualifier(this.#text, start, this.#end, this.#qualified);
    this.#cell.text += this.#text.slice(start, at);
    if (at >= this.#end) return at;
    // A character of the piece before is one of the cell's.
    const before = at > 0 ? this.#text.charCodeAt(at - 1) : this.#cell.text.charCodeAt(this.#cell.text.length - 1);
    if (before === BACKSLASH) this.#cell.endsInBackslash = this.#signs.doubtsBackslash;
    const next = at + this.#signs.qualifier.length;
    this.#place = next >= this.#end ? "qualifier" : "behind_qualified_cell";
    return next;
  }

  #readBehindQualifier(at: number): number {
    if (!this.#signs.qualifier.isAt(this.#text, at, this.#text.charCodeAt(at))) {
      this.#place = "behind_qualified_cell";
      return at;
    }
    this.#cell.text += this.#signs.qualifier.text + this.#signs.qualifier.text;
    this.#cell.hasDoubledQualifier = true;
    this.#cell.endsInBackslash = false;
    this.#place = "qualified_cell";
    return at + this.#signs.qualifier.length;
  }

  #readBehindQualifiedCell(start: number): number {
    const at = skipBlanks(this.#text, start, this.#end, this.#signs);
    if (at > start) this.#cell.blanksBehind += this.#text.slice(start, at);
    if (at >= this.#end) return at;
    const code = this.#text.charCodeAt(at);
    if (isLineEnd(code) || this.#signs.separator.isAt(this.#text, at, code)) return this.#endAndLeave(at);
    this.#record.problem ??= { kind: "text_after_qualifier", cell: this.#record.count, line: this.#lines.line };
    this.#cell.becomeRaw();
    this.#place = "raw_cell";
    return at;
  }

  #endAndLeave(at: number): number {
    this.#endUnfinishedCell();
    return this.#leaveCell(at);
  }

  #endUnfinishedCell(): void {
    this.#record.checkUnfinished(this.#cell);
    if (this.#cell.endsInBackslash) this.#record.problem ??= { kind: "backslash", cell: this.#record.count };
    this.#endCell(this.#cell.take());
  }

  #endCell(value: Cell): void {
    if (this.#cell.losesQualifier()) this.#record.noteQualifier(value, this.#signs.qualifier.text);
    this.#record.cells.push(value);
    this.#place = "before_cell";
  }

  /** Goes on at the separator or line end that ended a cell. */
  #leaveCell(at: number): number {
    this.#record.endCell(at);
    if (!isLineEnd(this.#text.charCodeAt(at))) return at + this.#signs.separator.length;
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
    const next = this.#lines.pass(at);
    this.#place = this.#lineStart;
    return this.#record.beginLine(next, this.#lines.line);
  }
}
