/** The rows of one import, inside its transaction. */
import type { RawRecords } from "../csv/raw_records.ts";
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop } from "../errors.ts";
import { missingData } from "../messages/input.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { ROWS_TOGETHER } from "../reconcile/row_dependence.ts";
import type { RowsBehind } from "../reconcile/rows_behind.ts";
import { RowEngine } from "../reconcile/row_engine.ts";
import { createProgress } from "../report/progress.ts";
import type { Report } from "../report/report.ts";
import type { ExceededLimit } from "../report/run_facts.ts";
import { rowCount, type RowCounts, RowTotals } from "../report/totals.ts";
import type { Source } from "../source/open_source.ts";
import type { SourceMeter } from "../source/source_meter.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { StoreRun, StoreTransaction } from "../store/store.ts";
import type { User } from "../users/user.ts";
import { RunWarnings } from "../run_warnings.ts";
import { LaterWarnings } from "./later_warnings.ts";
import { inputListener } from "./input_listener.ts";
import { endRun } from "./end_run.ts";
import { type FeedOfRun, feedOfRun } from "./feed_of_run.ts";
import type { MeanwhileRead } from "./meanwhile.ts";
import { inGroups } from "./group_records.ts";
import { tellsOfHidden } from "./hidden_refusals.ts";
import type { ImportOrder, RowToExplain } from "./import_order.ts";
import { namesakesIn } from "./namesakes_in.ts";
import { isWorkedWhole, partsOf, type PlannedRun, planRun, runFacts } from "./plan_run.ts";
import { rowsBehindIn } from "./rows_behind_in.ts";
import type { ReadAhead } from "./read_ahead.ts";
import { rawRecordsFor, type ReadRecords, readRecords } from "./read_records.ts";
import { withHint } from "./refusal_hint.ts";

/** An import whose parameters are right and whose user may do it. */
export interface OpenImport {
  readonly order: ImportOrder;
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly user: User;
  readonly source: Source;
  /** The SHA-256 of the input, hexadecimal; null: nobody had to know it before it is read. */
  readonly fingerprint: string | null;
  readonly meter: SourceMeter;
  /** Has begun to read the input; null: nobody has. */
  readonly ahead: ReadAhead | null;
  readonly report: Report;
}

/** What came of the rows. */
export interface LoadedRows {
  readonly counts: RowCounts;
  /** Sentences. */
  readonly warnings: readonly string[];
  /** One at least: all of it is to be taken back. */
  readonly exceeded: readonly ExceededLimit[];
  /** When the same file was loaded before: it was not loaded again. Left out: it was loaded. */
  readonly notLoadedSince?: Date | undefined;
}

/**
 * Reads, works and reports every row, and closes the change log.
 * @param attempts where it is noted that rows were refused because of what their user may not see
 * @throws RunStop when the header is wrong or the input cannot be read to its end
 */
export async function loadRows(
  run: OpenImport,
  transaction: StoreTransaction,
  attempts: LoginFailures,
): Promise<LoadedRows> {
  const { order, model, source, meter, ahead, report } = run;
  // A row that is explained by itself is alone: nothing is there to come.
  if (order.settings.secondPass.length > 0 && order.explained === undefined) {
    const { loadInTwoPasses } = await import("./two_passes.ts");
    return await loadInTwoPasses(run, transaction, attempts);
  }
  const written = await transaction.run(model, runFacts(run));
  const objects = order.explained?.storeWith(written.objects, model) ?? written.objects;
  const progress = createProgress(order.progressSink, source.size);
  const totals = new RowTotals();
  const warnings = ahead?.warnings ?? new RunWarnings();
  const later = ahead?.later ?? new LaterWarnings(warnings);
  let hiddenRefusals = 0;
  let opened: OpenedEngine | null = null;
  try {
    const raw = await rawRecordsFor(report, order.settings);
    const groups = await groupsOf(run, objects, raw, warnings, later);
    for await (const { records } of groups) {
      later.tell();
      const rows = opened === null ? records.slice(1) : records;
      opened ??= await openEngine(written, run, objects, records[0], warnings);
      if (opened.feed?.notLoadedSince) break;
      await expectNext(opened, groups, order);
      for (const part of partsOf(rows, opened.planned)) {
        if (order.explained !== undefined) tellOfRow(part, order.explained);
        await opened.engine.work(part, (result) => {
          totals.add(result.outcome);
          if (tellsOfHidden(result.outcome)) hiddenRefusals++;
          report.row(result);
        });
      }
      raw?.release(records.at(-1)?.line ?? 0);
      await progress.update(rowCount(totals), meter.bytes);
    }
  } catch (error) {
    throw await withHint(error, run);
  } finally {
    await progress.clear();
  }
  if (opened === null) throw new RunStop(EXIT.badInput, [missingData()]);
  later.tell();
  order.explained?.worked(written.objects);
  const { planned, engine, feed, behind } = opened;
  await behind?.warn();
  const worked = { run, planned, feed, reached: [engine.reached], totals, warnings, hiddenRefusals };
  return await endRun({ ...worked, changedBeside: () => engine.changedBeside }, written, attempts);
}

