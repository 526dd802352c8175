/** Columns that refer to rows of other tables: foreign keys of one column, and those that an overlay declares. */
import { nearestName } from "../../nearest_name.ts";
import { attributePath, propertyPath } from "../file/json_path.ts";
import type { ExternalKeyAttribute } from "../model.ts";
import { foldName } from "./ascii_names.ts";
import { lackOf } from "./broken_keys.ts";
import type { ClassTable, ReportProblem } from "./derived_tables.ts";
import type { ForeignKeyFacts } from "./schema_facts.ts";

export interface Reference {
  readonly target: ClassTable;
  /** Of the target, as it is. */
  readonly column: string;
  readonly onDelete: ExternalKeyAttribute["onDelete"];
}

type Tables = ReadonlyMap<string, ClassTable>;

/** By folded name of the column. Keys of several columns, and those whose target is not there or not unique, are none. */
export function referencesOf(table: ClassTable, tables: Tables, report: ReportProblem): ReadonlyMap<string, Reference> {
  const found = new Map<string, Reference>();
  for (const key of table.facts.foreignKeys) {
    const [column, ...others] = key.columns;
    const reference = column === undefined || others.length > 0 ? null : declaredReference(key, tables);
    if (reference !== null && !found.has(foldName(column ?? ""))) found.set(foldName(column ?? ""), reference);
  }
  for (const [column, { target, kind }] of Object.entries(table.overlay.attributes ?? {})) {
    if (kind !== undefined) found.delete(foldName(column));
    if (target === undefined) continue;
    const path = propertyPath(attributePath(table.facts.name, column), "target");
    const reference = namedReference(target, tables, path, report);
    if (reference !== null) found.set(foldName(column), reference);
  }
  return found;
}

function declaredReference(key: ForeignKeyFacts, tables: Tables): Reference | null {
  const target = tables.get(foldName(key.table));
  if (target === undefined || lackOf(key, target.facts) !== null) return null;
  const column = key.referenced === null
    ? target.key?.columns[0]
    : target.columns.get(foldName(key.referenced[0] ?? ""));
  return column === undefined ? null : { target, column: column.name, onDelete: consequence(key.onDelete) };
}

/** The name of a column by which rows can be told apart, as it is. */
function uniqueColumn(target: ClassTable, column: string): string | null {
  const folded = foldName(column);
  return target.uniqueColumns.has(folded) ? target.columns.get(folded)?.name ?? null : null;
}

function consequence(onDelete: string): Reference["onDelete"] {
  if (onDelete === "CASCADE") return "cascade";
  return onDelete === "SET NULL" ? "set_null" : "restrict";
}

/** `TABLE`, or `TABLE.COLUMN`; there may be points in both. */
function namedReference(name: string, tables: Tables, path: string, report: ReportProblem): Reference | null {
  const whole = tableCalled(name, tables);
  if (whole !== undefined) {
    const [only, ...others] = whole.key?.columns ?? [];
    if (only !== undefined && others.length === 0) return { target: whole, column: only.name, onDelete: "restrict" };
    report({ kind: "target_not_unique", path, table: whole.facts.name, column: null });
    return null;
  }
  const parts = partsOf(name).flatMap(([table, column]) => {
    const target = tableCalled(table, tables);
    return target === undefined ? [] : [{ target, column }];
  });
  const [first] = parts;
  if (first === undefined) {
    const names = [...tables.values()].map(({ facts }) => facts.name);
    report({ kind: "unknown_table", path, name, nearest: nearestName(name, names) });
    return null;
  }
  return columnReference(first, path, report);
}

function columnReference(
  { target, column }: Omit<Reference, "onDelete">,
  path: string,
  report: ReportProblem,
): Reference | null {
  const { facts, columns } = target;
  const unique = uniqueColumn(target, column);
  if (unique !== null) return { target, column: unique, onDelete: "restrict" };
  const known = columns.get(foldName(column));
  if (known !== undefined) report({ kind: "target_not_unique", path, table: facts.name, column: known.name });
  else {
    const nearest = nearestName(column, facts.columns.map(({ name }) => name));
    report({ kind: "unknown_column", path, table: facts.name, name: column, nearest });
  }
  return null;
}

/** The text before and behind each of its points. */
function partsOf(name: string): readonly (readonly [string, string])[] {
  return [...name.matchAll(/\./g)].map(({ index }) => [name.slice(0, index), name.slice(index + 1)] as const);
}

function tableCalled(name: string, tables: Tables): ClassTable | undefined {
  const found = tables.get(foldName(name));
  return found?.facts.name === name ? found : undefined;
}
