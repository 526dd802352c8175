/** The header of a file that has none: the caller gives it (SPEC 16). */
import type { RunWarnings } from "../run_warnings.ts";
import { ADDED_COLUMNS, endsWithAddedNames } from "./added_names.ts";
import { columnForm } from "./heading.ts";
import type { Cell, CsvRecord } from "./record.ts";

/** The line of a header that stands in no file. */
export const NO_LINE = 0;

export class GivenHeader {
  #isDone: boolean;

  /** @param names null: the file has its own */
  constructor(private readonly names: readonly string[] | null) {
    this.#isDone = names === null;
  }

  /** The records with the header before the first of all. @param warnings is told of one that stands in the file all the same */
  before(records: readonly CsvRecord[], warnings: RunWarnings): readonly CsvRecord[] {
    const [first] = records;
    if (this.#isDone || this.names === null || first === undefined) return records;
    this.#isDone = true;
    // A file of rows in error has the header that their import was given, with the columns that were added.
    if (first.cells.length === this.names.length + ADDED_COLUMNS.length && endsWithAddedNames(first.cells)) {
      return records;
    }
    const header = recordOf(this.names);
    if (!isThisHeader(first.cells, this.names)) return [header, ...records];
    warnings.noteRow({ kind: "repeated_header" }, first.line);
    return [header, ...records.slice(1)];
  }

  /** The text has ended: the header of a file without any record. */
  alone(): readonly CsvRecord[] {
    if (this.#isDone || this.names === null) return [];
    this.#isDone = true;
    return [recordOf(this.names)];
  }
}

function recordOf(names: readonly string[]): CsvRecord {
  return { cells: names, line: NO_LINE, problem: null, hasLineBreak: false };
}

/** The file has a header after all, in other letters perhaps: it must not become an object. */
function isThisHeader(cells: readonly Cell[], names: readonly string[]): boolean {
  return cells.length === names.length &&
    cells.every((cell, index) => cell !== null && columnForm(cell) === columnForm(names[index] ?? ""));
}
