/** Writes the report of one run: takes facts and rows as they come, and prints them at the end in the reference's order. */
import type { RawSource } from "../csv/raw_records.ts";
import type { TextSink } from "../io.ts";
import { reportNotWritable, reportOfWrittenNotWritable } from "../messages/report.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import { CommentFormat } from "./formats/comment_format.ts";
import { printing } from "./printing.ts";
import type { Report, ReportNeeds } from "./report.ts";
import type { ReportFormat, ReportStyle } from "./report_format.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import { Spool } from "./spool.ts";
import { hasWritten, isKept, type RowCounts } from "./totals.ts";

/**
 * A report to be filled.
 * @param spoolFolder where a temporary file may be made for the rows: the folder of the database
 */
export async function createReport(style: ReportStyle, sink: TextSink, spoolFolder: string): Promise<Report> {
  return new SpooledReport(await formatOf(style, sink), sink, new Spool(spoolFolder));
}

/** Most imports need no other words than those of comment lines. */
async function formatOf(style: ReportStyle, sink: TextSink): Promise<ReportFormat> {
  switch (style.output) {
    case "retcode":
    case "summary":
      return new CommentFormat(style, sink);
    case "details":
      return new (await import("./formats/details_format.ts")).DetailsFormat(style, sink);
    case "errors":
      return new (await import("./formats/errors_format.ts")).ErrorsFormat(style, sink);
    case "diff":
      return new (await import("./formats/diff_format.ts")).DiffFormat(style, sink);
    case "json":
      return new (await import("./formats/json_format.ts")).JsonFormat();
    case "rejects":
      return new (await import("./formats/rejects_format.ts")).RejectsFormat(style, sink);
  }
}

class SpooledReport implements Report {
  readonly needs: ReportNeeds;
  #heading: RunHeading | null = null;
  #dataSize: number | null = null;
  #columns: RunColumns | null = null;

  constructor(readonly format: ReportFormat, readonly sink: TextSink, readonly spool: Spool) {
    this.needs = format.needs;
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
    this.format.columns(columns);
  }

  raw(source: RawSource): void {
    this.format.raw?.(source);
  }

  row(result: RowResult): void {
    const row = this.format.row(result);
    if (row.length > 0) this.spool.write(row);
  }

  gone(one: GoneObject): void {
    const text = this.format.gone?.(one) ?? "";
    if (text !== "") this.spool.write(text);
  }

  async done(counts: RowCounts, end: RunEnd): Promise<void> {
    const heading = this.#heading;
    const columns = this.#columns;
    if (heading === null || columns === null) throw new Error("a report needs its heading and columns before its end");
    // Made before anything is printed: what fails here is a bug, not a sink that takes nothing.
    const run = { heading, columns, counts, end };
    const [before, after] = [this.format.before(run), this.format.after(run)];
    const behind = counts.rejected > 0 ? this.format.behindRows?.() ?? [] : [];
    await printing(async () => {
      if (behind.length > 0) this.spool.write(behind);
      if (before !== "") await this.sink.write(before);
      await this.spool.copyTo(this.sink, this.format.print);
      if (after !== "") await this.sink.write(after);
    }, hasWritten(counts, isKept(heading, end)) ? reportOfWrittenNotWritable : reportNotWritable);
  }

  async refused(run: RefusedRun): Promise<void> {
    const heading = this.#heading;
    const begun = heading === null ? null : { heading, dataSize: this.#dataSize };
    await printing(() => this.sink.write(this.format.refused(run, begun)), reportNotWritable);
  }

  restart(): void {
    this.#columns = null;
    this.spool.close();
  }

  close(): void {
    this.spool.close();
  }
}
