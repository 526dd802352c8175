/** Turns the cells of records into those of the mapped columns. What can be known before the first row is known here. */
import type { Cell, CsvRecord } from "../csv/record.ts";
import { filtered } from "./filter.ts";
import type { CellSource, MadePiece } from "./map_header.ts";
import type { AttributeWords } from "./map_file.ts";
import { type WordTable, wordTable } from "./word_table.ts";

/** Where the mapped cells come from. */
export interface CellPlan {
  /** How many columns the file has: they stand before those that the map adds. */
  readonly columnsOfFile: number;
  /** One for each column, each behind what it is made of. */
  readonly sources: readonly CellSource[];
  /** By the index of the column. */
  readonly words: ReadonlyMap<number, AttributeWords["words"]>;
}

export interface MapperLimits {
  /** Of all cells that templates make of a record, in UTF-16 code units: of a short record they could make more than the memory holds. */
  readonly madeLength: number;
  /** Of the made cells of records that are worked together, in UTF-16 code units, but for the last of them. */
  readonly textTogether: number;
}

/** The cell would be longer than it may be. */
const TOO_LONG = Symbol("too long");

interface MadeColumn {
  readonly cell: number;
  readonly source: Exclude<CellSource, { readonly kind: "file" }>;
}

export class RecordMapper {
  readonly #made: readonly MadeColumn[];
  readonly #tables: readonly { readonly cell: number; readonly table: WordTable }[];
  readonly #nullWords: ReadonlySet<Cell> | null;
  /** Something in the map holds a line break: a cell may have one though the record has none. */
  readonly #mayBreakLines: boolean;

  /** @param nullWords cells that mean nothing, as `<NULL>` does */
  constructor(
    private readonly plan: CellPlan,
    private readonly limits: MapperLimits,
    nullWords: readonly string[],
  ) {
    const { sources } = plan;
    this.#nullWords = nullWords.length === 0 ? null : new Set(nullWords);
    this.#made = sources.flatMap((source, cell): MadeColumn[] => source.kind === "file" ? [] : [{ cell, source }]);
    this.#tables = [...plan.words].map(([cell, words]) => ({ cell, table: wordTable(words) }));
    this.#mayBreakLines = LINE_BREAK.test(JSON.stringify([sources, [...plan.words.values()]]));
  }

  /** Gives the records in their order, in parts: a short cell may be made into a long one. */
  *mapped(records: readonly CsvRecord[]): Generator<readonly CsvRecord[], void> {
    let part: CsvRecord[] = [];
    let text = 0;
    for (const record of records) {
      const mapped = this.map(record);
      part.push(mapped);
      if (this.#made.length > 0) text += this.#madeText(mapped.cells);
      if (text <= this.limits.textTogether) continue;
      yield part;
      part = [];
      text = 0;
    }
    if (part.length > 0) yield part;
  }

  #madeText(cells: readonly Cell[]): number {
    let text = 0;
    for (let cell = this.plan.columnsOfFile; cell < cells.length; cell++) text += cells[cell]?.length ?? 0;
    return text;
  }

  /** @returns the record with a cell for each column. Nothing is made of one whose cells cannot be told apart. */
  map(record: CsvRecord): CsvRecord {
    const { columnsOfFile, sources } = this.plan;
    const { cells: typed, line, hasLineBreak } = record;
    const cells: Cell[] = new Array(sources.length);
    for (let cell = 0; cell < columnsOfFile; cell++) cells[cell] = this.#read(typed[cell] ?? null);
    const canBeTold = record.problem === null && typed.length >= columnsOfFile;
    const tooLong = canBeTold ? this.#make(cells) : null;
    if (!canBeTold) cells.fill(null, columnsOfFile);
    return {
      cells,
      line,
      problem: record.problem,
      hasLineBreak: hasLineBreak || this.#mayBreakLines,
      typed: record,
      madeTooLong: tooLong,
    };
  }

  #read(cell: Cell): Cell {
    return this.#nullWords !== null && this.#nullWords.has(cell) ? null : cell;
  }

  /** Templates take the cells of the file before words are looked up. @returns the cell that is too long, or null */
  #make(cells: Cell[]): number | null {
    let tooLong: number | null = null;
    let left = this.limits.madeLength;
    for (const { cell, source } of this.#made) {
      const isConstant = source.kind === "constant";
      const made = isConstant ? source.text : madeOf(source.pieces, cells, left);
      if (made === TOO_LONG) tooLong ??= cell;
      else if (!isConstant) left -= made?.length ?? 0;
      cells[cell] = made === TOO_LONG ? null : made;
    }
    for (const { cell, table } of this.#tables) {
      const text = cells[cell];
      if (typeof text === "string") cells[cell] = table.meaningOf(text);
    }
    return tooLong;
  }
}

const LINE_BREAK = /\\[nrvf]|[\u0085\u2028\u2029]/;

/** @returns empty where none of its columns has text, whatever stands between them; null where they are all `<NULL>` */
function madeOf(pieces: readonly MadePiece[], cells: readonly Cell[], most: number): Cell | typeof TOO_LONG {
  let made = "";
  let isNull = true;
  let isEmpty = true;
  for (const piece of pieces) {
    if ("text" in piece) made += piece.text;
    else {
      const cell = cells[piece.cell] ?? null;
      if (cell !== null) isNull = false;
      if (cell !== null && cell !== "") {
        let text = cell;
        for (const filter of piece.filters) {
          const result = filtered(text, filter, most);
          if (result === null) return TOO_LONG;
          text = result;
        }
        isEmpty &&= text.trim() === "";
        made += text;
      }
    }
    if (made.length > most) return TOO_LONG;
  }
  if (isEmpty) return isNull ? null : "";
  return made;
}
