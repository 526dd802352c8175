/** One import on its way: opened, worked, reported, closed, in this order. */
import { EXIT, LimitStop, reasonOf, RunStop, type StopMessage } from "../errors.ts";
import { limitExceeded } from "../messages/limits.ts";
import { internalError, internalErrorAfterwards } from "../messages/run.ts";
import { printingRefusal } from "../report/printing.ts";
import type { Report } from "../report/report.ts";
import { createReport } from "../report/report_writer.ts";
import { reportsTogether } from "../report/reports_together.ts";
import { hasWritten, isKept } from "../report/totals.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import { type StoreTransaction, TransactionLost } from "../store/store.ts";
import { conflictIn } from "../store/transaction_conflict.ts";
import { mayWriteAccounts, writesAccounts } from "../users/account_classes.ts";
import { failuresOf } from "./authenticate.ts";
import { exitCodeOf, type ImportOutcome } from "./import_outcome.ts";
import type { ImportOrder, WantedBackup } from "./import_order.ts";
import { isLimited } from "./limits.ts";
import { type LoadedRows, loadRows, type OpenImport } from "./load_rows.ts";
import { openedAnew, openImport, withLoginAgain, withUserNow } from "./open_import.ts";

export class OneImport {
  readonly #order: ImportOrder;
  /** All reports: the one that is printed, and those beside it. */
  readonly #report: Report;
  readonly #side: Report;
  #opened: OpenImport | null = null;
  #loaded: LoadedRows | null = null;
  /** What was loaded and taken back because of a limit: it is reported all the same. */
  #exceeding: LoadedRows | null = null;
  #stop: RunStop | null = null;
  /** Why it was stopped before the transaction began. */
  #stopBefore: RunStop | null = null;
  /** Made before the transaction, or inside of it; lost when that was taken back, and with it whom it has found, and what it has counted. */
  #login: "before" | "inside" | "lost" = "before";
  #isPrepared = false;
  #isTakenBack = false;
  #seconds = 0;

  private constructor(order: ImportOrder, printed: Report) {
    this.#order = order;
    const { rejects, sideReports = [] } = order;
    const first = rejects === undefined ? [] : [rejects];
    this.#side = reportsTogether([...first, ...sideReports]);
    this.#report = reportsTogether([...first, printed, ...sideReports]);
  }

  static async of(order: ImportOrder): Promise<OneImport> {
    const style = { ...order.settings, hasHints: order.isPosted, isColoured: order.isColoured };
    const make = () => createReport(style, order.sink, order.store.folder);
    if (!isLimited(order.settings)) return new OneImport(order, await make());
    const { limitedReport } = await import("../report/limited_report.ts");
    return new OneImport(order, limitedReport(await make(), await make()));
  }

  /** Why the import was stopped; null: it was not, so far. */
  get stop(): RunStop | null {
    return this.#stop;
  }

  /** The copy that it wants of the database as it was; null: none, as it writes nothing. */
  get backup(): WantedBackup | null {
    return this.isSimulatedAlone ? null : this.#order.backup ?? null;
  }

  /** Its input could be opened; true to the end. */
  get isOpen(): boolean {
    return this.#opened !== null;
  }

  /** Whether its work is gone for no fault of its own. */
  get isTakenBack(): boolean {
    return this.#isTakenBack;
  }

  /** Whether its input is there a second time: not so with standard input and pipes. */
  get isReadableAgain(): boolean {
    return this.#opened !== null && this.#opened.source.size !== null;
  }

