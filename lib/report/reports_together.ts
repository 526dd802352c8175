/** Reports side by side: each is told the same. */
import type { RawSource } from "../csv/raw_records.ts";
import { RunStop } from "../errors.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import type { Report, ReportNeeds } from "./report.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "./run_facts.ts";
import type { RowCounts } from "./totals.ts";

/** @param reports they are printed in this order, and when one cannot be, the others are all the same */
export function reportsTogether(reports: readonly Report[]): Report {
  const [first] = reports;
  return first !== undefined && reports.length === 1 ? first : new ReportsTogether(reports);
}

class ReportsTogether implements Report {
  constructor(private readonly reports: readonly Report[]) {}

  get needs(): ReportNeeds {
    const all = this.reports.map(({ needs }) => needs);
    return {
      cells: all.some(({ cells }) => cells),
      newValues: all.some(({ newValues }) => newValues),
      names: {
        created: all.some(({ names }) => names?.created === true),
        updated: all.some(({ names }) => names?.updated === true),
      },
      rawRows: all.some(({ rawRows }) => rawRows === true),
    };
  }

  async prepare(): Promise<void> {
    for (const report of this.reports) await report.prepare();
  }

  heading(heading: RunHeading, dataSize: number | null): void {
    for (const report of this.reports) report.heading(heading, dataSize);
  }

  raw(source: RawSource): void {
    for (const report of this.reports) report.raw?.(source);
  }

  columns(columns: RunColumns): void {
    for (const report of this.reports) report.columns(columns);
  }

  row(result: RowResult): void {
    for (const report of this.reports) report.row(result);
  }

  gone(one: GoneObject): void {
    for (const report of this.reports) report.gone?.(one);
  }

  async done(counts: RowCounts, end: RunEnd): Promise<void> {
    await this.#all((report) => report.done(counts, end));
  }

  async refused(run: RefusedRun): Promise<void> {
    await this.#all((report) => report.refused(run));
  }

  restart(): void {
    for (const report of this.reports) report.restart();
  }

  close(): void {
    for (const report of this.reports) report.close();
  }

  /** @throws the first that one of them throws, when all were asked; a bug before everything else */
  async #all(ask: (report: Report) => Promise<void>): Promise<void> {
    const failures: unknown[] = [];
    for (const report of this.reports) {
      try {
        await ask(report);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures.find((one) => !(one instanceof RunStop)) ?? failures[0];
  }
}
