/** The story of an export, from its login to its last row. */
import { Breath } from "../breath.ts";
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { unknownExportKey } from "../messages/export.ts";
import type { Model, ModelClass } from "../model/model.ts";
import type { ExportSettings } from "../parameters/settings/export_settings.ts";
import { HiddenTargets } from "../reconcile/hidden_targets.ts";
import { authenticate, type LoginFacts } from "../run/authenticate.ts";
import { classProblems } from "../run/unknown_class.ts";
import { strictEncoderFor } from "../source/strict_encoder.ts";
import type { Store } from "../store/store.ts";
import { bulkWriteRefusal, mayBulkWrite } from "../users/rights.ts";
import { requireSameUser } from "../users/same_user.ts";
import type { User } from "../users/user.ts";
import { wrongColumns } from "./chosen_columns.ts";
import { columnCells } from "./column_cells.ts";
import { ColumnNames } from "./column_names.ts";
import { type Condition, readConditions } from "./conditions.ts";
import { EncodedLines } from "./encoded_lines.ts";
import type { ExportContext } from "./export_context.ts";
import type { ExportOutput } from "./export_output.ts";
import { type ExportPlan, planExport } from "./export_plan.ts";
import { CellNotes } from "./notes.ts";
import { RowValues } from "./row_values.ts";
import { writeRows } from "./write_rows.ts";

export interface ExportOrder extends LoginFacts {
  readonly settings: ExportSettings;
  /** Open, and closed by the caller. */
  readonly store: Store;
  /** Called when nothing stands in the way any more. */
  readonly open: () => ExportOutput;
  /** Told how many rows and bytes were written so far. */
  readonly progress: (rows: number, bytes: number) => Promise<void>;
}

/** What came of it. */
export interface Exported {
  readonly plan: ExportPlan;
  readonly rows: number;
  readonly notes: CellNotes;
}

/** @throws RunStop 64, 65, 73, 74, 75, 77 or 78 */
export async function runExport(order: ExportOrder): Promise<Exported> {
  const { settings, store } = order;
  const model = await store.model();
  const user = await authenticate(settings, store, model, order);
  const modelClass = model.classes.get(settings.class);
  if (modelClass === undefined) throw new RunStop(EXIT.usage, classProblems(settings.class, model));
  return await store.atOneMoment(async () => {
    const context = await contextOf(order, model, modelClass, user);
    const names = new ColumnNames(model, modelClass, context.naming);
    const { conditions, problems } = readConditions(context, names, settings.where);
    const all = [...wrongColumns(context, names, settings.columns), ...wrongKeys(names, settings), ...problems];
    if (all.length > 0) throw new RunStop(EXIT.usage, all);
    const plan = await planExport(context, names, settings);
    const output = order.open();
    try {
      const exported = await write(context, order, plan, conditions, output);
      await output.finish();
      return exported;
    } finally {
      output.close();
    }
  });
}

function wrongKeys(names: ColumnNames, { reconciliationKeys }: ExportSettings): readonly StopMessage[] {
  return reconciliationKeys.filter((name) => names.meaning(name) === null)
    .map((name) => unknownExportKey(name, names.nearest(name)));
}

/** By the rights that the user has at the moment that is looked at. */
async function contextOf(
  { settings, store }: ExportOrder,
  model: Model,
  modelClass: ModelClass,
  known: User,
): Promise<ExportContext> {
  const user = await requireSameUser(known, model, store.accounts(model));
  if (!mayBulkWrite(user, modelClass, model)) throw bulkWriteRefusal(modelClass.code);
  const objects = store.objects(model, user.allowedOrganizations);
  const someObjectsAreHidden = user.allowedOrganizations !== null;
  return {
    model,
    modelClass,
    user,
    codesNotLabels: settings.codesNotLabels,
    language: user.language,
    dateFormat: settings.dateFormat,
    numberSigns: settings.numberSigns,
    naming: { codes: settings.codesNotLabels, language: user.language },
    store: objects,
    hiddenTargets: new HiddenTargets(objects, someObjectsAreHidden),
    someObjectsAreHidden,
    breath: new Breath(store.interruption),
  };
}

async function write(
  context: ExportContext,
  { settings, progress }: ExportOrder,
  plan: ExportPlan,
  conditions: readonly Condition[],
  output: ExportOutput,
): Promise<Exported> {
  const { dialect, safeCsv, charset } = settings;
  const values = new RowValues(context);
  const columns = await columnCells(context, plan, values);
  const notes = new CellNotes();
  const lines = new EncodedLines({
    charset: charset.typed,
    encode: strictEncoderFor(charset.encoding),
    dialect,
    names: columns.map(({ name }) => name),
    write: output.write,
    shownId: ({ object }) => context.store.shownId(object.class, object.id),
  });
  const rows = await writeRows(context, {
    read: (all) => context.store.list({ class: context.modelClass.code, orderedBy: plan.orderedBy, read: all }),
    values,
    conditions,
    columns,
    dialect,
    nullWords: settings.nullWords,
    safeCsv,
    lines,
    notes,
    progress: (count) => progress(count, lines.bytes),
  });
  return { plan, rows, notes };
}
