/** The format `json`: a line for each row, then one for the run. See `json_lines.ts`. */
import type { GoneObject } from "../../reconcile/gone_object.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { jsonGone, jsonRefused, jsonRows, jsonRun } from "../json_lines.ts";
import { SENTENCES_ONLY } from "../report.ts";
import type { EndedRun, ReportFormat } from "../report_format.ts";
import type { RefusedRun, RunColumns } from "../run_facts.ts";

export class JsonFormat implements ReportFormat {
  readonly needs = SENTENCES_ONLY;

  #row: ((result: RowResult) => string) | null = null;

  columns(columns: RunColumns): void {
    this.#row = jsonRows(columns);
  }

  row(result: RowResult): string {
    if (this.#row === null) throw new Error("a row comes behind its columns");
    return this.#row(result);
  }

  gone(one: GoneObject): string {
    return jsonGone(one);
  }

  before(): string {
    return "";
  }

  after({ heading, columns, counts, end }: EndedRun): string {
    return jsonRun(heading, columns, counts, end);
  }

  refused(run: RefusedRun): string {
    return jsonRefused(run);
  }
}
