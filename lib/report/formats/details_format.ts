/** The format `details`: the comment lines, then a table with a line for each row. */
import type { TextSink } from "../../io.ts";
import type { GoneObject } from "../../reconcile/gone_object.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { printedLines } from "../printed_lines.ts";
import { type ReportNeeds, SENTENCES_ONLY } from "../report.ts";
import type { ReportStyle } from "../report_format.ts";
import type { RunColumns } from "../run_facts.ts";
import { goneRow, headingRow, tableRow } from "../table_row.ts";
import { CommentFormat } from "./comment_format.ts";

export class DetailsFormat extends CommentFormat {
  override readonly needs: ReportNeeds = { ...SENTENCES_ONLY, cells: true };
  readonly #change: (text: string) => string;

  constructor(style: ReportStyle, sink: Pick<TextSink, "isTerminal">) {
    super(style, sink);
    this.#change = this.change;
  }

  override row(result: RowResult): string {
    const line = tableRow(result, this.#change);
    return this.sink.isTerminal ? printedLines([line], this.sink) : line + "\n";
  }

  gone(one: GoneObject): string {
    return printedLines([goneRow(one, this.#change)], this.sink);
  }

  protected override tableHeading({ tableHeading }: RunColumns): readonly string[] {
    return [headingRow(tableHeading, this.change)];
  }
}
