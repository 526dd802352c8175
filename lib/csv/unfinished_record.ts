/** The record that is being read, held to its limits however the text is cut into pieces. */
import type { Cell, CsvRecord, RecordProblem, TooLong } from "./record.ts";
import type { RecordLimits } from "./record_limits.ts";
import type { UnfinishedCell } from "./unfinished_cell.ts";

const NUL = "\0";

/** Collects one record after the other: `take` it, and it is empty for the next. */
export class UnfinishedRecord {
  /** The line in the file on which it begins, from 1. */
  line = 1;
  problem: RecordProblem | null = null;
  /** Why the text is not read on. */
  tooLong: TooLong | null = null;
  /** Those that are kept. */
  cells: Cell[] = [];

  /** Cells that were counted, and not kept. */
  #surplus = 0;
  #pieceHasNul = false;
  /** One of the pieces in which it stands has a NUL. */
  #mayHaveNul = false;
  /** Where it begins in this piece, and how much of it stood in the pieces before. */
  #start = 0;
  #lengthBefore = 0;

  constructor(readonly limits: RecordLimits) {}

  /** How many cells it has. */
  get count(): number {
    return this.#surplus + this.cells.length;
  }

  /** Looks for NUL in the whole piece: to look into each cell takes longer. */
  beginPiece(text: string): void {
    this.#pieceHasNul = text.includes(NUL);
    this.#mayHaveNul ||= this.#pieceHasNul;
  }

  /** @param at index in the piece */
  beginAt(at: number): void {
    this.#start = at;
    this.#lengthBefore = 0;
  }

  /** @param qualifierLine on which the cell opened, if it is qualified */
  checkCell(length: number, qualifierLine: number | null): void {
    const limit = this.limits.cellLength;
    if (length > limit) this.tooLong ??= { kind: "cell_too_long", line: this.line, qualifierLine, limit };
  }

  checkUnfinished({ text, qualifierLine }: UnfinishedCell): void {
    this.checkCell(text.length, qualifierLine);
  }

  /** @param at index in the piece up to which it was read @param qualifierLine on which a cell opened that still is */
  check(at: number, qualifierLine: number | null): void {
    const limit = this.limits.recordLength;
    if (this.#lengthBefore + at - this.#start <= limit) return;
    this.tooLong ??= { kind: "record_too_long", line: this.line, qualifierLine, limit };
  }

  /** It goes on in the next piece. @param length of this one */
  endPiece(length: number): void {
    this.#lengthBefore += length - this.#start;
    this.#start = 0;
    if (this.cells.length > this.limits.cells) this.#dropSurplus();
  }

  take(): CsvRecord {
    if (this.#mayHaveNul) this.#noteNul();
    if (this.count > this.limits.cells) {
      this.problem = { kind: "too_many_cells", found: this.count, limit: this.limits.cells };
      this.#dropSurplus();
    }
    const record = { cells: this.cells, line: this.line, problem: this.problem };
    this.cells = [];
    this.problem = null;
    this.#surplus = 0;
    return record;
  }

  #noteNul(): void {
    const cell = this.cells.findIndex((cell) => cell?.includes(NUL));
    if (cell >= 0) this.problem ??= { kind: "nul", cell };
    this.#mayHaveNul = this.#pieceHasNul;
  }

  #dropSurplus(): void {
    this.#surplus += this.cells.length - this.limits.cells;
    this.cells.length = this.limits.cells;
  }
}
