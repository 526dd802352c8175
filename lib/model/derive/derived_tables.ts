/** Which tables are classes, and what tells the rows of each apart. */
import { classPath } from "../file/json_path.ts";
import { byName, foldName, isSameName } from "./ascii_names.ts";
import type { DerivedModel, DerivedTable } from "./derived_model.ts";
import { nearestName } from "../../nearest_name.ts";
import type { ClassOverlay, Overlay, OverlayProblem } from "./overlay_type.ts";
import type { ColumnFacts, IndexFacts, SchemaFacts, TableFacts } from "./schema_facts.ts";
import { readTableText, type TableText } from "./table_text.ts";

/** A table that is a class. */
export interface ClassTable {
  readonly facts: TableFacts;
  readonly overlay: ClassOverlay;
  readonly text: TableText;
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  /** Null: nothing but the rowid tells rows apart. */
  readonly key: TableKey | null;
  readonly rowid: DerivedTable["rowid"];
  /** The only columns of a key or of an index that lets no two rows have the same there, by folded names. */
  readonly uniqueColumns: ReadonlySet<string>;
}

export interface TableKey {
  readonly columns: readonly ColumnFacts[];
  readonly isRowid: boolean;
  readonly isPrimary: boolean;
}

/** Reports a mistake of the overlay. */
export type ReportProblem = (problem: OverlayProblem) => void;

export interface SortedTables {
  /** By folded name, in the order of the database. */
  readonly classes: ReadonlyMap<string, ClassTable>;
  /** Tables that would be classes if the overlay did not hide them. */
  readonly hidden: readonly ClassTable[];
  readonly others: DerivedModel["others"];
}

/** What our own log is called inside a database that we did not make. */
export const OWN_TABLES = /^csvrecon_/i;

export function sortTables({ tables }: SchemaFacts, overlay: Overlay | null, report: ReportProblem): SortedTables {
  const classes = new Map<string, ClassTable>();
  const hidden: ClassTable[] = [];
  const others = new Map<string, "view" | "virtual" | "shadow" | "no_handle" | "hidden">();
  const overlays = new Map(Object.entries(overlay?.classes ?? {}));
  for (const facts of tables) {
    const own = overlays.get(facts.name) ?? {};
    const table = facts.type === "table" ? classTable(facts, own) : null;
    if (own.hidden === true && table !== null) hidden.push(table);
    if (facts.type !== "table") others.set(facts.name, facts.type);
    else if (own.hidden === true || OWN_TABLES.test(facts.name)) others.set(facts.name, "hidden");
    else if (table === null) others.set(facts.name, "no_handle");
    else classes.set(foldName(facts.name), table);
  }
  for (const name of overlays.keys()) reportUnknown(name, classes, others, report);
  return { classes, hidden, others };
}

function reportUnknown(
  name: string,
  classes: SortedTables["classes"],
  others: SortedTables["others"],
  report: ReportProblem,
): void {
  const found = others.get(name);
  if (found === "hidden" || classes.get(foldName(name))?.facts.name === name) return;
  const path = classPath(name);
  if (found !== undefined) return report({ kind: "no_table", path, name, found });
  const names = [...classes.values()].map(({ facts }) => facts.name);
  report({ kind: "unknown_table", path, name, nearest: nearestName(name, names) });
}

/** Null: no statement could say which row it means. */
function classTable(facts: TableFacts, overlay: ClassOverlay): ClassTable | null {
  const columns = byName(facts.columns);
  const key = keyOf(facts, columns);
  const rowid = rowidOf(facts, columns);
  if (key === null && rowid === null) return null;
  const alone = uniqueIndexes(facts).filter((index) => index.columns.length === 1);
  const single = [...alone.map((index) => index.columns[0]?.name ?? ""), ...onlyOf(key).map(({ name }) => name)];
  const uniqueColumns = new Set(single.map(foldName));
  return { facts, overlay, text: readTableText(facts.sql), columns, key, rowid, uniqueColumns };
}

function onlyOf(key: TableKey | null): readonly ColumnFacts[] {
  return key?.columns.length === 1 ? key.columns : [];
}

/** Indexes that let no two rows have the same values, whatever the rows are. */
export function uniqueIndexes({ indexes }: TableFacts): readonly IndexFacts[] {
  return indexes.filter(({ isUnique, isPartial, columns }) =>
    isUnique && !isPartial && columns.every(({ name }) => name !== null)
  );
}

/** The primary key, else the first that can tell every row apart: unique, and null nowhere. */
function keyOf(facts: TableFacts, columns: ReadonlyMap<string, ColumnFacts>): TableKey | null {
  const primary = facts.columns.filter(({ keyPlace }) => keyPlace > 0)
    .toSorted((one, other) => one.keyPlace - other.keyPlace);
  if (primary.length > 0) {
    // Where SQLite made no index for it, the column is the rowid.
    const isRowid = facts.hasRowid && !facts.indexes.some(({ origin }) => origin === "pk");
    return { columns: primary, isRowid, isPrimary: true };
  }
  for (const index of uniqueIndexes(facts)) {
    const own = index.columns.flatMap(({ name }) => columns.get(foldName(name ?? "")) ?? []);
    if (own.every(({ isNotNull }) => isNotNull)) return { columns: own, isRowid: false, isPrimary: false };
  }
  return null;
}

/** The first name of the rowid that no column has. */
function rowidOf({ hasRowid }: TableFacts, columns: ReadonlyMap<string, ColumnFacts>): DerivedTable["rowid"] {
  if (!hasRowid) return null;
  return (["rowid", "_rowid_", "oid"] as const).find((name) => !columns.has(name)) ?? null;
}

/** Whether a column is the whole key of its table. */
export function isWholeKey({ key }: Pick<ClassTable, "key">, column: string): boolean {
  return onlyOf(key).some(({ name }) => isSameName(name, column));
}

export function isInPrimaryKey({ keyPlace }: ColumnFacts): boolean {
  return keyPlace > 0;
}
