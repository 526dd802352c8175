/** Rows whose form is wrong. */
import { wrongCellCount } from "../columns/added_columns.ts";
import type { ColumnPlan } from "../columns/plan.ts";
import type { CsvRecord, RecordProblem } from "../csv/record.ts";
import type { Findings } from "./finding.ts";
import { RowCounter } from "./row_count.ts";

export class RowTally {
  #rows = 0;
  #cells = 0;
  readonly #problems = new Map<RecordProblem["kind"], RowCounter>();
  readonly #wrongLength = new RowCounter();
  #found = 0;
  #expected = 0;
  #areEmptyEnds = true;
  #areShort = true;

  /** @param columns of the header, and how many cells stand behind them in columns that an import ignores */
  constructor(private readonly columns: Pick<ColumnPlan, "headers" | "addedCells">) {}

  get rows(): number {
    return this.#rows;
  }

  get cells(): number {
    return this.#cells;
  }

  /** @returns whether its cells are those of the columns */
  note({ cells, line, problem }: CsvRecord): boolean {
    this.#rows++;
    this.#cells += cells.length;
    if (problem !== null) {
      const counter = this.#problems.get(problem.kind) ?? new RowCounter();
      this.#problems.set(problem.kind, counter);
      counter.note(line);
      return false;
    }
    const wrong = wrongCellCount(cells, this.columns);
    if (wrong === null) return true;
    if (this.#wrongLength.isEmpty) [this.#found, this.#expected] = [wrong.found, wrong.expected];
    const { headers, addedCells } = this.columns;
    this.#areEmptyEnds &&= cells.length === headers.length + addedCells + 1 && cells.at(-1) === "";
    this.#areShort &&= wrong.found < wrong.expected;
    this.#wrongLength.note(line);
    return false;
  }

  tell(findings: Findings): void {
    for (const [problem, rows] of this.#problems) findings.error({ kind: "bad_rows", problem, rows });
    if (this.#wrongLength.isEmpty) return;
    findings.error({
      kind: "wrong_length",
      rows: this.#wrongLength,
      found: this.#found,
      expected: this.#expected,
      isEmptyEnd: this.#areEmptyEnds,
      areShort: this.#areShort,
    });
  }
}
