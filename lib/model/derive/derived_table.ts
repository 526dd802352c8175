/** Where in the database a class is. */
import { foldName } from "./ascii_names.ts";
import { ID } from "./attribute_codes.ts";
import type { SettledColumn } from "./derived_columns.ts";
import type { DerivedColumn, DerivedKey, DerivedTable } from "./derived_model.ts";
import { type ClassTable, uniqueIndexes } from "./derived_tables.ts";
import type { TableFacts } from "./schema_facts.ts";

type Columns = ReadonlyMap<string, SettledColumn>;

export function derivedTable(table: ClassTable, columns: Columns): DerivedTable {
  const { facts, rowid } = table;
  const attributes = [...columns.values()].map(({ derived }) => derived).filter(({ attribute }) => attribute !== ID);
  return {
    class: facts.name,
    name: facts.name,
    key: derivedKey(table, columns),
    rowid,
    isAutoincrement: facts.isAutoincrement,
    columns: new Map(attributes.map((column) => [column.attribute, column])),
    uniques: uniqueIndexes(facts).map((index) => ({
      name: index.name,
      columns: namedColumns(index.columns.map(({ name }) => name ?? ""), columns),
    })),
    indexes: [...rowidIndex(table), ...facts.indexes.flatMap(beginning)],
    facts,
  };
}

function derivedKey({ key }: ClassTable, columns: Columns): DerivedKey | null {
  if (key === null) return null;
  return {
    columns: namedColumns(key.columns.map(({ name }) => name), columns),
    isRowid: key.isRowid,
    isNeverNull: key.isRowid || key.columns.every(({ isNotNull }) => isNotNull),
  };
}

function namedColumns(names: readonly string[], columns: Columns): readonly DerivedColumn[] {
  return names.flatMap((name) => columns.get(foldName(name))?.derived ?? []);
}

/** The table itself is sorted by it. */
function rowidIndex({ key }: ClassTable): DerivedTable["indexes"] {
  return key?.isRowid === true ? [key.columns.map(({ name }) => ({ name, collation: "BINARY" }))] : [];
}

/** The columns before the first expression. */
function beginning({ isPartial, columns }: TableFacts["indexes"][number]): DerivedTable["indexes"] {
  const named: { readonly name: string; readonly collation: string }[] = [];
  for (const { name, collation } of columns) {
    if (name === null) break;
    named.push({ name, collation });
  }
  return isPartial || named.length === 0 ? [] : [named];
}
