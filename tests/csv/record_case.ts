/** What a case of the grammar is made of. */
import type { Dialect } from "../../lib/csv/dialect.ts";
import { hasLineBreak } from "../../lib/values/line_breaks.ts";
import type { Cell, CsvRecord, OpenQualifier, RecordProblem } from "../../lib/csv/record.ts";

export interface RecordCase {
  readonly title: string;
  readonly dialect: Dialect;
  readonly text: string;
  readonly records: readonly CsvRecord[];
  readonly openQualifier?: OpenQualifier;
}

export const COMMA: Dialect = { separator: ",", qualifier: '"' };
export const TAB: Dialect = { separator: "\t", qualifier: '"' };

export function record(line: number, cells: readonly Cell[], problem: RecordProblem | null = null): CsvRecord {
  return { cells, line, problem, hasLineBreak: problem === null && cells.some((cell) => hasLineBreak(cell ?? "")) };
}

/** Records of one line each, from line 1. */
export function lines(...rows: readonly (readonly Cell[])[]): readonly CsvRecord[] {
  return rows.map((cells, index) => record(index + 1, cells));
}

export function nul(cell: number): RecordProblem {
  return { kind: "nul", cell };
}

export function textAfterQualifier(cell: number, line: number): RecordProblem {
  return { kind: "text_after_qualifier", cell, line };
}
