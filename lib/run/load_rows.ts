/** The rows of one import, inside its transaction. */
import { linkSetColumns, planColumns } from "../columns/column_plan.ts";
import type { ColumnPlan } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop } from "../errors.ts";
import { missingData } from "../messages/input.ts";
import { badHeader } from "../messages/run.ts";
import { classOf } from "../model/look_up.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { HiddenTargets } from "../reconcile/hidden_targets.ts";
import { RowEngine } from "../reconcile/row_engine.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import { createProgress } from "../report/progress.ts";
import type { Report } from "../report/report.ts";
import type { ExceededLimit } from "../report/run_facts.ts";
import { runColumns } from "../report/run_columns.ts";
import { rowCount, type RowCounts, RowTotals } from "../report/totals.ts";
import type { ByteOrderMark } from "../source/byte_order_mark.ts";
import type { Source } from "../source/open_source.ts";
import type { SourceMeter } from "../source/source_meter.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { RunFacts, StoreTransaction } from "../store/store.ts";
import { createAccountRules } from "../users/account_rules.ts";
import { linkSetRefusal } from "../users/link_set_rights.ts";
import { mayBulkWrite } from "../users/rights.ts";
import { countHiddenRefusals } from "../users/login_back_off.ts";
import { withHint } from "./refusal_hint.ts";
import { hashPassword, verifyPassword } from "../users/password.ts";
import type { User } from "../users/user.ts";
import { Breath } from "../breath.ts";
import { RunWarnings } from "../run_warnings.ts";
import { inGroups } from "./group_records.ts";
import { tellsOfHidden } from "./hidden_refusals.ts";
import type { ImportOrder } from "./import_order.ts";
import { namesakesIn } from "./namesakes_in.ts";
import { exceededLimits, isLimited, objectsBefore } from "./limits.ts";
import { rawRecordsFor, readRecords } from "./read_records.ts";
import { runHeading } from "./run_heading.ts";

/** An import whose parameters are right and whose user may do it. */
export interface OpenImport {
  readonly order: ImportOrder;
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly user: User;
  readonly source: Source;
  readonly meter: SourceMeter;
  readonly report: Report;
}

/** What came of the rows. */
export interface LoadedRows {
  readonly counts: RowCounts;
  /** Sentences. */
  readonly warnings: readonly string[];
  /** One at least: all of it is to be taken back. */
  readonly exceeded: readonly ExceededLimit[];
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
  const { order, model, source, meter, report, user } = run;
  const written = await transaction.run(model, runFacts(run));
  const objects = order.explained?.storeWith(written.objects, model) ?? written.objects;
  const progress = createProgress(order.progressSink, source.size);
  const totals = new RowTotals();
  const warnings = new RunWarnings();
  let hiddenRefusals = 0;
  let opened: OpenedEngine | null = null;
  try {
    const raw = await rawRecordsFor(report, order.settings);
    const onMark = (mark: ByteOrderMark) => tellMark(run, mark, warnings);
    const all = readRecords(meter.measure(source.pieces), order.settings, warnings, raw, onMark);
    const read = order.explained?.only(all) ?? all;
    for await (const { records } of inGroups(read)) {
      const rows = opened === null ? records.slice(1) : records;
      opened ??= await openEngine(run, objects, records[0], warnings);
      await opened.engine.work(rows, (result) => {
        totals.add(result.outcome);
        if (tellsOfHidden(result.outcome)) hiddenRefusals++;
        report.row(result);
      });
      raw?.release(records.at(-1)?.line ?? 0);
      await progress.update(rowCount(totals), meter.bytes);
    }
  } catch (error) {
    throw await withHint(error, run);
  } finally {
    await progress.clear();
  }
  if (opened === null) throw new RunStop(EXIT.badInput, [missingData()]);
  order.explained?.worked(written.objects);
  await opened.checkAdministrators();
  await written.finish({ ...totals, inError: totals.rejected }, { size: meter.bytes, sha256: meter.sha256() });
  if (hiddenRefusals > 0) await countHiddenRefusals(user.login, hiddenRefusals, attempts);
  const sentences = [...opened.headerWarnings, ...await sentencesOf(warnings)];
  totals.warnings = opened.headerWarnings.length + warnings.count;
  const done = {
    rows: rowCount(totals),
    rowsInError: totals.rejected,
    changes: totals.updated + opened.engine.changedBeside,
  };
  return { counts: totals, warnings: sentences, exceeded: exceededLimits(order.settings, done, opened.objectsBefore) };
}

/** Few runs need the words. */
async function sentencesOf({ noted }: RunWarnings): Promise<string[]> {
  if (noted.length === 0) return [];
  const { warningText } = await import("../messages/warnings.ts");
  return noted.map(warningText);
}

