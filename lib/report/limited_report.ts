/**
 * The report of a run that may be taken back at its end: rows are told long before that is known, and new objects have their ids only if
 * the run counts. So there are two reports, of which one is printed.
 */
import type { RawSource } from "../csv/raw_records.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import type { Report, ReportNeeds } from "./report.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import type { RowCounts } from "./totals.ts";

/** @param kept is printed if the run counts @param takenBack is printed otherwise; it is like the other one */
export function limitedReport(kept: Report, takenBack: Report): Report {
  return new LimitedReport(kept, takenBack);
}

class LimitedReport implements Report {
  constructor(private readonly kept: Report, private readonly takenBack: Report) {}

  get needs(): ReportNeeds {
    return this.kept.needs;
  }

  async prepare(): Promise<void> {
    await this.kept.prepare();
  }

  heading(heading: RunHeading, dataSize: number | null): void {
    this.kept.heading(heading, dataSize);
    this.takenBack.heading(heading, dataSize);
  }

  raw(source: RawSource): void {
    this.kept.raw?.(source);
    this.takenBack.raw?.(source);
  }

  columns(columns: RunColumns): void {
    this.kept.columns(columns);
    this.takenBack.columns(columns);
  }

  row(result: RowResult): void {
    this.kept.row(result);
    this.takenBack.row(withoutNewId(result));
  }

  gone(one: GoneObject): void {
    this.kept.gone?.(one);
    this.takenBack.gone?.(one);
  }

  async done(counts: RowCounts, end: RunEnd): Promise<void> {
    await (end.exceeded.length > 0 ? this.takenBack : this.kept).done(counts, end);
  }

  async refused(run: RefusedRun): Promise<void> {
    await this.kept.refused(run);
  }

  restart(): void {
    this.kept.restart();
    this.takenBack.restart();
  }

  close(): void {
    this.kept.close();
    this.takenBack.close();
  }
}

/** The row as a simulation would tell it. */
function withoutNewId(result: RowResult): RowResult {
  const { outcome } = result;
  if (outcome.object?.isNew !== true) return result;
  return { ...result, outcome: { ...outcome, object: { ...outcome.object, id: 0 } } };
}
