/**
 * The lines of a file before its header: those that are to be passed over, and one that says the separator. A push machine, as the reader
 * of records is, which gets what stands behind them.
 */
import { CR, isLineEnd, LF } from "./cell_text.ts";
import type { Dialect } from "./dialect.ts";
import { saidSeparator } from "./sep_line.ts";
import type { TextStart } from "./text_places.ts";

/** Lines before a header are for people: nobody writes a book there. In UTF-16 code units. */
export const LONGEST_HEAD = 16 * 1024 * 1024;
/** No line that says a separator is longer. */
const LONGEST_SEP_LINE = 64;

export class FileHead {
  /** What a line behind the skipped ones says; null: there is none, so far. */
  said: string | null = null;
  /** It is longer than is allowed: nothing behind it is read. */
  isTooLong = false;
  /** Lines that were passed over so far. */
  skipped = 0;
  #line = 1;
  #offset = 0;
  /** The last code unit that was passed is a CR: an LF behind it is the same line end. */
  #endedWithCarriageReturn = false;
  /** The beginning of the line that may say the separator. */
  #held = "";
  #isPassed = false;

  /** @param skipLines how many lines are passed over @param dialect with which the text is to be read */
  constructor(private readonly skipLines: number, private readonly dialect: Dialect) {}

  /** The line on which the text read so far ends, from 1. */
  get line(): number {
    return this.#line + (/[\r\n]/.test(this.#held) ? 1 : 0);
  }

  /** Where the text behind it begins. */
  get start(): TextStart {
    return { line: this.#line, offset: this.#offset };
  }

  /** What is there of the text behind it is known: all that comes next belongs to it. */
  get isPassed(): boolean {
    return this.#isPassed;
  }

  /** @returns the text that stands behind it; empty: it goes on, or nothing is there so far */
  push(piece: string): string {
    const rest = this.#held + this.#passLines(piece);
    this.#held = "";
    if (!this.#isWhole || rest === "") return "";
    const end = firstLineEnd(rest);
    // With a CR at the end of the piece nobody knows whether an LF belongs to it.
    const isOpen = end < 0 || (rest.charCodeAt(end) === CR && end === rest.length - 1);
    if (isOpen && rest.length <= LONGEST_SEP_LINE) {
      this.#held = rest;
      return "";
    }
    return this.#pass(rest, end);
  }

  /** Says that no more text comes. @returns as `push` */
  end(): string {
    const rest = this.#held;
    this.#held = "";
    return this.#pass(rest, firstLineEnd(rest));
  }

  get #isWhole(): boolean {
    return this.skipped === this.skipLines;
  }

  /** @returns what of a piece stands behind the skipped lines */
  #passLines(piece: string): string {
    let at = 0;
    if (this.#endedWithCarriageReturn && piece !== "") {
      this.#endedWithCarriageReturn = false;
      if (piece.charCodeAt(0) === LF) at = 1;
    }
    while (at < piece.length && !this.#isWhole) {
      const end = firstLineEnd(piece, at);
      if (end < 0) at = piece.length;
      else {
        at = this.#behindLineEnd(piece, end);
        this.skipped++;
      }
    }
    this.#offset += at;
    if (this.#offset > LONGEST_HEAD) this.isTooLong = true;
    return piece.slice(at);
  }

  #behindLineEnd(text: string, end: number): number {
    this.#line++;
    if (text.charCodeAt(end) !== CR) return end + 1;
    this.#endedWithCarriageReturn = end + 1 === text.length;
    return text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
  }

  /** @param end of its first line; less than 0: it has no line end */
  #pass(rest: string, end: number): string {
    this.#isPassed = true;
    const line = rest.slice(0, end < 0 ? rest.length : end);
    const said = line.length > LONGEST_SEP_LINE ? null : saidSeparator(line, this.dialect.separator);
    // One character cannot both separate cells and surround them: then the line is not believed.
    if (said === null || said === this.dialect.qualifier) return rest;
    this.said = said;
    const behind = end < 0 ? rest.length : this.#behindLineEnd(rest, end);
    this.#offset += behind;
    return rest.slice(behind);
  }
}

/** The index of the first line end from `from` on; -1: there is none. */
function firstLineEnd(text: string, from = 0): number {
  for (let at = from; at < text.length; at++) if (isLineEnd(text.charCodeAt(at))) return at;
  return -1;
}
