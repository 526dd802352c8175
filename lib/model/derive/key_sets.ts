/** By which columns a file's rows are looked for when nobody says more. */
import { nearestName } from "../../nearest_name.ts";
import { classPath, itemPath, propertyPath } from "../file/json_path.ts";
import type { ModelClass } from "../model.ts";
import { foldName } from "./ascii_names.ts";
import type { SettledColumn } from "./derived_columns.ts";
import { type ClassTable, type ReportProblem, uniqueIndexes } from "./derived_tables.ts";

type Columns = ReadonlyMap<string, SettledColumn>;

/** What the overlay says, else all that tells rows apart: the primary key, then unique constraints and indexes as they were made. */
export function defaultKeys(
  table: ClassTable,
  columns: Columns,
  report: ReportProblem,
): Pick<ModelClass, "reconciliationKeys" | "keySets"> {
  const overlaid = overlaidKeys(table, columns, report);
  if (overlaid !== null) return { reconciliationKeys: overlaid };
  const keySets = keySetsOf(table, columns);
  return { reconciliationKeys: keySets[0] ?? [], keySets };
}

function keySetsOf({ key, facts }: ClassTable, columns: Columns): readonly (readonly string[])[] {
  const primary = key?.isPrimary === true ? [key.columns.map(({ name }) => name)] : [];
  const unique = uniqueIndexes(facts).filter(({ origin }) => origin !== "pk")
    .map((index) => index.columns.map(({ name }) => name ?? ""));
  const sets = [...primary, ...unique].flatMap((names) => {
    const settled = names.flatMap((name) => columns.get(foldName(name)) ?? []);
    const canBeGiven = settled.length > 0 && settled.every(({ derived }) => derived.form.kind !== "bytes");
    return canBeGiven ? [settled.map(({ derived }) => derived.attribute)] : [];
  });
  return [...new Map(sets.map((set) => [JSON.stringify(set.toSorted()), set] as const).reverse()).values()].reverse();
}

/** Null: it names none, or none that there is. */
function overlaidKeys(
  { facts, overlay }: ClassTable,
  columns: Columns,
  report: ReportProblem,
): readonly string[] | null {
  const path = propertyPath(classPath(facts.name), "reconciliation_keys");
  const known = facts.columns.map(({ name }) => name);
  const codes = (overlay.reconciliationKeys ?? []).flatMap((name, index) => {
    if (known.includes(name)) return [columns.get(foldName(name))?.derived.attribute ?? name];
    const nearest = nearestName(name, known);
    report({ kind: "unknown_column", path: itemPath(path, index), table: facts.name, name, nearest });
    return [];
  });
  return codes.length === 0 ? null : codes;
}
