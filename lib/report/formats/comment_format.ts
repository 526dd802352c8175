/** The formats `summary` and `retcode`, and what others that begin with comment lines share with them. */
import type { TextSink } from "../../io.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { headingLines, resultLines } from "../comment_lines.ts";
import { printedLines } from "../printed_lines.ts";
import { exceededLines, refusalLines } from "../refusal_lines.ts";
import { type ReportNeeds, SENTENCES_ONLY } from "../report.ts";
import type { BegunRun, EndedRun, ReportFormat, ReportStyle } from "../report_format.ts";
import type { RefusedRun, RunColumns } from "../run_facts.ts";
import { safeText } from "../safe_csv.ts";
import { inError } from "../totals.ts";

export class CommentFormat implements ReportFormat {
  readonly needs: ReportNeeds = SENTENCES_ONLY;

  /** @param sink where it will be printed */
  constructor(protected readonly style: ReportStyle, protected readonly sink: Pick<TextSink, "isTerminal">) {}

  columns(_columns: RunColumns): void {}

  row(_result: RowResult): string | readonly Uint8Array[] {
    return "";
  }

  before({ heading, columns, counts, end }: EndedRun): string {
    const { output } = this.style;
    if (output === "retcode") return `${inError(counts)}\n`;
    const lines = [
      ...headingLines(output, heading, end.dataSize),
      ...resultLines(heading, columns, counts, end),
      ...exceededLines(heading, end, this.style.hasHints === true),
    ];
    return printedLines([...lines.map(this.change), ...this.tableHeading(columns)], this.sink);
  }

  after(_run: EndedRun): string {
    return "";
  }

  refused(run: RefusedRun, begun: BegunRun | null): string {
    const { output } = this.style;
    const messages = refusalLines(run, this.style.hasHints === true);
    const heading = begun === null || output === "retcode" ? [] : headingLines(output, begun.heading, begun.dataSize);
    return printedLines([...heading, ...messages].map(this.change), this.sink);
  }

  /** The line above the table, if there is one. */
  protected tableHeading(_columns: RunColumns): readonly string[] {
    return [];
  }

  /** What becomes of a text. */
  protected get change(): (text: string) => string {
    return this.style.safeCsv ? safeText : asItIs;
  }
}

function asItIs(text: string): string {
  return text;
}
