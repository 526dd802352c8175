/** What a file's rows are worked with, once its header is known. */
import { linkSetColumns, planColumns } from "../columns/column_plan.ts";
import { type ColumnPlan, headersOfFile } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { RECORD_LIMITS } from "../csv/record_limits.ts";
import { EXIT, RunStop } from "../errors.ts";
import type { RecordMapper } from "../mapping/record_mapper.ts";
import { badHeader } from "../messages/run.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, Model } from "../model/model.ts";
import { expectedWrites } from "../reconcile/expected_writes.ts";
import { NewTargets } from "../reconcile/new_targets.ts";
import { HiddenTargets } from "../reconcile/hidden_targets.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import { runColumns } from "../report/run_columns.ts";
import type { RunColumns } from "../report/run_facts.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { RunFacts } from "../store/store.ts";
import { createAccountRules } from "../users/account_rules.ts";
import { linkSetRefusal } from "../users/link_set_rights.ts";
import { hashPassword, verifyPassword } from "../users/password.ts";
import { mayBulkWrite } from "../users/rights.ts";
import { Breath } from "../breath.ts";
import type { RunWarnings } from "../run_warnings.ts";
import { TEXT_TOGETHER } from "./group_records.ts";
import type { RunSettings } from "./import_order.ts";
import { isLimited, objectsBefore } from "./limits.ts";
import type { OpenImport } from "./load_rows.ts";

/** What is known of a run when its header was read. */
export interface PlannedRun {
  readonly columns: RunColumns;
  readonly context: RunContext;
  /** Makes rows as long as the header; null: they are left as they are. */
  readonly shaped: ((rows: readonly CsvRecord[]) => readonly CsvRecord[]) | null;
  /** Makes the records that the engine works of those of the file; null: they are the same. */
  readonly mapper: RecordMapper | null;
  /** Sentences about its columns. */
  readonly headerWarnings: readonly string[];
  /** As limits ask for it. */
  readonly objectsBefore: number;
  /** To be called when all rows are written. @throws RunStop when no administrator is left */
  checkAdministrators(): Promise<void>;
}

/** Plans the columns. The report is to be told of them. @throws RunStop when the header is wrong, or asks for what the user may not do */
export async function planRun(
  run: OpenImport,
  objects: ObjectStore,
  header: CsvRecord | undefined,
  warnings: RunWarnings,
): Promise<PlannedRun> {
  const plan = await planHeader(run, header);
  const createTargets = await targetsToCreate(run, plan);
  run.order.explained?.planned(plan, run.user.language);
  await objects.limitTo(run.user.allowedOrganizations);
  await objects.expectWrites(expectedWrites(plan, createTargets, run.order.settings.feed?.gone === "delete"));
  return {
    columns: runColumns(plan, run.user.language, run.model),
    shaped: await shaperOf(run.order.settings, plan),
    context: { ...runContext(run, plan, objects, warnings), createTargets },
    mapper: await mapperOf(plan, run.order.settings.nullWords),
    headerWarnings: plan.warnings,
    objectsBefore: await objectsBefore(run.order.settings, objects),
    checkAdministrators: await administratorCheckOf(run.model, objects, plan),
  };
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

/** Few imports have a map. */
async function mapperOf({ mapping }: ColumnPlan, nullWords: readonly string[]): Promise<RecordMapper | null> {
  if (mapping === undefined) return null;
  const { RecordMapper } = await import("../mapping/record_mapper.ts");
  return new RecordMapper(mapping, { madeLength: RECORD_LIMITS.cellLength, textTogether: TEXT_TOGETHER }, nullWords);
}

/** Few imports fill rows up. */
async function shaperOf({ shortRows }: RunSettings, plan: ColumnPlan): Promise<PlannedRun["shaped"]> {
  if (shortRows === "error") return null;
  const { filledRows } = await import("../columns/short_rows.ts");
  const file = { headers: headersOfFile(plan), addedCells: plan.addedCells };
  return (rows) => filledRows(rows, file);
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
  const map = settings.map === null
    ? null
    : (await import("../columns/mapped_columns.ts")).columnMapper(settings.map, model, modelClass, naming);
  const cells = header?.cells ?? [];
  const { reconciliationKeys, ignoredColumns } = settings;
  const result = planColumns(model, modelClass, naming, cells, reconciliationKeys, map, ignoredColumns);
  if (!result.ok) {
    const { withLanguageHint } = await import("./language_hint.ts");
    throw new RunStop(EXIT.usage, withLanguageHint(result.problems, naming, model));
  }
  const refusal = linkSetRefusal(run, linkSetColumns(result.plan));
  if (refusal !== null) throw refusal;
  return result.plan;
}

/** Few runs create targets. @throws RunStop 64, 77 */
async function targetsToCreate(
  { model, modelClass, user, order: { settings } }: OpenImport,
  plan: ColumnPlan,
): Promise<ReadonlySet<AttributeCode>> {
  if (settings.createdTargets.length === 0) return NO_TARGETS;
  const { allowedTargets } = await import("./allowed_targets.ts");
  return allowedTargets(model, modelClass, user, settings, plan);
}

const NO_TARGETS: ReadonlySet<AttributeCode> = new Set();

function runContext(
  { order, model, user, report }: OpenImport,
  plan: ColumnPlan,
  store: ObjectStore,
  warnings: RunWarnings,
): Omit<RunContext, "createTargets"> {
  const { settings, passwordCost } = order;
  const someObjectsAreHidden = user.allowedOrganizations !== null;
  return {
    model,
    plan,
    store,
    codesNotLabels: settings.codesNotLabels,
    language: user.language,
    dateFormat: settings.dateFormat,
    numberSigns: settings.numberSigns,
    // With a map they are read before it.
    nullWords: plan.mapping === undefined ? settings.nullWords : [],
    emptyCells: settings.emptyCells,
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
    onMissing: settings.onMissing,
    onFound: settings.onFound,
    links: settings.links,
    newTargets: new NewTargets(),
    login: user.login,
    now: order.now(),
    breath: new Breath(order.store.interruption),
    warnings,
  };
}

/** What is known of a run when it begins. */
export function runFacts({ order, user, source }: OpenImport): RunFacts {
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

/** Whether the rows of a group are worked as they are. */
export function isWorkedWhole({ shaped, mapper }: PlannedRun): boolean {
  return shaped === null && mapper === null;
}

/** The rows as they are worked: as long as the header, and with the cells that a map makes. */
export function partsOf(rows: readonly CsvRecord[], { shaped, mapper }: PlannedRun): Iterable<readonly CsvRecord[]> {
  const own = shaped === null ? rows : shaped(rows);
  return mapper?.mapped(own) ?? [own];
}
