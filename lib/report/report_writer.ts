/** Writes the report of one run: takes facts and rows as they come, and prints them at the end in the reference's order. */
import type { TextSink } from "../io.ts";
import { reportNotWritable, reportOfWrittenNotWritable } from "../messages/report.ts";
import type { OutputFormat } from "../parameters/settings/settings.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import { headingLines, resultLines } from "./comment_lines.ts";
import { jsonRefused, jsonRow, jsonRun } from "./json_lines.ts";
import { printedLines } from "./printed_lines.ts";
import { printing } from "./printing.ts";
import { refusalLines } from "./refusal_lines.ts";
import { type Report, type ReportNeeds, SENTENCES_ONLY } from "./report.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import { safeText } from "./safe_csv.ts";
import { Spool } from "./spool.ts";
import { headingRow, tableRow } from "./table_row.ts";
import type { RowCounts } from "./totals.ts";

/** How a report is to look. */
export interface ReportStyle {
  readonly output: OutputFormat;
  /** No text passes for a formula: see `safe_csv.ts`. JSON has none. */
  readonly safeCsv: boolean;
  /** What to do stands beside what is wrong, for who sees no standard error; left out: it does not. JSON has it always. */
  readonly hasHints?: boolean | undefined;
}

/**
 * A report to be filled.
 * @param spoolFolder where a temporary file may be made for the rows: the folder of the database
 */
export function createReport(style: ReportStyle, sink: TextSink, spoolFolder: string): Report {
  return new SpooledReport(style, sink, new Spool(spoolFolder));
}

/** A line for a row, with its end; null: rows are not reported. */
function rowLine({ output, safeCsv }: ReportStyle, sink: TextSink): ((result: RowResult) => string) | null {
  if (output === "json") return jsonRow;
  if (output !== "details") return null;
  const change = safeCsv ? safeText : asItIs;
  if (!sink.isTerminal) return (result) => tableRow(result, change) + "\n";
  return (result) => printedLines([tableRow(result, change)], sink);
}

class SpooledReport implements Report {
  readonly needs: ReportNeeds;
  readonly #rowText: ((result: RowResult) => string) | null;
  #heading: RunHeading | null = null;
  #dataSize: number | null = null;
  #columns: RunColumns | null = null;

  constructor(readonly style: ReportStyle, readonly sink: TextSink, readonly spool: Spool) {
    this.#rowText = rowLine(style, sink);
    this.needs = { ...SENTENCES_ONLY, cells: style.output === "details" };
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  heading(heading: RunHeading, dataSize: number | null): void {
    this.#heading = heading;
    this.#dataSize = dataSize;
  }

  columns(columns: RunColumns): void {
    this.#columns = columns;
  }

  row(result: RowResult): void {
    if (this.#rowText !== null) this.spool.write(this.#rowText(result));
  }

  async done(counts: RowCounts, end: RunEnd): Promise<void> {
    const heading = this.#heading;
    const columns = this.#columns;
    if (heading === null || columns === null) throw new Error("a report needs its heading and columns before its end");
    const hasWritten = !heading.simulate && counts.created + counts.updated > 0;
    // Made before anything is printed: what fails here is a bug, not a sink that takes nothing.
    const isJson = this.style.output === "json";
    const text = isJson ? jsonRun(heading, columns, counts, end) : this.#beforeRows(heading, columns, counts, end);
    await printing(async () => {
      if (!isJson) await this.sink.write(text);
      await this.spool.copyTo(this.sink);
      if (isJson) await this.sink.write(text);
    }, hasWritten ? reportOfWrittenNotWritable : reportNotWritable);
  }

  async refused(run: RefusedRun): Promise<void> {
    await printing(() => this.sink.write(this.#refusal(run)), reportNotWritable);
  }

  close(): void {
    this.spool.close();
  }

  #beforeRows(heading: RunHeading, columns: RunColumns, counts: RowCounts, end: RunEnd): string {
    const { output } = this.style;
    if (output === "retcode") return `${counts.rejected}\n`;
    const lines = [
      ...headingLines(output, heading, end.dataSize),
      ...resultLines(heading, columns, counts, end.warnings),
    ];
    const table = output === "details" ? [headingRow(columns.tableHeading, this.#change)] : [];
    return printedLines([...lines.map(this.#change), ...table], this.sink);
  }

  #refusal(run: RefusedRun): string {
    const { output } = this.style;
    if (output === "json") return jsonRefused(run);
    const messages = refusalLines(run, this.style.hasHints === true);
    const heading = this.#heading === null || output === "retcode"
      ? []
      : headingLines(output, this.#heading, this.#dataSize);
    return printedLines([...heading, ...messages].map(this.#change), this.sink);
  }

  get #change(): (text: string) => string {
    return this.style.safeCsv ? safeText : asItIs;
  }
}

function asItIs(text: string): string {
  return text;
}