  /** Whether its rows may change who may log in, and what they may do. */
  get mayWriteAccounts(): boolean {
    if (this.#opened === null) return false;
    const { model, modelClass } = this.#opened;
    const deletes = this.#order.settings.feed?.gone === "delete";
    return mayWriteAccounts(model, modelClass) || (deletes && writesAccounts(model, modelClass, [modelClass.code]));
  }

  /** No import behind it may see its rows. */
  get isSimulatedAlone(): boolean {
    return this.#order.isSimulatedAlone === true;
  }

  /** All its rows were worked, and count so far. */
  get isWorked(): boolean {
    return this.#loaded !== null;
  }

  get outcome(): ImportOutcome {
    const seconds = this.#seconds;
    const { counts, warnings } = this.#loaded ?? NOTHING_LOADED;
    if (this.#stop !== null) return { kind: "failed", stop: this.#stop, counts, warnings, seconds };
    const notLoadedSince = this.#loaded?.notLoadedSince;
    if (counts !== null) return { kind: "done", counts, warnings, seconds, notLoadedSince };
    return this.#isTakenBack ? { kind: "taken_back", seconds } : { kind: "not_run" };
  }

  /** Logs in and opens the input, before the transaction begins. A failure is noted. */
  async open(): Promise<void> {
    const begin = performance.now();
    try {
      this.#opened = await this.#open(failuresOf(this.#order.store, this.#order));
    } catch (error) {
      this.#stopBefore = this.fail(error);
    } finally {
      this.#seconds += secondsSince(begin);
    }
  }

  /**
   * Loads the rows, by the rights that the user has now; an import that is not open yet is opened first. A failure is noted too.
   * @param attempts where they are counted, as a transaction is open
   * @throws RunStop when the import has failed: what it wrote must be taken back
   */
  async work(transaction: StoreTransaction, attempts: LoginFailures): Promise<void> {
    const begin = performance.now();
    try {
      this.#opened = await this.#openedNow(attempts);
      if (!this.#isPrepared) await this.#report.prepare();
      this.#isPrepared = true;
      const loaded = await loadRows(this.#opened, transaction, attempts);
      if (loaded.exceeded.length > 0) throw this.#exceeded(loaded);
      this.#loaded = loaded;
    } catch (error) {
      const stop = this.fail(error);
      throw conflictIn(error) ?? stop;
    } finally {
      this.#seconds += secondsSince(begin);
    }
  }

  async #openedNow(attempts: LoginFailures): Promise<OpenImport> {
    const login = this.#login;
    if (this.#opened === null || login === "lost") this.#login = "inside";
    if (this.#opened === null) return await this.#open(attempts);
    return login === "lost" ? await withLoginAgain(this.#opened, attempts) : await withUserNow(this.#opened);
  }

  async #open(failures: LoginFailures): Promise<OpenImport> {
    this.#order.store.interruption?.throwIfAborted();
    return await openImport(this.#order, this.#report, failures);
  }

  #exceeded(loaded: LoadedRows): LimitStop {
    const { class: modelClass, output } = this.#order.settings;
    this.#exceeding = loaded;
    // A number is all that such a report has.
    return new LimitStop(loaded.exceeded.map((one) => limitExceeded(one, modelClass)), output !== "retcode");
  }

  /** Notes why the import is stopped; what it had written is gone. The first reason counts. */
  fail(error: unknown): RunStop {
    this.#loaded = null;
    const reason = error instanceof TransactionLost ? error.cause : error;
    this.#stop ??= reason instanceof RunStop ? reason : bugStop(reason);
    return this.#stop;
  }

  /** Notes that what the import had written is gone, for no fault of its own. */
  takeBack(): void {
    this.#isTakenBack = this.#loaded !== null;
    this.#loaded = null;
  }

  /** To be called when its work was taken back and will be done once more: nobody was told of it. */
  beginAgain(): void {
    this.#loaded = null;
    this.#exceeding = null;
    this.#isTakenBack = false;
    this.#stop = this.#stopBefore;
    if (this.#login === "inside") this.#login = "lost";
    this.#report.restart();
    if (this.#opened !== null) this.#opened = openedAnew(this.#opened);
  }

  /** Prints the report, if there is anything to report. A report that cannot be printed makes a failure of the import. */
  async print(): Promise<void> {
    const exitCode = exitCodeOf(this.outcome);
    if (exitCode === null) return;
    // Whoever wants no report on standard output may want one in a file.
    const report = this.#order.isReported?.(exitCode) === false ? this.#side : this.#report;
    if (this.#stop instanceof LimitStop && this.#exceeding !== null && this.#opened !== null) {
      await this.#printDone(report, this.#exceeding, this.#opened);
    } else if (this.#stop !== null) {
      const stop = this.#stop;
      this.#stop = await printingRefusal(stop, () => report.refused(stop));
    } else if (this.#loaded !== null && this.#opened !== null) {
      await this.#printDone(report, this.#loaded, this.#opened);
    }
  }

  async #printDone(report: Report, loaded: LoadedRows, { meter }: OpenImport): Promise<void> {
    const { counts, exceeded, warnings, notLoadedSince } = loaded;
    try {
      const { rejects } = this.#order;
      const dataSize = meter.bytes;
      await report.done(counts, { warnings, dataSize, seconds: this.#seconds, exceeded, rejects, notLoadedSince });
    } catch (error) {
      const stays = isKept(this.#order.settings, { exceeded });
      const failure = error instanceof RunStop
        ? error
        : bugStop(error, hasWritten(counts, stays) ? internalErrorAfterwards : internalError);
      this.#stop = this.#stop === null ? failure : bothStops(this.#stop, failure);
    }
  }

  /** Must be called in every case. */
  async close(): Promise<void> {
    this.#report.close();
    await this.#opened?.source.close();
  }
}

const NOTHING_LOADED = { counts: null, warnings: [] } as const;

/** The limit counts for a caller, unless there is a bug. */
function bothStops(first: RunStop, failure: RunStop): RunStop {
  if (failure.exitCode === EXIT.bug) return failure;
  return new RunStop(first.exitCode, [...first.messages, ...failure.messages], { cause: failure });
}

function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1000;
}

function bugStop(error: unknown, message: (error: string) => StopMessage = internalError): RunStop {
  const text = reasonOf(error);
  return new RunStop(EXIT.bug, [message(text)], { cause: error });
}
