/** Counts the lines of a text that comes in pieces. */
import { CR, LF } from "./cell_text.ts";

export class LineCounter {
  /** The line on which what was read ends, from 1. */
  line: number;
  #text = "";
  /** The last piece ended with a CR: if the next begins with an LF, both are one line end. */
  #endedWithCarriageReturn = false;

  constructor(line = 1) {
    this.line = line;
  }

  beginPiece(text: string): void {
    this.#text = text;
  }

  /** @param length of what was read of it */
  endPiece(length: number): void {
    this.#endedWithCarriageReturn = this.#text.charCodeAt(length - 1) === CR;
  }

  /** Counts the line end at index `at`. @returns the index behind it */
  pass(at: number): number {
    this.line++;
    const isCrLf = this.#text.charCodeAt(at) === CR && this.#text.charCodeAt(at + 1) === LF;
    return isCrLf ? at + 2 : at + 1;
  }

  /** Skips an LF at the beginning of a piece that belongs to a CR in the one before: it was counted there. */
  passRest(): number {
    return this.#endedWithCarriageReturn && this.#text.charCodeAt(0) === LF ? 1 : 0;
  }
}

/** How many line ends a short text has. */
export function lineEndsIn(text: string): number {
  return text === "" ? 0 : text.split(/\r\n|\r|\n/).length - 1;
}
