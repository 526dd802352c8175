/** One import on its way: prepared, worked, reported, closed, in this order. */
import { dirname } from "@std/path";
import { EXIT, reasonOf, RunStop, type StopMessage } from "../errors.ts";
import { internalError, internalErrorAfterwards } from "../messages/run.ts";
import { printingRefusal } from "../report/printing.ts";
import { createReport, type Report } from "../report/report_writer.ts";
import type { RowCounts } from "../report/totals.ts";
import type { UsedIds } from "../databases/sqlite/id_sequence.ts";
import { pathFrom } from "../working_folder.ts";
import { exitCodeOf, type ImportOutcome } from "./import_outcome.ts";
import type { ImportRequest } from "./import_request.ts";
import { importRows, type PreparedImport } from "./import_rows.ts";
import { prepareImport } from "./prepare_import.ts";

export class ImportRun {
  readonly #request: ImportRequest;
  readonly #report: Report;
  #prepared: PreparedImport | null = null;
  #counts: RowCounts | null = null;
  #stop: RunStop | null = null;
  #isTakenBack = false;
  #seconds = 0;

  constructor(request: ImportRequest) {
    this.#request = request;
    const { database, settings, sink } = request;
    this.#report = createReport(settings, sink, dirname(pathFrom(database, database.path)));
  }

  /** Why the import was stopped; null: it was not, so far. */
  get stop(): RunStop | null {
    return this.#stop;
  }

  get isPrepared(): boolean {
    return this.#prepared !== null;
  }

  get isWorked(): boolean {
    return this.#counts !== null;
  }

  get outcome(): ImportOutcome {
    const seconds = this.#seconds;
    if (this.#stop !== null) return { kind: "failed", stop: this.#stop, counts: this.#counts, seconds };
    if (this.#counts !== null) return { kind: "done", counts: this.#counts, seconds };
    return this.#isTakenBack ? { kind: "taken_back", seconds } : { kind: "not_run" };
  }

  /** Logs in and opens the input. No transaction may be open. A failure is noted. */
  async prepare(): Promise<void> {
    const begin = performance.now();
    try {
      this.#request.database.interruption?.throwIfAborted();
      this.#prepared = await prepareImport(this.#request, this.#report);
    } catch (error) {
      this.fail(error);
    } finally {
      this.#seconds += secondsSince(begin);
    }
  }

  /**
   * Loads the rows, inside a transaction. A failure is noted too.
   * @throws RunStop when the import has failed: what it wrote must be taken back
   */
  async work(usedIds?: UsedIds): Promise<void> {
    if (this.#prepared === null) throw new Error("an import is prepared before its work");
    const begin = performance.now();
    try {
      this.#counts = await importRows({ ...this.#prepared, usedIds });
    } catch (error) {
      throw this.fail(error);
    } finally {
      this.#seconds += secondsSince(begin);
    }
  }

  /** Notes why the import is stopped; what it had written is gone. The first reason counts. */
  fail(error: unknown): RunStop {
    this.#counts = null;
    this.#stop ??= error instanceof RunStop ? error : bugStop(error);
    return this.#stop;
  }

  /** Notes that what the import had written is gone, for no fault of its own. */
  takeBack(): void {
    this.#isTakenBack = this.#counts !== null;
    this.#counts = null;
  }

  /** Prints the report, if there is anything to report. A report that cannot be printed makes a failure of the import. */
  async print(): Promise<void> {
    const exitCode = exitCodeOf(this.outcome);
    if (exitCode === null || this.#request.isReported?.(exitCode) === false) return;
    if (this.#stop !== null) {
      const stop = this.#stop;
      this.#stop = await printingRefusal(stop, () => this.#report.refused(stop));
    } else if (this.#counts !== null && this.#prepared !== null) {
      await this.#printDone(this.#counts, this.#prepared);
    }
  }

  async #printDone(counts: RowCounts, { meter }: PreparedImport): Promise<void> {
    try {
      await this.#report.done(counts, { dataSize: meter.bytes, seconds: this.#seconds });
    } catch (error) {
      const { simulate } = this.#request.settings;
      const hasWritten = !simulate && counts.created + counts.updated > 0;
      this.#stop = error instanceof RunStop
        ? error
        : bugStop(error, hasWritten ? internalErrorAfterwards : internalError);
    }
  }

  /** Must be called in every case. */
  async close(): Promise<void> {
    this.#report.close();
    await this.#prepared?.source.close();
  }
}

function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1000;
}

function bugStop(error: unknown, message: (error: string) => StopMessage = internalError): RunStop {
  const text = reasonOf(error);
  return new RunStop(EXIT.bug, [message(text)], { cause: error });
}
