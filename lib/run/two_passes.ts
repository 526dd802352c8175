/**
 * The rows of an import with `second_pass`, inside its transaction: the file is read to its end, and then once more, when all its objects are
 * there. What a row in error has written before that was known is taken back with everything else, and the file is read again without it.
 */
import { laterKeys } from "../columns/later_keys.ts";
import { EXIT, RunStop } from "../errors.ts";
import { missingData } from "../messages/input.ts";
import { firstResultsNotKept, neverSettled } from "../messages/second_pass.ts";
import { keysToRows } from "../reconcile/keys_to_rows.ts";
import { RowsInError } from "../reconcile/rows_in_error.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import { reportedObject } from "../reconcile/reported_object.ts";
import { RowEngine } from "../reconcile/row_engine.ts";
import { FirstResults } from "../reconcile/second_pass/first_results.ts";
import { Attempt, HeldRows } from "../reconcile/second_pass/held_rows.ts";
import { LateUpdates } from "../reconcile/second_pass/late_updates.ts";
import { SecondReading } from "../reconcile/second_pass/second_reading.ts";
import { dependsOnKeys, type SplitPlan, splitPlan } from "../reconcile/second_pass/split_plan.ts";
import { createProgress, type Progress } from "../report/progress.ts";
import { RowTotals } from "../report/totals.ts";
import { RunWarnings } from "../run_warnings.ts";
import { ReadAgain } from "../source/read_again.ts";
import { SourceMeter } from "../source/source_meter.ts";
import { ByteSpool } from "../spool/byte_spool.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { StoreRun, StoreTransaction } from "../store/store.ts";
import { endRun } from "./end_run.ts";
import { type FeedOfRun, feedOfRun } from "./feed_of_run.ts";
import { inGroups } from "./group_records.ts";
import { inputListener } from "./input_listener.ts";
import { tellsOfHidden } from "./hidden_refusals.ts";
import type { LoadedRows, OpenImport } from "./load_rows.ts";
import { isLimited } from "./limits.ts";
import { namesakesIn } from "./namesakes_in.ts";
import { partsOf, type PlannedRun, planRun, runFacts } from "./plan_run.ts";
import { rawRecordsFor, readRecords } from "./read_records.ts";
import { withHint } from "./refusal_hint.ts";

/** Takes back what an attempt has written, through the part of the transaction that it is. */
class NotYet extends Error {}

/** A file is read anew so many times at most: rows of no real file are in each other's way one behind the other. */
const MOST_ATTEMPTS = 100;

/** As `loadRows`. @throws RunStop 65, too, when each time that the file is read other rows are in error */
export async function loadInTwoPasses(
  run: OpenImport,
  transaction: StoreTransaction,
  attempts: LoginFailures,
): Promise<LoadedRows> {
  const input = new ReadAgain(run.source, run.meter, run.order.store.folder);
  const progress = createProgress(run.order.progressSink, run.source.size === null ? null : 2 * run.source.size);
  const held = new HeldRows();
  try {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const loaded = await oneAttempt({ run, input, progress, held }, transaction, attempts);
      if (loaded !== null) return loaded;
      run.report.restart();
    }
    throw new RunStop(EXIT.badInput, [neverSettled(MOST_ATTEMPTS)]);
  } catch (error) {
    throw await withHint(error, run);
  } finally {
    await progress.clear();
    await input.close();
  }
}

interface TwoPasses {
  readonly run: OpenImport;
  readonly input: ReadAgain;
  readonly progress: Progress;
  readonly held: HeldRows;
}

/** @returns null: it was taken back, and more rows are held back */
async function oneAttempt(
  passes: TwoPasses,
  transaction: StoreTransaction,
  attempts: LoginFailures,
): Promise<LoadedRows | null> {
  try {
    return await transaction.part(async () => {
      const written = await transaction.run(passes.run.model, runFacts(passes.run));
      return await readTwice(passes, written, attempts);
    });
  } catch (error) {
    if (error instanceof NotYet) return null;
    throw error;
  }
}

/** @throws NotYet when rows must be held back */
async function readTwice(passes: TwoPasses, written: StoreRun, attempts: LoginFailures): Promise<LoadedRows> {
  const { order, modelClass } = passes.run;
  const { objects } = written;
  const marksNew = isLimited(order.settings);
  const newSpool = () => new ByteSpool({ folder: order.store.folder, onFailure: notKept });
  const [spool, lateSpool] = [newSpool(), newSpool()];
  const results = new FirstResults(spool, modelClass.code, ({ class: code, id }) => ({
    ...reportedObject(objects, code, id),
    ...marksNew && objects.isNew(code, id) ? { isNew: true } : {},
  }));
  try {
    const first = await firstReading(passes, written, results);
    const { planned, engine, feed, warnings } = first;
    const rows = feed?.notLoadedSince
      ? notLoaded(passes.run, planned)
      : await secondReading(passes, first, results, new LateUpdates(lateSpool));
    const worked = { run: passes.run, planned, feed, reached: [engine.reached], warnings, ...rows };
    return await endRun({ ...worked, changedBeside: () => engine.changedBeside }, written, attempts);
  } finally {
    spool.close();
    lateSpool.close();
  }
}

