/** The columns that somebody has named: exactly these, in their order. */
import { columnName } from "../csv/heading.ts";
import { columnCode, type ColumnTarget, isSameColumn } from "../columns/known_columns.ts";
import type { StopMessage } from "../errors.ts";
import { bytesColumn, listColumn, moreUnknownColumns, repeatedColumn } from "../messages/columns.ts";
import { passwordColumn, unknownExportColumn } from "../messages/export.ts";
import { classOf, isGenerated, isNeverGiven } from "../model/look_up.ts";
import type { ExternalKeyAttribute } from "../model/model.ts";
import { linkSetRefusal } from "../users/link_set_rights.ts";
import type { ColumnNames } from "./column_names.ts";
import type { ExportColumn } from "./default_columns.ts";
import type { ExportContext } from "./export_context.ts";
import type { ColumnNote } from "./notes.ts";
import type { TargetKeys, TargetPart } from "./target_keys.ts";

export interface ChosenColumns {
  readonly columns: readonly ExportColumn[];
  readonly columnNotes: readonly ColumnNote[];
}

/** As many unknown columns are told; of the others, how many they are. */
const MOST_TOLD = 20;

/** What is wrong with the names. */
export function wrongColumns(
  context: ExportContext,
  names: ColumnNames,
  typed: readonly string[],
): readonly StopMessage[] {
  const columns = typedColumns(names, typed);
  return [...unknown(context, names, columns), ...repeated(columns), ...notWritten(context, columns)];
}

/** @param typed names that are right @throws RunStop 77 when there are link sets that the user may not load */
export async function chosenColumns(
  context: ExportContext,
  names: ColumnNames,
  targets: TargetKeys,
  typed: readonly string[],
): Promise<ChosenColumns> {
  const known = typedColumns(names, typed).flatMap(({ name, target }) =>
    target === null ? [] : [{ name: columnName(name), target }]
  );
  const links = known.flatMap(({ name, target }) =>
    target.kind === "attribute" && target.attribute.kind === "link_set" ? [{ name, attribute: target.attribute }] : []
  );
  const refusal = linkSetRefusal(context, links);
  if (refusal !== null) throw refusal;
  const computed = known.filter(({ target }) => isComputed(target))
    .map(({ name, target }): ColumnNote => ({ kind: "computed", name, code: columnCode(target) }));
  return { columns: known, columnNotes: [...computed, ...await ambiguousKeys(targets, known)] };
}

function typedColumns(names: ColumnNames, typed: readonly string[]): readonly TypedColumn[] {
  return typed.map((name) => ({ name, target: names.meaning(name) }));
}

/** A name and what it means; null: nothing. */
interface TypedColumn {
  readonly name: string;
  readonly target: ColumnTarget | null;
}

function unknown(
  { modelClass }: ExportContext,
  names: ColumnNames,
  columns: readonly TypedColumn[],
): readonly StopMessage[] {
  const found = columns.filter(({ target }) => target === null);
  const told = found.slice(0, MOST_TOLD).map(({ name }) =>
    unknownExportColumn(name, names.nearest(name), modelClass.code)
  );
  const more = found.length - told.length;
  return more > 0 ? [...told, moreUnknownColumns(more)] : told;
}

function repeated(columns: readonly TypedColumn[]): readonly StopMessage[] {
  return columns.flatMap(({ name, target }, index) => {
    if (target === null) return [];
    const first = columns.findIndex((other) => other.target !== null && isSameColumn(other.target, target));
    return first < index ? [repeatedColumn(columns[first]?.name ?? "", name, columnCode(target))] : [];
  });
}

/** Passwords, and lists of objects that are no values. */
function notWritten({ model, modelClass }: ExportContext, columns: readonly TypedColumn[]): readonly StopMessage[] {
  return columns.flatMap(({ name, target }) => {
    if (target?.kind !== "attribute") return [];
    const { attribute } = target;
    if (attribute.kind === "password") return [passwordColumn(name)];
    if (attribute.kind === "bytes") return [bytesColumn(name)];
    if (attribute.kind !== "object_list") return [];
    const { concreteClasses } = classOf(model, attribute.listedClass);
    return [listColumn(name, modelClass.code, concreteClasses, attribute.keyToThis)];
  });
}

/** Whether an import refuses the column, unless it is a key. */
export function isComputed(target: ColumnTarget): boolean {
  if (target.kind !== "attribute") return false;
  const { attribute } = target;
  return attribute.kind === "friendly_name" || isNeverGiven(attribute) || isGenerated(attribute);
}

/** External keys whose columns do not tell their targets apart. */
async function ambiguousKeys(targets: TargetKeys, columns: readonly ExportColumn[]): Promise<readonly ColumnNote[]> {
  const keys = new Map<ExternalKeyAttribute, { readonly name: string; readonly parts: TargetPart[] }>();
  const byId = new Set<ExternalKeyAttribute>();
  for (const { name, target } of columns) {
    if (target.kind === "attribute" && target.attribute.kind === "external_key") byId.add(target.attribute);
    if (target.kind !== "through_key") continue;
    const known = keys.get(target.key);
    if (known === undefined) keys.set(target.key, { name, parts: [target] });
    else known.parts.push(target);
  }
  const notes: ColumnNote[] = [];
  for (const [key, { name, parts }] of keys) {
    if (byId.has(key) || await targets.tellApartBy(key.target, parts)) continue;
    notes.push({ kind: "ambiguous_key", name, code: key.code });
  }
  return notes;
}
