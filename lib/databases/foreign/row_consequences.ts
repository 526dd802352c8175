/** What SQLite does by itself when rows are deleted (`ON DELETE`), as the foreign keys of the database say it. */
import { isSameName } from "../../model/derive/ascii_names.ts";
import type { DerivedModel, DerivedTable } from "../../model/derive/derived_model.ts";
import type { ColumnFacts, ForeignKeyFacts, TableFacts } from "../../model/derive/schema_facts.ts";
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Consequence } from "../../store/objects.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { tableOf } from "./foreign_context.ts";
import { attributeOf, type RowContext } from "./row_context.ts";
import type { KeyColumn } from "./row_keys.ts";
import { selectBy, type SelectedRow, selectRows } from "./row_selection.ts";

export interface RowConsequence {
  readonly table: DerivedTable;
  /** With the values of all columns (`namesOf`). */
  readonly row: SelectedRow;
  /** The columns that get another value; null: the row goes. */
  readonly changed: readonly { readonly name: string; readonly newValue: Raw }[] | null;
}

/** All columns of a table, in its order. */
export function namesOf({ facts }: DerivedTable): readonly string[] {
  return facts.columns.map(({ name }) => name);
}

/** Rows of one table that go. */
export interface Gone {
  readonly table: DerivedTable;
  readonly rows: readonly SelectedRow[];
}

/**
 * Those of deleted rows, and of what goes with these, each once; the rows themselves are not among them. Keys that forbid a deletion are not
 * looked at: SQLite refuses it then.
 * @param rows with the values of all columns
 */
export function rowConsequences(
  context: RowContext,
  table: DerivedTable,
  rows: readonly SelectedRow[],
): readonly RowConsequence[] {
  if (!context.foreignKeys) return [];
  const consequences: RowConsequence[] = [];
  const seen = new Set<string>();
  const note = (of: DerivedTable, those: readonly SelectedRow[]): Gone => {
    const fresh = those.filter((row) => !seen.has(nameOf(of, row)));
    for (const row of fresh) seen.add(nameOf(of, row));
    return { table: of, rows: fresh };
  };
  const going = [note(table, rows)];
  // What is pushed while the list is walked is walked, too.
  for (const gone of going) {
    for (const { child, key } of keysTo(context.derived, gone.table)) {
      if (!DOES_SOMETHING.has(key.onDelete)) continue;
      const found = referring(context, gone, child, key);
      if (key.onDelete !== "CASCADE") {
        consequences.push(
          ...found.map((row) => ({ table: child, row, changed: changedBy(context, child, key, key.onDelete) })),
        );
        continue;
      }
      const next = note(child, found);
      consequences.push(...next.rows.map((row) => ({ table: child, row, changed: null })));
      if (next.rows.length > 0) going.push(next);
    }
  }
  // What goes has no key left to be emptied, be it one that refers to itself.
  return consequences.filter((one) => one.changed === null || !seen.has(nameOf(one.table, one.row)));
}

export function nameOf({ name }: DerivedTable, { id }: SelectedRow): string {
  return JSON.stringify([name, id]);
}

/** Every foreign key that leads to a table. */
export function* keysTo(
  { tables, hidden }: DerivedModel,
  target: DerivedTable,
): Generator<{ readonly child: DerivedTable; readonly key: ForeignKeyFacts }> {
  for (const child of [...tables.values(), ...hidden.values()]) {
    for (const key of child.facts.foreignKeys) if (isSameName(key.table, target.name)) yield { child, key };
  }
}

const DOES_SOMETHING: ReadonlySet<string> = new Set(["CASCADE", "SET NULL", "SET DEFAULT"]);

/** Whether deletions of rows of a table may do anything to others. */
export function haveConsequences(context: RowContext, code: ClassCode): boolean {
  if (!context.foreignKeys) return false;
  return keysTo(context.derived, tableOf(context, code)).some(({ key }) => DOES_SOMETHING.has(key.onDelete));
}

/** Rows that refer to others by a key. */
export function referring(
  { database }: RowContext,
  { table, rows }: Gone,
  child: DerivedTable,
  key: ForeignKeyFacts,
): readonly SelectedRow[] {
  const columns = keyColumns(table, key);
  // SQLite compares as the column does that is referred to.
  const by = key.columns.map((name, index): KeyColumn => ({ name, collation: columns[index]?.collation ?? null }));
  const places = columns.map((column) => column === undefined ? -1 : table.facts.columns.indexOf(column));
  const values = rows.map((row) => places.map((place) => row.values[place] ?? null));
  return selectBy(database, child, by, values.filter((one) => !one.includes(null)), namesOf(child));
}

/** The columns of the other table that a foreign key refers to. */
export function keyColumns({ facts }: DerivedTable, key: ForeignKeyFacts): readonly (ColumnFacts | undefined)[] {
  const referenced = key.referenced ?? primaryKeyOf(facts);
  return referenced.map((name) => facts.columns.find((column) => isSameName(column.name, name)));
}

function primaryKeyOf({ columns }: TableFacts): readonly string[] {
  return columns.filter(({ keyPlace }) => keyPlace > 0).sort((one, other) => one.keyPlace - other.keyPlace).map((
    { name },
  ) => name);
}

/** @param action `SET NULL` or `SET DEFAULT` */
export function changedBy(
  { defaults }: RowContext,
  child: DerivedTable,
  { columns }: ForeignKeyFacts,
  action: string,
): NonNullable<RowConsequence["changed"]> {
  return columns.map((name) => {
    const column = [...child.columns.values()].find((one) => isSameName(one.name, name));
    const newValue = action === "SET NULL" || column === undefined ? null : defaults.next(child, column);
    return { name: column?.name ?? name, newValue };
  });
}

/** @see ObjectStore.consequencesOf. Those of tables that are no classes concern nobody: the log alone has them. */
export function consequencesOf(context: RowContext, code: ClassCode, ids: readonly ObjectId[]): readonly Consequence[] {
  const table = tableOf(context, code);
  const rows = [...selectRows(context.database, table, ids, namesOf(table)).values()];
  const ofClasses = rowConsequences(context, table, rows).filter((one) => context.derived.tables.has(one.table.class));
  return ofClasses.map(({ table: other, row, changed }) => ({
    class: other.class,
    id: row.id,
    emptied: changed === null ? null : attributeOf(other, changed[0]?.name ?? "") ?? null,
  }));
}