/** What the first reading has left for the second one. */
interface FirstReading {
  readonly planned: PlannedRun;
  readonly split: SplitPlan;
  readonly engine: RowEngine;
  /** Null: the file belongs to none. */
  readonly feed: FeedOfRun | null;
  readonly attempt: Attempt;
  readonly inError: RowsInError;
  readonly warnings: RunWarnings;
  /** How many there were. */
  readonly rows: number;
}

async function firstReading(
  { run, input, progress, held }: TwoPasses,
  written: StoreRun,
  results: FirstResults,
): Promise<FirstReading> {
  const { settings } = run.order;
  const { objects } = written;
  const warnings = new RunWarnings();
  const meter = input.isUnread ? run.meter : new SourceMeter();
  const read = readRecords(input.pieces(meter), settings, warnings, null, inputListener(run, warnings));
  let reading: Omit<FirstReading, "rows"> | null = null;
  let rows = 0;
  for await (const { records } of inGroups(read, run.order.rowsTogether)) {
    const data = reading === null ? records.slice(1) : records;
    reading ??= await openReading(run, held, written, await planRun(run, objects, records[0], warnings));
    if (reading.feed?.notLoadedSince) break;
    const { engine, attempt } = reading;
    const keep = (result: RowResult) => {
      const { reached, record } = result;
      const first = reached === null ? null : engine.reached.rowOf(reached.class, reached.id);
      if (first !== null && first !== record) attempt.noteShared(first);
      results.add(result);
    };
    for (const part of partsOf(data, reading.planned)) await engine.work(part, keep);
    rows += data.length;
    await progress.update(rows, meter.bytes);
  }
  if (reading === null) throw new RunStop(EXIT.badInput, [missingData()]);
  return { ...reading, rows };
}

/** @throws RunStop 64 when an external key cannot be filled in a second reading */
async function openReading(
  run: OpenImport,
  held: HeldRows,
  written: StoreRun,
  planned: PlannedRun,
): Promise<Omit<FirstReading, "rows">> {
  const { model, user, order: { settings } } = run;
  const { context } = planned;
  const { plan, rules, warnings } = context;
  const keys = laterKeys({
    model,
    naming: { codes: settings.codesNotLabels, language: user.language },
    plan,
    names: settings.secondPass,
    createTargets: context.createTargets,
    writesAccounts: rules !== null,
    isLimited: context.someObjectsAreHidden,
  });
  if (!keys.ok) throw new RunStop(EXIT.usage, keys.problems);
  const split = splitPlan(plan, keys.codes);
  const waits = dependsOnKeys(model, plan, keys.codes);
  const first = { ...context, plan: split.first, looksAt: (rule: Parameters<typeof waits>[0]) => !waits(rule) };
  const feed = await feedOfRun(run, written, context);
  const inError = new RowsInError(keysToRows(context));
  const engine = new RowEngine(first, await namesakesIn(first), feed?.heard, (row) => held.has(row), inError);
  const attempt = new Attempt(held, split.second.externalKeys.length);
  return { planned, split, engine, feed, attempt, inError, warnings };
}

/** What the rows have come to. */
interface RowsOfBoth {
  readonly totals: RowTotals;
  readonly hiddenRefusals: number;
}

/** @throws NotYet when rows must be held back */
async function secondReading(
  { run, input, progress, held }: TwoPasses,
  { planned, split, engine, attempt, inError, rows: rowsOfFirst }: FirstReading,
  results: FirstResults,
  late: LateUpdates,
): Promise<RowsOfBoth> {
  const { report, order: { settings } } = run;
  const meter = new SourceMeter();
  const raw = await rawRecordsFor(report, settings);
  const second = new SecondReading(planned.context, { split, reached: engine.reached, held, attempt, late, inError });
  const totals = new RowTotals();
  const firsts = results.all();
  let hiddenRefusals = 0;
  let rows = -1;
  // What is found in rows by themselves was found in the first reading.
  const read = readRecords(input.pieces(meter), settings, new RunWarnings(), raw);
  for await (const { records } of inGroups(read, run.order.rowsTogether)) {
    const left = rowsOfFirst - Math.max(rows, 0);
    const all = rows < 0 ? records.slice(1) : records;
    // An input that has changed meanwhile may have more: it is read to its end, and then refused.
    const data = all.length > left ? all.slice(0, left) : all;
    // Only now the bytes of the header are known.
    if (rows < 0) report.columns(planned.columns);
    rows = Math.max(rows, 0);
    for (const part of partsOf(data, planned)) {
      await second.work(part, firsts, rows, (result) => {
        totals.add(result.outcome);
        if (tellsOfHidden(result.outcome)) hiddenRefusals++;
        report.row(result);
      });
      rows += part.length;
    }
    raw?.release(records.at(-1)?.line ?? 0);
    await progress.update(rows, (run.source.size ?? 0) + meter.bytes);
  }
  if (!await second.end(results.all())) throw new NotYet();
  return { totals, hiddenRefusals };
}

/** The same file has been loaded before. */
function notLoaded({ report }: OpenImport, { columns }: PlannedRun): RowsOfBoth {
  report.columns(columns);
  return { totals: new RowTotals(), hiddenRefusals: 0 };
}

function notKept(folder: string, reason: string, cause: unknown): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [firstResultsNotKept(folder, reason)], { cause });
}
