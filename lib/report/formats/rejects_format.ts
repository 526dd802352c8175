/** The format `rejects`: the rows in error as they came, and nothing else; nothing at all when there are none. */
import type { RawSource } from "../../csv/raw_records.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { RejectedRows } from "../rejects/rejected_rows.ts";
import { type ReportNeeds, SENTENCES_ONLY } from "../report.ts";
import type { RunColumns } from "../run_facts.ts";
import { CommentFormat } from "./comment_format.ts";

export class RejectsFormat extends CommentFormat {
  override readonly needs: ReportNeeds = { ...SENTENCES_ONLY, rawRows: true };
  #source: RawSource | null = null;
  #rows: RejectedRows | null = null;

  raw(source: RawSource): void {
    this.#source = source;
  }

  override columns(columns: RunColumns): void {
    if (this.#source === null) throw new Error("rows are given back as they came only where their bytes are kept");
    this.#rows = new RejectedRows(this.#source, columns);
  }

  override row(result: RowResult): string | readonly Uint8Array[] {
    return this.#rows?.of(result) ?? "";
  }

  behindRows(): readonly Uint8Array[] {
    return this.#rows?.footer() ?? [];
  }

  override before(): string {
    return "";
  }
}
