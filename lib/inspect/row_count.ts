/** Rows of one sort: how many, and the lines of the first of them. */

/** `lines`: of the file, from 1, in order; the first few. */
export interface RowCount {
  readonly count: number;
  readonly lines: readonly number[];
}

const MOST_LINES = 5;

export class RowCounter implements RowCount {
  count = 0;
  readonly lines: number[] = [];

  note(line: number): void {
    this.count++;
    if (this.lines.length < MOST_LINES) this.lines.push(line);
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }
}

/** Those of several sorts that have no row in common. */
export function mergedRows(sorts: readonly RowCount[]): RowCount {
  return {
    count: sorts.reduce((sum, { count }) => sum + count, 0),
    lines: sorts.flatMap(({ lines }) => lines).sort((one, other) => one - other).slice(0, MOST_LINES),
  };
}
