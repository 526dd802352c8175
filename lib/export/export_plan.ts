/** Which columns a file gets, and by which of them an import finds its objects again. */
import { planColumns, type PlanResult } from "../columns/column_plan.ts";
import type { ColumnPlan, ReconciliationKey } from "../columns/plan.ts";
import { EXIT, RunStop } from "../errors.ts";
import { isColumn } from "../model/look_up.ts";
import type { AttributeCode } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { chosenColumns, isComputed } from "./chosen_columns.ts";
import type { ColumnNames } from "./column_names.ts";
import { defaultColumns, type ExportColumn } from "./default_columns.ts";
import type { ExportContext } from "./export_context.ts";
import type { ColumnNote, LeftOut, LoadedBy } from "./notes.ts";
import { ownKeyText } from "./own_key_text.ts";
import { TargetKeys } from "./target_keys.ts";
import { tellApart, type TellingPart } from "./tell_apart.ts";

export interface ExportPlan {
  readonly columns: readonly ExportColumn[];
  readonly loadedBy: LoadedBy;
  /** What reconciliationkeys must say to load the file back; none: nothing need be said. */
  readonly keyNames: readonly string[];
  /** Attributes of the class that the import looks for. */
  readonly keyCodes: ReadonlySet<AttributeCode>;
  readonly orderedBy: readonly AttributeCode[];
  readonly leftOut: readonly LeftOut[];
  readonly columnNotes: readonly ColumnNote[];
  readonly targets: TargetKeys;
}

/** What was asked for: names as typed. */
export interface PlanRequest {
  /** None: all that an import takes. */
  readonly columns: readonly string[];
  /** None: the class's own keys. */
  readonly reconciliationKeys: readonly string[];
}

/** @throws RunStop 64 with everything that is wrong with the columns and keys */
export async function planExport(
  context: ExportContext,
  names: ColumnNames,
  request: PlanRequest,
): Promise<ExportPlan> {
  const targets = new TargetKeys(context);
  const isChosen = request.columns.length > 0;
  const { columns: found, leftOut, columnNotes } = isChosen
    ? { ...await chosenColumns(context, names, targets, request.columns), leftOut: [] }
    : { ...await defaultColumns(context, names, targets, await hiddenKeys(context)), columnNotes: [] };
  const namesId = context.modelClass.reconciliationKeys.includes("id") ||
    request.reconciliationKeys.some((name) => names.meaning(name)?.kind === "id");
  const columns = namesId && !isChosen ? [ID, ...found] : found;
  const parts = { leftOut, columnNotes, targets };
  const result = planOf(context, columns, request.reconciliationKeys);
  if (!result.ok && request.reconciliationKeys.length > 0) throw new RunStop(EXIT.usage, result.problems);
  const isAmbiguous = (code: AttributeCode) =>
    columnNotes.some((note) => note.kind === "ambiguous_key" && note.code === code);
  if (result.ok && await tell(context, result.plan, isAmbiguous)) {
    const loadedBy = { kind: "keys" } as const;
    return { columns, loadedBy, ...foundBy(result.plan, request.reconciliationKeys), ...parts };
  }
  const hasId = columns.some(({ target }) => target.kind === "id");
  // The number of a row that has no key is no id: another day it is the number of another one.
  if (context.modelClass.hasNoIds === true) {
    const keys = { keyNames: [], keyCodes: NO_CODES, orderedBy: [] };
    return { columns, loadedBy: { kind: "unnamed" }, ...keys, ...parts };
  }
  const byId = { keyNames: ["id"], keyCodes: NO_CODES, orderedBy: [], ...parts };
  if (hasId) return { columns, loadedBy: { kind: "id" }, ...byId };
  if (isChosen) return { columns, loadedBy: { kind: "nothing" }, ...byId, keyNames: [] };
  return { columns: [ID, ...columns], loadedBy: { kind: "id" }, ...byId };
}

const ID: ExportColumn = { name: "id", target: { kind: "id" } };
const NO_CODES: ReadonlySet<AttributeCode> = new Set();

/** As an import plans the header. Columns that it would refuse are told already, and left out here. */
function planOf(
  { model, modelClass, naming }: ExportContext,
  columns: readonly ExportColumn[],
  keys: readonly string[],
): PlanResult {
  const header = columns.filter(({ target }) => !isComputed(target)).map(({ name }) => name);
  return planColumns(model, modelClass, naming, header, keys);
}

function foundBy(
  { keys }: ColumnPlan,
  keyNames: readonly string[],
): Pick<ExportPlan, "keyNames" | "keyCodes" | "orderedBy"> {
  const codes = keys.flatMap((key) => key.kind === "attribute" ? [key.attribute] : []);
  return {
    keyNames,
    keyCodes: new Set(codes.map(({ code }) => code)),
    orderedBy: codes.filter(isColumn).map(({ code }) => code),
  };
}

/** Whether the keys tell all objects of the class apart. */
async function tell(
  context: ExportContext,
  { keys }: ColumnPlan,
  isAmbiguous: (code: AttributeCode) => boolean,
): Promise<boolean> {
  if (keys.some(({ kind }) => kind === "id")) return true;
  if (keys.some((key) => key.kind === "external_key" && isAmbiguous(key.columns.key.code))) return false;
  return await tellApart(context, context.modelClass.code, keys.flatMap((key) => partOf(context, key)));
}

function partOf(context: ExportContext, key: ReconciliationKey): readonly TellingPart[] {
  if (key.kind === "id") return [];
  if (key.kind === "attribute") return [ownKeyText(context, key.attribute)];
  return [{ code: key.columns.key.code, form: (value) => String(idIn(value) ?? "") }];
}

/** The external keys of the class of which some refer to what the user may not see. */
async function hiddenKeys(
  { modelClass, store, hiddenTargets, someObjectsAreHidden, breath }: ExportContext,
): Promise<ReadonlySet<AttributeCode>> {
  const hidden = new Set<AttributeCode>();
  if (!someObjectsAreHidden) return hidden;
  const keys = [...modelClass.attributes.values()].filter((attribute) => attribute.kind === "external_key");
  if (keys.length === 0) return hidden;
  const list = store.list({ class: modelClass.code, orderedBy: [], read: keys.map(({ code }) => code) });
  for await (const page of list.pages()) {
    const rows = await Promise.all(page.map(async (object) => object.values ?? await list.valuesOf(object)));
    for (const [place, { code, target }] of keys.entries()) {
      if (hidden.has(code)) continue;
      const ids: readonly (ObjectId | null)[] = rows.map((values) => idIn(values[place]));
      if ((await hiddenTargets.among(target, ids)).size > 0) hidden.add(code);
    }
    if (breath.isDue) await breath.take();
  }
  return hidden;
}
