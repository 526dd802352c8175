/**
 * The reference's details table. It is not always CSV: values that were not set stand there as they were typed, without quotes, so
 * they may hold line breaks, quotes and semicolons; and the word `Modified` is glued behind a changed value.
 */

export interface RecordedCell {
  /** The value, without quotes and without the word `Modified` behind it. */
  readonly text: string;
  /** Whether the word `Modified` stood behind it. */
  readonly marked: boolean;
}

export interface RecordedTable {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly RecordedCell[])[];
}

/** `"text"`, perhaps with the mark. */
const QUOTED_CELL = /"((?:[^"]|"")*)"(Modified)?(?=;|\n|$)/y;
/** A changed value that is not quoted: an id, a number, or nothing. */
const MARKED_CELL = /(-?[\d.]*)(Modified)(?=;|\n|$)/y;
/** A message that repeats the cell, which may hold anything. */
const MESSAGE_CELL = /(?:'[^]*?' is an invalid value\.|No match for value '[^]*?'\. Some possible)[^;\n]*(?=;|\n|$)/y;
const RAW_CELL = /[^;]*/y;
/** The last cell of a row ends where the text ends or another row begins. */
const LAST_RAW_CELL = /[^]*?(?=\n\d+;(?:created|updated \d+ cols|unchanged|Issue: )|$)/y;

/** @throws when the rows cannot be told apart */
export function parseRecordedTable(text: string): RecordedTable {
  const headingEnd = text.indexOf("\n");
  const heading = (headingEnd < 0 ? text : text.slice(0, headingEnd)).split(";");
  const body = headingEnd < 0 ? "" : text.slice(headingEnd + 1).replace(/\n$/, "");
  const rows: RecordedCell[][] = [];
  for (let position = 0; position < body.length; position++) {
    const row = readRow(body, position, heading.length);
    rows.push(row.cells);
    position = row.end;
    if (position < body.length && body[position] !== "\n") {
      throw new Error(
        `Row ${rows.length} has more than ${heading.length} cells: ${body.slice(position, position + 80)}`,
      );
    }
  }
  return { heading, rows };
}

function readRow(body: string, start: number, width: number): { cells: RecordedCell[]; end: number } {
  if (!/^\d+;/.test(body.slice(start, start + 12))) {
    throw new Error(`Not the beginning of a row: ${body.slice(start, start + 80)}`);
  }
  const cells: RecordedCell[] = [];
  let position = start;
  while (true) {
    const isLast = cells.length === width - 1;
    const { cell, end } = readCell(body, position, isLast);
    cells.push(cell);
    if (isLast) return { cells, end };
    if (body[end] !== ";") throw new Error(`A row has ${cells.length} of ${width} cells: ${body.slice(start, end)}`);
    position = end + 1;
  }
}

function readCell(body: string, start: number, isLast: boolean): { cell: RecordedCell; end: number } {
  const set = matchAt(QUOTED_CELL, body, start) ?? matchAt(MARKED_CELL, body, start);
  if (set !== null) {
    const text = (set[1] ?? "").replaceAll('""', '"');
    return { cell: { text, marked: set[2] !== undefined }, end: start + set[0].length };
  }
  const message = isLast ? null : matchAt(MESSAGE_CELL, body, start);
  const raw = message ?? matchAt(isLast ? LAST_RAW_CELL : RAW_CELL, body, start);
  const text = raw?.[0] ?? "";
  return { cell: { text, marked: false }, end: start + text.length };
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}