/** `soon` see `MeanwhileRead`; left out: nobody looks ahead. */
type Groups = AsyncIterable<ReadRecords> & Partial<Pick<MeanwhileRead<ReadRecords>, "soon">>;

/** What is asked of the next rows the database answers while these are worked. */
async function expectNext(
  { engine, planned }: OpenedEngine,
  groups: Groups,
  { explained }: ImportOrder,
): Promise<void> {
  if (groups.soon === undefined || explained !== undefined || !isWorkedWhole(planned)) return;
  const next = await groups.soon();
  if (next !== null) await engine.expect(next.records);
}

/** The database may answer later: meanwhile the next rows are read. */
async function groupsOf(
  run: OpenImport,
  objects: ObjectStore,
  raw: RawRecords | null,
  warnings: RunWarnings,
  later: LaterWarnings,
): Promise<Groups> {
  const { answersLater } = objects;
  const { ahead, order: { settings, explained, rowsTogether, store }, meter, source } = run;
  const listener = inputListener(run, warnings);
  if (ahead !== null && answersLater !== undefined) ahead.rowsTogether = answersLater.rowsTogether;
  const read = () => readRecords(meter.measure(source.pieces), settings, later, raw, listener);
  const isOnce = settings.feed?.once === true;
  const together = rowsTogether ?? rowsOfGroups(objects, isOnce);
  const groups = ahead?.groups(listener) ?? inGroups(explained?.only(read()) ?? read(), together);
  if (answersLater === undefined) return groups;
  const { readBehindFirst, readMeanwhile } = await import("./meanwhile.ts");
  // Of a file that is not loaded again one group is read, whatever the database.
  if (isOnce) return readBehindFirst(groups);
  if (source.size !== null) return readMeanwhile(groups);
  // Whoever reads it again goes on where this reading ends.
  return readMeanwhile(groups, store.mayConflict ? () => Promise.resolve() : source.close);
}

/** How many rows each has that is still to begin. */
function rowsOfGroups({ answersLater }: ObjectStore, isOnce: boolean): (() => number) | undefined {
  if (answersLater === undefined || !isOnce) return answersLater?.rowsTogether;
  let isFirst = true;
  return () => {
    if (!isFirst) return answersLater.rowsTogether();
    isFirst = false;
    return ROWS_TOGETHER;
  };
}

function tellOfRow(records: readonly CsvRecord[], explained: RowToExplain): void {
  for (const record of records) explained.works(record);
}

/** What a function of a run is told besides. */
type Rest<F> = F extends (run: OpenImport, ...rest: infer R) => unknown ? R : never;

/** An engine, and what it works with. */
interface OpenedEngine {
  readonly planned: PlannedRun;
  readonly engine: RowEngine;
  /** Null: the file belongs to none. */
  readonly feed: FeedOfRun | null;
  /** Null: no row can fail because of others. */
  readonly behind: RowsBehind | null;
}

async function openEngine(written: StoreRun, run: OpenImport, ...args: Rest<typeof planRun>): Promise<OpenedEngine> {
  const planned = await planRun(run, ...args);
  run.report.columns(planned.columns);
  const feed = await feedOfRun(run, written, planned.context);
  const { context } = planned;
  // A row that is explained by itself has none before it.
  const behind = run.order.explained === undefined ? await rowsBehindIn(context) : null;
  const engine = new RowEngine(context, await namesakesIn(context), feed?.heard, null, behind);
  return { planned, feed, behind, engine };
}
