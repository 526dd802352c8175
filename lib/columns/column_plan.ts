/** The header becomes a plan of cell indexes once, so that rows look nothing up; or the full list of what is wrong with it. */
import type { StopMessage } from "../errors.ts";
import { firstOfMany } from "../messages/first_of_many.ts";
import * as sentences from "../messages/columns.ts";
import { attributeOf, classOf, finalAttribute } from "../model/look_up.ts";
import type { ExternalKeyAttribute, LinkSetAttribute, Model, ModelClass } from "../model/model.ts";
import { LONGEST_COLUMN_NAME } from "../text_limits.ts";
import { addedCells } from "./added_columns.ts";
import { columnName } from "../csv/heading.ts";
import { IgnoredColumns } from "./ignored_columns.ts";
import {
  ambiguities,
  columnCode,
  type ColumnTarget,
  isSameColumn,
  type KnownColumns,
  type Naming,
  throughTo,
} from "./known_columns.ts";
import { keptColumns } from "./kept_columns.ts";
import { resolveKeys } from "./key_plan.ts";
import { unknownColumns } from "./unknown_columns.ts";
import { unwritableColumns } from "./unwritable_columns.ts";
import {
  cellsOfKey,
  type ColumnMapping,
  type ColumnPlan,
  type DirectColumn,
  type ExternalKeyColumns,
  type ExternalKeyPart,
  feedingParts,
} from "./plan.ts";

export type PlanResult =
  | { readonly ok: true; readonly plan: ColumnPlan }
  /** Every problem at once. */
  | { readonly ok: false; readonly problems: readonly StopMessage[] };

/** What a column is: null, where it is nothing by itself, or what is wrong is told already; undefined: nobody knows. */
export type Target = ColumnTarget | null | undefined;

/** What a map makes of the columns: those of the file first, then those that it adds. */
export interface MappedColumns {
  readonly names: readonly string[];
  readonly targets: readonly Target[];
  readonly problems: readonly StopMessage[];
  /** The names that reconciliation keys may have. */
  readonly keyNames: KnownColumns;
  readonly cells: Omit<ColumnMapping, "headers">;
  /** @param keys cells of the reconciliation keys */
  wrongDefaults(keys: readonly number[]): readonly StopMessage[];
}

/** @param names of the file's columns */
export type MapColumns = (names: readonly string[], known: KnownColumns) => MappedColumns;

/**
 * Plans the columns and reconciliation keys of a file.
 * @param wholeHeader the cells of the header record
 * @param keyNames the keys as typed; none: the class's own
 * @param map null: there is none
 * @param ignoredNames columns that are not loaded, as typed; `*`: every one that is not known
 */
export function planColumns(
  model: Model,
  modelClass: ModelClass,
  naming: Naming,
  wholeHeader: readonly (string | null)[],
  keyNames: readonly string[],
  map: MapColumns | null = null,
  ignoredNames: readonly string[] = [],
): PlanResult {
  const tooLong = tooLongNames(wholeHeader, keyNames);
  if (tooLong.length > 0) return { ok: false, problems: firstOfMany(tooLong) };
  const known = keptColumns(model, modelClass, naming);
  const added = addedCells(wholeHeader, (name) => known.called(name) !== undefined);
  const header = wholeHeader.slice(0, wholeHeader.length - added);
  const ofFile = header.map((cell) => columnName(cell ?? ""));
  const mapped = map?.(ofFile, known) ?? null;
  const names = mapped?.names ?? ofFile;
  const all: readonly Target[] = mapped?.targets ??
    names.map((name, cell) => known.called(name, header[cell] ?? name)?.targets[0]);
  const ignoring = new IgnoredColumns(ignoredNames);
  const ignored = ignoring.of(ofFile, all);
  const isIgnored = new Set(ignored.map(({ cell }) => cell));
  const targets = all.map((target, cell) => isIgnored.has(cell) ? null : target);
  const problems: StopMessage[] = [
    ...firstOfMany(mapped?.problems ?? []),
    ...unknownColumns({ model, modelClass, naming }, names, targets, known),
    ...firstOfMany(repeatedColumns(names, targets.slice(0, header.length))),
  ];

  const externalKeys = groupByExternalKey(model, targets);
  const direct = directColumns(targets);
  const keys = resolveKeys({ model, modelClass, known: mapped?.keyNames ?? known, keyNames, externalKeys, direct });
  const columnsAreKnown = !targets.includes(undefined) && (mapped?.problems.length ?? 0) === 0;
  problems.push(...firstOfMany(keys.problems.filter((problem) => columnsAreKnown || !problem.blamesColumns)));
  problems.push(...tooMuchToSearchBy(keyNames, externalKeys));
  problems.push(...firstOfMany(unwritableColumns({ model, modelClass, names, direct, externalKeys, keys: keys.keys })));
  if (mapped !== null) problems.push(...firstOfMany([...mapped.wrongDefaults(keys.keys.flatMap(cellsOfKey))]));
  if (problems.length > 0) return { ok: false, problems };
  const headers = header.map((cell) => (cell ?? "").trim());
  return {
    ok: true,
    plan: {
      class: modelClass,
      codes: targets.map((target) => target ? columnCode(target) : ""),
      headers: mapped === null ? headers : [...headers, ...names.slice(headers.length)],
      addedCells: added,
      ignored,
      externalKeys,
      direct,
      keys: keys.keys,
      keysAreNamed: keyNames.length > 0,
      warnings: [
        ...ambiguities(ambiguousNames(ofFile, targets), known, sentences.ambiguousColumn),
        ...keys.warnings,
        ...ignoring.warnings(ofFile, ignored, known),
      ],
      ...mapped === null ? {} : { mapping: { ...mapped.cells, headers } },
    },
  };
}

