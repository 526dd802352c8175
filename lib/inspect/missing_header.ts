/** Whether a file has no header, as far as that is certain: its first row is one as all others are. */
import type { CsvRecord } from "../csv/record.ts";

/** What no column is called, and what is known for what it is wherever it stands. Numbers are none of it: years are names, too. */
const LOOKS = [
  ["mail", /^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+$/],
  ["url", /^(?:https?|ftp):\/\/\S+$/i],
  ["date", /^(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?:[T ]\d{1,2}:\d{2}.*)?$/],
  ["address", /^(?:\d{1,3}\.){3}\d{1,3}$/],
  ["uuid", /^\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?$/i],
] as const satisfies readonly (readonly [string, RegExp])[];

export type LookOfData = typeof LOOKS[number][0];

/** Why the first row is data. */
export interface MissingHeader {
  /** How many cells it has. */
  readonly columns: number;
  /** The column that shows it, from 1, and what all its cells are. */
  readonly column: number;
  readonly look: LookOfData;
  /** How many filled cells below the first one were looked at. */
  readonly rows: number;
}

/** Of a column: fewer may be chance. */
const FEWEST_ROWS = 2;
const LONGEST = 300;

/** @param records the first ones of a file @returns null: its first one may be a header */
export function missingHeader([first, ...others]: readonly CsvRecord[]): MissingHeader | null {
  if (first === undefined || first.problem !== null) return null;
  const columns = first.cells.length;
  const rows = others.filter(({ cells, problem }) => problem === null && cells.length === columns);
  for (const [index, cell] of first.cells.entries()) {
    const look = lookOf(cell);
    if (look === null || !standsAlone(first, look)) continue;
    const below = rows.map(({ cells }) => cells[index] ?? "").filter((one) => one !== "");
    if (below.length < FEWEST_ROWS || !below.every((one) => lookOf(one) === look)) continue;
    return { columns, column: index + 1, look, rows: below.length };
  }
  return null;
}

/** What stands in for the names that nobody knows. */
export function namesInstead(columns: number): readonly string[] {
  return Array.from({ length: columns }, (_, index) => `COLUMN ${index + 1}`);
}

function lookOf(cell: string | null): LookOfData | null {
  if (cell === null || cell.length > LONGEST) return null;
  const text = cell.trim();
  return LOOKS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** Days, pages or addresses may head all columns of a table that has more of them below: they are not its names where others stand beside. */
function standsAlone({ cells }: CsvRecord, look: LookOfData): boolean {
  const filled = cells.filter((cell) => cell !== null && cell !== "");
  return filled.filter((cell) => lookOf(cell) === look).length * 2 <= filled.length;
}
