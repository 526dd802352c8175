/** Which columns of a header a class has, by code or label and in which language. */
import { addedCells } from "../columns/added_columns.ts";
import { planColumns } from "../columns/column_plan.ts";
import { IgnoredColumns } from "../columns/ignored_columns.ts";
import { columnName } from "../csv/heading.ts";
import {
  columnCode,
  type ColumnTarget,
  type KnownColumns,
  knownColumns,
  type Naming,
} from "../columns/known_columns.ts";
import { cellsOfKey, type ColumnPlan, type ExternalKeyColumns, type IgnoredColumn } from "../columns/plan.ts";
import { mustBeGiven } from "../model/default_value.ts";
import { labelledLanguages } from "../model/file/labelled_languages.ts";
import { foldCase, shownCode } from "../model/look_up.ts";
import { nearestNames } from "../nearest_name.ts";
import type { Findings } from "./finding.ts";
import { type MappedMatch, matchMapped, withoutIgnored } from "./mapped_header.ts";
import type { ClassFit, ColumnMatch, GivenFormat, InspectedClass } from "./inspection.ts";

export interface MatchedHeader {
  readonly fit: ClassFit;
  readonly naming: Naming;
  /** Of the known columns; its cells are those of the file. Null: an import would be refused even with these. */
  readonly plan: ColumnPlan | null;
}

const MOST_NEAR = 3;

/** @param header names as they stand in the file */
export function matchHeader(
  inspected: InspectedClass,
  header: readonly string[],
  given: GivenFormat,
  findings: Findings,
): MatchedHeader {
  const { model, modelClass } = inspected;
  const naming = bestNaming(inspected, header, given);
  const known = knownColumns(model, modelClass, naming);
  const { plan, targets, taken, ignored } = given.map === null
    ? matchAsItIs(inspected, naming, known, header, given, findings)
    : matchMapped(inspected, given.map, naming, known, header, given, findings);
  tellNeeded(inspected, plan, findings);
  return {
    naming,
    plan,
    fit: {
      class: modelClass.code,
      codes: naming.codes,
      language: naming.language,
      columns: targets.map((target) => target === undefined ? null : matchOf(target)),
      takenByMap: taken,
      notLoaded: ignored.map(({ cell }) => cell),
      keys: plan === null
        ? null
        : { printed: plan.keys.map(({ printed }) => printed), columns: keyColumns(plan, header) },
    },
  };
}

function matchAsItIs(
  inspected: InspectedClass,
  naming: Naming,
  known: KnownColumns,
  header: readonly string[],
  { keys, file: { ignoredColumns } }: GivenFormat,
  findings: Findings,
): MappedMatch {
  const names = header.map(columnName);
  const all = names.map((name) => known.called(name)?.targets[0]);
  const ignored = new IgnoredColumns(ignoredColumns).of(names, all);
  const targets = withoutIgnored(all, ignored);
  tellUnknown(header, targets, ignored, known, findings);
  const plan = planOfKnown(inspected, naming, header, targets, keys, ignored.length > 0, findings);
  return { plan, targets, taken: [], ignored };
}

/** How many cells of each row are those of a file of rows in error, which an import ignores. */
export function addedCellsOf(inspected: InspectedClass, header: readonly string[], given: GivenFormat): number {
  const added = addedCells(header, () => false);
  if (added === 0) return 0;
  const naming = bestNaming(inspected, header.slice(0, -added), given);
  const known = knownColumns(inspected.model, inspected.modelClass, naming);
  return addedCells(header, (name) => known.called(name) !== undefined);
}

/** The names by which most columns are known, or nearly; of several, labels of the model's first language. */
function bestNaming({ model, modelClass }: InspectedClass, header: readonly string[], given: GivenFormat): Naming {
  const [first = ""] = given.language === null ? model.languages : [given.language];
  const languages = given.language === null
    ? [first, ...labelledLanguages(model).filter((one) => one !== first)]
    : [first];
  const labels = languages.map((language): Naming => ({ codes: false, language }));
  const codes: Naming = { codes: true, language: first };
  const possible = given.codes === null ? [...labels, codes] : given.codes ? [codes] : labels;
  const counted = possible.map((naming) => {
    return { naming, count: knownIn(header, knownColumns(model, modelClass, naming)) };
  });
  const most = Math.max(...counted.map(({ count }) => count));
  return counted.find(({ count }) => count === most)?.naming ?? codes;
}

/** How many columns are known; a name that is nearly right counts half. */
function knownIn(header: readonly string[], known: KnownColumns): number {
  const unknown = header.map(columnName).filter((name) => name !== "" && known.called(name) === undefined);
  const nearly = unknown.slice(0, MOST_TRIED).filter((name) => nearTo(name, known).length > 0);
  return header.length - unknown.length + nearly.length / 2;
}