/** Names that are looked up. */
function ambiguousNames(ofFile: readonly string[], targets: readonly Target[]): readonly string[] {
  return ofFile.filter((_, cell) => targets[cell]);
}

/** The columns of a plan whose cells are link sets, by their names in the header. */
export function linkSetColumns(
  { direct, headers }: ColumnPlan,
): { readonly name: string; readonly attribute: LinkSetAttribute }[] {
  return direct.flatMap(({ attribute, cell }) =>
    attribute === "id" || attribute.kind !== "link_set" ? [] : [{ name: columnName(headers[cell] ?? ""), attribute }]
  );
}

/** Nothing is looked for under them. */
function tooLongNames(header: readonly (string | null)[], keyNames: readonly string[]): StopMessage[] {
  const most = LONGEST_COLUMN_NAME;
  return [
    ...header.flatMap((cell, index) => {
      const length = cell?.length ?? 0;
      return length <= most ? [] : [sentences.columnNameTooLong(index + 1, cell ?? "", most)];
    }),
    ...keyNames.filter((name) => name.length > most).map((name) => sentences.keyNameTooLong(name, most)),
  ];
}

function repeatedColumns(names: readonly string[], targets: readonly Target[]): StopMessage[] {
  const problems: StopMessage[] = [];
  targets.forEach((target, index) => {
    if (!target) return;
    const first = targets.findIndex((other) => other && isSameColumn(other, target));
    if (first < index) {
      problems.push(sentences.repeatedColumn(names[first] ?? "", names[index] ?? "", columnCode(target)));
    }
  });
  return problems;
}

interface GroupedColumns {
  readonly key: ExternalKeyAttribute;
  readonly parts: ExternalKeyPart[];
  readonly inner: GroupedColumns[];
}

function groupByExternalKey(model: Model, targets: readonly Target[]): ExternalKeyColumns[] {
  const groups: GroupedColumns[] = [];
  targets.forEach((target, cell) => {
    const plain = target?.kind === "attribute" && target.attribute.kind === "external_key" ? target.attribute : null;
    const path = plain === null ? target : heldThrough(model, plain);
    if (path?.kind === "through_key") {
      const { key, through, attribute, externalField } = path;
      const group = through.reduce((outer, inner) => groupOf(outer.inner, inner), groupOf(groups, key));
      const last = finalAttribute(model, classOf(model, group.key.target), attribute.code).attribute;
      const isKey = last === "id" || (last.kind === "external_key" && last.takesAnyId !== true);
      group.parts.push({ cell, attribute, externalField, holdsIds: isKey });
    } else if (plain !== null) groupOf(groups, plain).parts.push(ownPart(model, plain, cell));
  });
  return groups;
}

/** What a key refers to its targets by may be a key that holds no ids either; null: it is not. */
function heldThrough(model: Model, key: ExternalKeyAttribute): ColumnTarget & { readonly kind: "through_key" } | null {
  const { through: [, ...through], attribute } = throughTo(model, key);
  return through.length === 0 ? null : { kind: "through_key", key, through, attribute, externalField: null };
}

/** The column of the key itself, which holds ids of targets, or what the key refers to them by. */
function ownPart(model: Model, key: ExternalKeyAttribute, cell: number): ExternalKeyPart {
  const attribute = key.referenced === undefined ? "id" : attributeOf(classOf(model, key.target), key.referenced);
  return { cell, attribute, externalField: null, holdsIds: key.takesAnyId !== true, isOwn: true };
}

function groupOf(groups: GroupedColumns[], key: ExternalKeyAttribute): GroupedColumns {
  const known = groups.find((group) => group.key.code === key.code);
  if (known !== undefined) return known;
  const group = { key, parts: [], inner: [] };
  groups.push(group);
  return group;
}

function directColumns(targets: readonly Target[]): DirectColumn[] {
  const direct: DirectColumn[] = [];
  targets.forEach((target, cell) => {
    if (target?.kind === "id") direct.push({ cell, attribute: "id" });
    if (target?.kind === "attribute") direct.push({ cell, attribute: target.attribute });
  });
  return direct;
}

/** Objects are looked up by so many values at once: a condition of SQLite may not be much longer, and none needs a tenth. */
const MOST_SEARCHED_BY = 100;

function tooMuchToSearchBy(keyNames: readonly string[], externalKeys: readonly ExternalKeyColumns[]): StopMessage[] {
  const keys = keyNames.length > MOST_SEARCHED_BY ? [sentences.tooManyKeys(keyNames.length, MOST_SEARCHED_BY)] : [];
  const parts = externalKeys.map((columns) => ({ code: columns.key.code, count: feedingParts(columns).length }))
    .filter(({ count }) => count > MOST_SEARCHED_BY);
  return [...keys, ...parts.map(({ code, count }) => sentences.tooManyParts(code, count, MOST_SEARCHED_BY))];
}