/** The engine of a file whose header is known. */
interface OpenedEngine {
  readonly engine: RowEngine;
  /** Sentences about its columns. */
  readonly headerWarnings: readonly string[];
  /** As limits ask for it. */
  readonly objectsBefore: number;
  /** To be called when all rows are written. @throws RunStop when no administrator is left */
  checkAdministrators(): Promise<void>;
}

/** Only link sets delete, and only deletions take along what stands in no row. */
async function administratorCheckOf(
  model: Model,
  objects: ObjectStore,
  { direct }: ColumnPlan,
): Promise<() => Promise<void>> {
  const hasLinkSets = direct.some(({ attribute }) => attribute !== "id" && attribute.kind === "link_set");
  if (!hasLinkSets) return () => Promise.resolve();
  return await (await import("../users/administrators.ts")).administratorGuard(model, objects);
}

async function openEngine(
  run: OpenImport,
  objects: ObjectStore,
  header: CsvRecord | undefined,
  warnings: RunWarnings,
): Promise<OpenedEngine> {
  const plan = await planHeader(run, header);
  run.order.explained?.planned(plan, run.user.language);
  run.report.columns(runColumns(plan, run.user.language, run.model));
  await objects.limitTo(run.user.allowedOrganizations);
  const context = runContext(run, plan, objects, warnings);
  return {
    engine: new RowEngine(context, await namesakesIn(context)),
    headerWarnings: plan.warnings,
    objectsBefore: await objectsBefore(run.order.settings, objects),
    checkAdministrators: await administratorCheckOf(run.model, objects, plan),
  };
}

/** A mark that says otherwise than `charset` wins (SPEC 14), so the report names what was read. Where the caller gave one, one of them is wrong. */
function tellMark({ order, modelClass, source, report }: OpenImport, mark: ByteOrderMark, warnings: RunWarnings): void {
  const { encoding, typed, isGiven } = order.settings.charset;
  if (mark.says === null || mark.says === encoding) return;
  report.heading(runHeading(order.settings, modelClass, mark.encoding.toUpperCase()), source.size);
  if (isGiven) warnings.note({ kind: "other_byte_order_mark", says: mark.says, typed, read: mark.encoding });
}

/** Only the header says which link sets are written: the right to these is looked at here, before the first row. */
async function planHeader(run: OpenImport, header: CsvRecord | undefined): Promise<ColumnPlan> {
  const { model, modelClass, user } = run;
  const { settings } = run.order;
  const problem = header?.problem ?? null;
  // A name with NUL is no name of a column, and told as such.
  if (header !== undefined && problem !== null && problem.kind !== "nul") {
    throw new RunStop(EXIT.badInput, [badHeader(problem, header.line)]);
  }
  const naming = { codes: settings.codesNotLabels, language: user.language };
  const result = planColumns(model, modelClass, naming, header?.cells ?? [], settings.reconciliationKeys);
  if (!result.ok) {
    const { withLanguageHint } = await import("./language_hint.ts");
    throw new RunStop(EXIT.usage, withLanguageHint(result.problems, naming, model));
  }
  const refusal = linkSetRefusal(run, linkSetColumns(result.plan, header?.cells ?? []));
  if (refusal !== null) throw refusal;
  return result.plan;
}

function runContext(
  { order, model, user, report }: OpenImport,
  plan: ColumnPlan,
  store: ObjectStore,
  warnings: RunWarnings,
): RunContext {
  const { settings, passwordCost } = order;
  const someObjectsAreHidden = user.allowedOrganizations !== null;
  return {
    model,
    plan,
    store,
    codesNotLabels: settings.codesNotLabels,
    language: user.language,
    dateFormat: settings.dateFormat,
    newObjectsAreMarked: isLimited(settings),
    cellsAreShown: report.needs.cells,
    shown: {
      newValues: () => report.needs.newValues,
      names: (kind) => report.needs.names?.[kind === "create" ? "created" : "updated"] === true,
    },
    someObjectsAreHidden,
    mayWrite: (code) => mayBulkWrite(user, classOf(model, code), model),
    hiddenTargets: new HiddenTargets(store, someObjectsAreHidden),
    passwords: {
      hash: (clear) => hashPassword(clear, passwordCost),
      matches: verifyPassword,
    },
    rules: createAccountRules(plan, user, model, store),
    twins: settings.twins,
    login: user.login,
    now: order.now(),
    breath: new Breath(order.store.interruption),
    warnings,
  };
}

function runFacts({ order, user, source }: OpenImport): RunFacts {
  return {
    date: order.now(),
    userId: user.id,
    user: user.name,
    comment: order.settings.comment,
    origin: order.origin,
    inputName: source.name,
    parameters: Object.fromEntries(order.parameters),
    simulate: order.settings.simulate,
  };
}
