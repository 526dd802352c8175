/** The record that is being read, held to its limits however the text is cut into pieces. */
import { withoutBlankEnds } from "../compared_text.ts";
import { endsUnpaired } from "./cell_text.ts";
import type { Cell, CsvRecord, RecordProblem, RecordTallies, RecordTally, TooLong } from "./record.ts";
import type { RecordLimits } from "./record_limits.ts";
import type { TextPlaces, TextStart } from "./text_places.ts";
import type { UnfinishedCell } from "./unfinished_cell.ts";

const NUL = "\0";
const CONTROL = /[\u0080-\u009f]/;
/** Line breaks by the rules of Unicode that end no record. NEXT LINE (U+0085) is a control besides. */
const FURTHER_LINE_BREAK = /[\v\f\u2028\u2029]/;
/** Characters that must be looked at. To search a piece for each of them is faster than one regular expression for all. */
const ODD = [NUL, "\v", "\f"];
const ODD_BEYOND_ASCII = [
  ...Array.from({ length: 0x20 }, (_, index) => String.fromCharCode(0x80 + index)),
  "\u2028",
  "\u2029",
];

/** Collects one record after the other: `take` it, and it is empty for the next. */
export class UnfinishedRecord implements RecordTallies {
  /** The line in the file on which it begins, from 1. */
  line: number;
  problem: RecordProblem | null = null;
  /** Why the text is not read on. */
  tooLong: TooLong | null = null;
  /** Those that are kept. */
  cells: Cell[] = [];
  hasLineBreak = false;
  hasQualified = false;
  separatorRows: RecordTally = NONE;
  controlRows: RecordTally = NONE;

  /** Cells that were counted, and not kept. */
  #surplus = 0;
  #pieceIsOdd = false;
  /** One of the pieces in which it stands has a character that must be looked at. */
  #mayBeOdd = false;
  /** Index of the last raw cell that holds a qualifier; -1: there is none. */
  #withQualifier = -1;
  /** Where it begins in this piece, and how much of it stood in the pieces before. */
  #start = 0;
  #lengthBefore = 0;
  /** How much of the text stands before this piece. */
  #textBefore: number;

  /** @param places null: nobody wants to hear them @param start where the text begins in the file */
  constructor(readonly limits: RecordLimits, private readonly places: TextPlaces | null, start: TextStart) {
    this.line = start.line;
    this.#textBefore = start.offset;
  }

  /** How many cells it has. */
  get count(): number {
    return this.#surplus + this.cells.length;
  }

  /** It has two cells at least, and nothing but separators. */
  get isOfSeparators(): boolean {
    return isUnfilled(this.cells[0]) && this.cells.length > 1 && !this.hasQualified && this.problem === null &&
      this.count <= this.limits.cells && this.cells.every(isUnfilled);
  }

  /** Looks for odd characters in the whole piece: to look into each cell takes longer. @param isPlain see `RecordReader` */
  beginPiece(text: string, isPlain: boolean): void {
    this.#pieceIsOdd = ODD.some((one) => text.includes(one)) ||
      (!isPlain && ODD_BEYOND_ASCII.some((one) => text.includes(one)));
    this.#mayBeOdd ||= this.#pieceIsOdd;
  }

  /** A raw cell with a qualifier in it ended. @param value of the cell */
  noteQualifier(value: Cell, qualifier: string): void {
    if (value === null) return;
    if (this.#withQualifier >= 0 && endsUnpaired(value, qualifier)) {
      this.problem ??= { kind: "shifted", cell: this.#withQualifier, end: this.count };
    }
    this.#withQualifier = this.count;
  }

  /** A line begins that may be that of the next record. @param at index in the piece @returns it */
  beginLine(at: number, line: number): number {
    this.line = line;
    if (this.places !== null) this.places.lineEnds(this.#textBefore + at);
    return at;
  }

  /** A cell ended that something stands behind. @param at index in the piece */
  endCell(at: number): void {
    this.places?.cellEnds?.(this.#textBefore + at);
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
    this.#textBefore += length;
    this.#lengthBefore += length - this.#start;
    this.#start = 0;
    if (this.cells.length > this.limits.cells) this.#dropSurplus();
  }

  take(): CsvRecord {
    if (this.#mayBeOdd) this.#noteOddities();
    if (this.count > this.limits.cells) {
      this.problem = { kind: "too_many_cells", found: this.count, limit: this.limits.cells };
      this.#dropSurplus();
    }
    const { cells, line, problem } = this;
    this.places?.recordEnds(line);
    const record = { cells, line, problem, hasLineBreak: this.hasLineBreak && problem === null };
    this.#clear();
    return record;
  }

  /** Counts it, and forgets it. */
  passOver(): void {
    this.separatorRows = oneMore(this.separatorRows, this.line);
    this.#clear();
  }

  #clear(): void {
    this.cells = [];
    this.problem = null;
    this.hasLineBreak = false;
    this.hasQualified = false;
    this.#withQualifier = -1;
    this.#surplus = 0;
    this.#mayBeOdd = this.#pieceIsOdd;
  }

  #noteOddities(): void {
    const withNul = this.cells.findIndex((cell) => cell?.includes(NUL));
    if (withNul >= 0) this.problem ??= { kind: "nul", cell: withNul };
    if (this.cells.some((cell) => CONTROL.test(cell ?? ""))) this.controlRows = oneMore(this.controlRows, this.line);
    this.hasLineBreak ||= this.cells.some((cell) => FURTHER_LINE_BREAK.test(cell ?? ""));
  }

  #dropSurplus(): void {
    this.#surplus += this.cells.length - this.limits.cells;
    this.cells.length = this.limits.cells;
  }
}

const NONE: RecordTally = { count: 0, firstLine: 0 };

function oneMore({ count, firstLine }: RecordTally, line: number): RecordTally {
  return { count: count + 1, firstLine: count === 0 ? line : firstLine };
}

/** Blanks of ASCII are gone from the ends already; those of other alphabets fill no cell either. */
function isUnfilled(cell: Cell | undefined): boolean {
  if (cell === "") return true;
  return typeof cell === "string" && cell.charCodeAt(0) > LAST_OF_ASCII && withoutBlankEnds(cell) === "";
}

const LAST_OF_ASCII = 0x7f;