/** Of very many unknown columns the first ones tell enough. */
const MOST_TRIED = 50;
const MOST_TOLD = 20;

function nearTo(typed: string, known: KnownColumns): readonly string[] {
  const names = [...known.values()].map(({ name }) => name);
  const near = new Set([...nearestNames(typed, names, MOST_NEAR), ...namesWith(typed, names)]);
  return [...near].slice(0, MOST_NEAR);
}

function tellUnknown(
  header: readonly string[],
  targets: readonly (ColumnTarget | undefined)[],
  ignored: readonly IgnoredColumn[],
  known: KnownColumns,
  findings: Findings,
): void {
  const isIgnored = new Set(ignored.map(({ cell }) => cell));
  // Columns without a name are told together.
  const unknown = targets.flatMap((target, index) => {
    const name = header[index] ?? "";
    return target !== undefined || isIgnored.has(index) || columnName(name) === "" ? [] : [{ column: index + 1, name }];
  });
  for (const { column, name } of unknown.slice(0, MOST_TOLD)) {
    findings.error({ kind: "unknown_column", column, name, nearest: nearTo(columnName(name), known) });
  }
  const count = unknown.length - MOST_TOLD;
  if (count > 0) findings.error({ kind: "more_unknown_columns", count });
}

/** The names that have the word among theirs: `Name` may be `last name`. */
function namesWith(typed: string, names: readonly string[]): readonly string[] {
  const word = foldCase(typed);
  return names.filter((name) => !name.includes("->") && name.split(/[ _]/).includes(word));
}

/** The plan of the columns that are known; its problems are told. */
function planOfKnown(
  { model, modelClass }: InspectedClass,
  naming: Naming,
  header: readonly string[],
  targets: readonly (ColumnTarget | undefined)[],
  keys: readonly string[],
  isAnyIgnored: boolean,
  findings: Findings,
): ColumnPlan | null {
  const cells = targets.flatMap((target, index) => target === undefined ? [] : [index]);
  // That nothing is known is told already, but not that nothing is left.
  if (cells.length === 0 && !isAnyIgnored) return null;
  const result = planColumns(model, modelClass, naming, cells.map((cell) => header[cell] ?? ""), keys);
  if (result.ok) return movedTo(result.plan, cells);
  for (const { text, hint } of result.problems) {
    // What else the plan of the columns knows of a problem is its own business.
    findings.error({ kind: "columns_refused", message: hint === undefined ? { text } : { text, hint } });
  }
  return null;
}

/** The same plan with the cells of the file. @param cells where its columns stand there */
function movedTo(plan: ColumnPlan, cells: readonly number[]): ColumnPlan {
  const at = (cell: number) => cells[cell] ?? cell;
  const moved = (columns: ExternalKeyColumns): ExternalKeyColumns => ({
    ...columns,
    parts: columns.parts.map((part) => ({ ...part, cell: at(part.cell) })),
    inner: columns.inner.map(moved),
  });
  const externalKeys = plan.externalKeys.map(moved);
  return {
    ...plan,
    externalKeys,
    direct: plan.direct.map((column) => ({ ...column, cell: at(column.cell) })),
    keys: plan.keys.map((key) => {
      if (key.kind !== "external_key") return { ...key, cell: at(key.cell) };
      return { ...key, columns: externalKeys.find((columns) => columns.key === key.columns.key) ?? key.columns };
    }),
  };
}

/** The cells by which rows are recognised. */
export function keyCells({ keys }: ColumnPlan): readonly number[] {
  return keys.flatMap(cellsOfKey);
}

function keyColumns(plan: ColumnPlan, header: readonly string[]): readonly string[] {
  return keyCells(plan).map((cell) => header[cell] ?? plan.headers[cell] ?? "");
}

function matchOf(target: ColumnTarget): ColumnMatch {
  const kind = target.kind === "attribute" ? target.attribute.kind : target.kind === "id" ? "id" : "external_key";
  return { code: columnCode(target), kind };
}

/** What every new object needs, and no column gives. */
function tellNeeded({ modelClass }: InspectedClass, plan: ColumnPlan | null, findings: Findings): void {
  if (plan === null) return;
  const given = new Set([
    ...plan.externalKeys.map(({ key }) => key.code),
    ...plan.direct.map(({ attribute }) => attribute === "id" ? "id" : attribute.code),
  ]);
  const attributes = [...modelClass.attributes.values()].filter((attribute) =>
    !given.has(attribute.code) && mustBeGiven(attribute)
  );
  if (attributes.length > 0) {
    findings.warn({
      kind: "needed_without_column",
      attributes: attributes.map(shownCode),
    });
  }
  if (modelClass.abstract) {
    findings.warn({ kind: "abstract_class", class: modelClass.code, concrete: modelClass.concreteClasses });
  }
}
