/** The rows of one import, inside its transaction. */
import { linkSetColumns, planColumns } from "../columns/column_plan.ts";
import type { ColumnPlan } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { EXIT, RunStop } from "../errors.ts";
import { missingData, otherByteOrderMark } from "../messages/input.ts";
import { badHeader } from "../messages/run.ts";
import type { Model, ModelClass } from "../model/model.ts";
import type { ImportSettings } from "../parameters/settings/settings.ts";
import { RowEngine } from "../reconcile/row_engine.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import { createProgress } from "../report/progress.ts";
import type { Report } from "../report/report_writer.ts";
import { tableHeading } from "../report/table_heading.ts";
import { rowCount, type RowCounts, RowTotals } from "../report/totals.ts";
import type { ByteOrderMark } from "../source/byte_order_mark.ts";
import type { Source } from "../source/open_source.ts";
import type { SourceMeter } from "../source/source_meter.ts";
import { openChangeLog } from "../databases/sqlite/sqlite_change_log.ts";
import type { ChangeLog } from "../store/changes.ts";
import type { UsedIds } from "../databases/sqlite/id_sequence.ts";
import { createObjectStore } from "../databases/sqlite/sqlite_objects.ts";
import { createAccountRules } from "../users/account_rules.ts";
import { administratorGuard } from "../users/administrators.ts";
import { linkSetRefusal } from "../users/link_set_rights.ts";
import { hashPassword, verifyPassword } from "../users/password.ts";
import type { User } from "../users/user.ts";
import { Breath } from "./breath.ts";
import { inGroups } from "./group_records.ts";
import type { ImportRequest } from "./import_request.ts";
import { readRecords } from "./read_records.ts";

/** An import whose parameters are right and whose user may do it. */
export interface PreparedImport {
  readonly request: ImportRequest;
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly user: User;
  readonly source: Source;
  readonly meter: SourceMeter;
  readonly report: Report;
  /** What had been used before the transaction; undefined: the transaction is this import. */
  readonly usedIds?: UsedIds | undefined;
}

/**
 * Reads, works and reports every row, and closes the change log.
 * @throws RunStop when the header is wrong or the input cannot be read to its end
 */
export async function importRows(run: PreparedImport): Promise<RowCounts> {
  const { request, source, meter, report } = run;
  const log = openChangeLog(request.database, changeFacts(run));
  const progress = createProgress(request.progressSink, source.size);
  const totals = new RowTotals();
  const breath = new Breath(request.database.interruption);
  let opened: OpenedEngine | null = null;
  try {
    for await (const { records, mark } of inGroups(readRecords(meter.measure(source.pieces), request.settings))) {
      const rows = opened === null ? records.slice(1) : records;
      opened ??= openEngine(run, log, records[0], mark);
      for (const result of opened.engine.work(rows)) {
        totals.add(result.outcome);
        report.row(result);
        if (breath.isDue) await breath.take();
      }
      await progress.update(rowCount(totals), meter.bytes);
    }
  } finally {
    await progress.clear();
  }
  if (opened === null) throw new RunStop(EXIT.badInput, [missingData()]);
  opened.checkAdministrators();
  log.finish({ ...totals, inError: totals.rejected }, { size: meter.bytes, sha256: meter.sha256() });
  return totals;
}

/** The engine of a file whose header is known. */
interface OpenedEngine {
  readonly engine: RowEngine;
  /** To be called when all rows are written. @throws RunStop when no administrator is left */
  checkAdministrators(): void;
}

/** Only link sets delete. */
function guardOf({ request, model }: PreparedImport, { direct }: ColumnPlan): () => void {
  const hasLinkSets = direct.some(({ attribute }) => attribute !== "id" && attribute.kind === "link_set");
  if (!hasLinkSets) return () => {};
  return administratorGuard(model, createObjectStore(request.database, model, null, { now: request.now() }));
}

function openEngine(
  run: PreparedImport,
  log: ChangeLog,
  header: CsvRecord | undefined,
  mark: ByteOrderMark | null,
): OpenedEngine {
  const plan = planHeader(run, header);
  run.report.columns({
    columns: plan.codes,
    keys: plan.keys.map((key) => key.printed),
    warnings: [...markWarnings(run.request.settings.charset, mark), ...plan.warnings],
    tableHeading: tableHeading(plan, run.user.language, run.model),
  });
  return { engine: new RowEngine(runContext(run, plan, log)), checkAdministrators: guardOf(run, plan) };
}

/** A mark that says otherwise than the caller: one of them is wrong. */
function markWarnings(charset: ImportSettings["charset"], mark: ByteOrderMark | null): string[] {
  if (mark === null || mark.says === null || mark.says === charset.encoding) return [];
  return [otherByteOrderMark(mark.says.toUpperCase(), charset.typed, mark.encoding.toUpperCase())];
}

/** Only the header says which link sets are written: the right to these is looked at here, before the first row. */
function planHeader(run: PreparedImport, header: CsvRecord | undefined): ColumnPlan {
  const { model, modelClass, user } = run;
  const { settings } = run.request;
  const problem = header?.problem ?? null;
  // A name with NUL is no name of a column, and told as such.
  if (header !== undefined && problem !== null && problem.kind !== "nul") {
    throw new RunStop(EXIT.badInput, [badHeader(problem, header.line)]);
  }
  const naming = { codes: settings.codesNotLabels, language: user.language };
  const result = planColumns(model, modelClass, naming, header?.cells ?? [], settings.reconciliationKeys);
  if (!result.ok) throw new RunStop(EXIT.usage, result.problems);
  const refusal = linkSetRefusal(run, linkSetColumns(result.plan, header?.cells ?? []));
  if (refusal !== null) throw refusal;
  return result.plan;
}

function runContext({ request, model, user, usedIds }: PreparedImport, plan: ColumnPlan, log: ChangeLog): RunContext {
  const { settings, database, passwordCost } = request;
  const store = createObjectStore(database, model, log, { now: request.now(), usedIds });
  store.limitTo(user.allowedOrganizations);
  return {
    model,
    plan,
    store,
    codesNotLabels: settings.codesNotLabels,
    language: user.language,
    dateFormat: settings.dateFormat,
    simulate: settings.simulate,
    cellsAreShown: settings.output === "details",
    someObjectsAreHidden: user.allowedOrganizations !== null,
    passwords: {
      hash: (clear) => hashPassword(clear, passwordCost),
      matches: verifyPassword,
    },
    rules: createAccountRules(plan, user, model, store),
    login: user.login,
    now: request.now(),
  };
}

function changeFacts({ request, user, source }: PreparedImport): Parameters<typeof openChangeLog>[1] {
  return {
    date: request.now(),
    userId: user.id,
    user: user.name,
    comment: request.settings.comment,
    origin: request.origin,
    inputName: source.name,
    parameters: Object.fromEntries(request.parameters),
  };
}
