/** What was measured, for people and for programs. */
import type { Measure } from "./measured_process.ts";

/** One contestant's runs in one case, in the order of the rounds. */
export interface Result {
  readonly case: string;
  /** Rows of the input. */
  readonly rows: number;
  readonly contestant: string;
  readonly runs: readonly Measure[];
  /** Of SQL, in each of the runs; null: not counted. */
  readonly statements: number | null;
}

export interface Summary {
  readonly case: string;
  readonly rows: number;
  readonly contestant: string;
  /** Medians of the rounds. */
  readonly seconds: number;
  readonly cpuSeconds: number | null;
  readonly rowsPerSecond: number;
  /** MiB, the largest of all rounds. */
  readonly peak: number | null;
  /** csvrecon's time by this contestant's: the median of the ratios of each round; null for csvrecon. */
  readonly ratio: number | null;
  readonly cpuRatio: number | null;
  /** Of SQL; null: not counted. */
  readonly statements: number | null;
  /** csvrecon's statements by this contestant's. */
  readonly statementRatio: number | null;
}

/** @param results of one case and size, csvrecon's first */
export function summarize(results: readonly Result[]): readonly Summary[] {
  const [first] = results;
  return results.map((result): Summary => {
    const seconds = median(result.runs.map((run) => run.seconds)) ?? 0;
    const peaks = result.runs.flatMap(({ peak }) => peak === null ? [] : [peak]);
    return {
      case: result.case,
      rows: result.rows,
      contestant: result.contestant,
      seconds,
      cpuSeconds: median(result.runs.flatMap(({ cpuSeconds }) => cpuSeconds === null ? [] : [cpuSeconds])),
      rowsPerSecond: Math.round(result.rows / seconds),
      peak: peaks.length === 0 ? null : Math.max(...peaks),
      ratio: first === result || first === undefined ? null : ratio(first.runs, result.runs, (run) => run.seconds),
      cpuRatio: first === result || first === undefined
        ? null
        : ratio(first.runs, result.runs, (run) => run.cpuSeconds),
      statements: result.statements,
      statementRatio: first === result ? null : quotient(first?.statements, result.statements),
    };
  });
}

function ratio(
  ours: readonly Measure[],
  theirs: readonly Measure[],
  of: (run: Measure) => number | null,
): number | null {
  return median(ours.flatMap((run, round) => {
    const other = theirs[round];
    const [a, b] = [of(run), other === undefined ? null : of(other)];
    return a === null || b === null ? [] : [a / b];
  }));
}

function quotient(ours: number | null | undefined, theirs: number | null): number | null {
  return ours === null || ours === undefined || theirs === null ? null : ours / theirs;
}

/** Null for no values. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1], sorted[middle]];
  if (above === undefined) return null;
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2;
}

/** A Markdown table. */
export function table(summaries: readonly Summary[]): string {
  const number = (value: number | null, digits: number) => value === null ? "" : value.toFixed(digits);
  const rows = summaries.map((summary) => [
    summary.case,
    summary.rows.toLocaleString("en"),
    summary.contestant,
    number(summary.seconds, 2),
    number(summary.cpuSeconds, 2),
    summary.rowsPerSecond.toLocaleString("en"),
    number(summary.peak, 0),
    number(summary.ratio, 2),
    number(summary.cpuRatio, 2),
  ]);
  const heading = [
    "case",
    "rows",
    "who",
    "seconds",
    "CPU s",
    "rows/s",
    "peak MiB",
    "csvrecon takes times",
    "CPU times",
  ];
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(" | ")} |\n`;
  const rule = `| ${
    widths.map((width, column) => isText(column) ? "-".repeat(width) : "-".repeat(width - 1) + ":").join(" | ")
  } |\n`;
  return line(heading) + rule + rows.map(line).join("");
}

function isText(column: number): boolean {
  return column === 0 || column === 2;
}

function pad(cell: string, width: number, column: number): string {
  return isText(column) ? cell.padEnd(width) : cell.padStart(width);
}
