/** Keys that nothing but names suggest: `location_id` beside a table `locations`, `stop_id` beside the table whose key is `stop_id`. */
import { foldName } from "../derive/ascii_names.ts";
import type { DerivedColumn, DerivedModel, DerivedTable } from "../derive/derived_model.ts";
import { stemOf } from "../derive/key_names.ts";
import type { ColumnPlace, KeyCandidate } from "./proposal.ts";

/** At most one for each column that is no key by now. */
export function impliedKeys({ tables }: DerivedModel): readonly KeyCandidate[] {
  const targets = [...tables.values()].flatMap(targetsIn);
  return [...tables.values()].flatMap((table) =>
    [...table.columns.values()].flatMap((column) => candidateOf(table, column, targets) ?? [])
  );
}

interface Target extends ColumnPlace {
  readonly isKey: boolean;
  /** What a single row may be called, folded. */
  readonly names: ReadonlySet<string>;
}

/** By its key, and by other columns that tell its rows apart. */
function targetsIn(table: DerivedTable): readonly Target[] {
  const [only, ...others] = table.key?.columns ?? [];
  const isSingle = only !== undefined && others.length === 0;
  const uniques = table.uniques.flatMap(({ columns }) => columns.length === 1 ? columns : []);
  const names = new Set(singulars(foldName(table.name)));
  const columns = new Set([...isSingle ? [only] : [], ...uniques]);
  return [...columns].map((column) => ({ table, column, isKey: isSingle && column === only, names }));
}

function candidateOf(table: DerivedTable, column: DerivedColumn, targets: readonly Target[]): KeyCandidate | null {
  if (!mayRefer(table, column)) return null;
  const target = targets.find((one) => isKeyCalledSo(one, table, column)) ?? targetNamed(table, column, targets);
  if (target === undefined) return null;
  const { table: { name }, column: { name: targetColumn }, isKey } = target;
  return {
    from: { table, column },
    to: target,
    written: isKey && !name.includes(".") ? name : `${name}.${targetColumn}`,
  };
}

const FORMS: ReadonlySet<string> = new Set(["integer", "text", "loose", "number"]);

/** The key of its own table is what others refer to. */
function mayRefer({ key }: DerivedTable, column: DerivedColumn): boolean {
  const isWholeKey = key?.columns.length === 1 && key.columns[0]?.name === column.name;
  return !isWholeKey && column.references === null && !column.isGenerated && FORMS.has(column.form.kind);
}

/** A name that says which table's key it is, and not only that it is one. */
function isKeyCalledSo(target: Target, table: DerivedTable, { name }: DerivedColumn): boolean {
  return target.table !== table && target.isKey && foldName(target.column.name) === foldName(name) &&
    /.id|id./i.test(name);
}

/** The table whose rows are called as the column, or as the last words of it. */
function targetNamed(table: DerivedTable, column: DerivedColumn, targets: readonly Target[]): Target | undefined {
  const stem = stemOf(column.name);
  // A name that does not even say that it is a key is one only as a number.
  if (stem === null && column.form.kind !== "integer") return undefined;
  const keys = targets.filter((one) => one.isKey && (stem !== null || one.table !== table));
  const words = foldName(stem ?? column.name).split(/[ _.\-]+/);
  for (const start of stem === null ? [0] : words.keys()) {
    const called = words.slice(start).join("_");
    const found = keys.filter(({ names }) => names.has(called));
    if (found.length === 1) return found[0];
  }
  return stem !== null && words.at(-1) === "parent" ? keys.find((one) => one.table === table) : undefined;
}

/** `category` of `categories`, and the same without what several tables begin with: `place` of `moz_places`. */
function singulars(table: string): readonly string[] {
  const words = table.split(/[ _.\-]+/);
  return [words.join("_"), words.slice(1).join("_")].filter((name) => name !== "").flatMap((name) => [
    name,
    ...name.endsWith("s") ? [name.slice(0, -1)] : [],
    ...name.endsWith("es") ? [name.slice(0, -2)] : [],
    ...name.endsWith("ies") ? [`${name.slice(0, -3)}y`] : [],
  ]);
}
