/**
 * What rows lose by themselves that refer to values which are updated (`ON UPDATE SET NULL` and `SET DEFAULT`). What follows such a value
 * (`CASCADE`) loses nothing: it follows it back as well; but others may refer to it in turn.
 */
import { isSameName } from "../../model/derive/ascii_names.ts";
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { ColumnFacts, ForeignKeyFacts } from "../../model/derive/schema_facts.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { quoteName } from "../sql/sql_text.ts";
import { parameterOf, type Raw } from "../sqlite/raw_value.ts";
import { changedBy, keyColumns, keysTo, nameOf, namesOf, referring, type RowConsequence } from "./row_consequences.ts";
import type { RowContext } from "./row_context.ts";
import { type SelectedRow, selectRows } from "./row_selection.ts";

type Changed = NonNullable<RowConsequence["changed"]>;

/** A row that changes. */
interface Changing {
  readonly table: DerivedTable;
  readonly row: SelectedRow;
  readonly changed: Changed;
}

const LOSES: ReadonlySet<string> = new Set(["SET NULL", "SET DEFAULT"]);

/** Whether updates of a table may have any: nearly none has. To be asked once for many rows. */
export function isFollowed({ derived, foreignKeys }: RowContext, table: DerivedTable): boolean {
  return foreignKeys && keysTo(derived, table).some(({ key }) => doesSomething(key));
}

function doesSomething({ onUpdate }: ForeignKeyFacts): boolean {
  return LOSES.has(onUpdate) || onUpdate === "CASCADE";
}

/** To be called before the row is updated, of a table that is followed. */
export function updateConsequences(
  context: RowContext,
  table: DerivedTable,
  id: ObjectId,
  changed: Changed,
): readonly RowConsequence[] {
  if (keysThatFollow(context, table, changed).length === 0) return [];
  const [row] = selectRows(context.database, table, [id], namesOf(table)).values();
  if (row === undefined) return [];
  const consequences: RowConsequence[] = [];
  const seen = new Set([nameOf(table, row)]);
  const changing: Changing[] = [{ table, row, changed }];
  // What is pushed while the list is walked is walked, too.
  for (const one of changing) {
    for (const { child, key } of keysThatFollow(context, one.table, one.changed)) {
      for (const next of followersOf(context, one, child, key)) {
        if (seen.has(nameOf(child, next.row))) continue;
        seen.add(nameOf(child, next.row));
        changing.push(next);
        if (LOSES.has(key.onUpdate)) consequences.push(next);
      }
    }
  }
  return consequences;
}

function keysThatFollow({ derived }: RowContext, table: DerivedTable, changed: Changed) {
  return [...keysTo(derived, table)].filter(({ key }) =>
    doesSomething(key) && keyColumns(table, key).some((column) => changed.some(({ name }) => name === column?.name))
  );
}

function followersOf(
  context: RowContext,
  { table, row, changed }: Changing,
  child: DerivedTable,
  key: ForeignKeyFacts,
): readonly Changing[] {
  const columns = keyColumns(table, key);
  const now = columns.map((column) => valueAfter(table, row, changed, column));
  const isKept = columns.every((column, place) =>
    isSame(context, column, valueOf(table, row, column), now[place] ?? null)
  );
  if (isKept) return [];
  const becomes = LOSES.has(key.onUpdate)
    ? changedBy(context, child, key, key.onUpdate)
    : key.columns.map((name, place) => ({ name: ownName(child, name), newValue: now[place] ?? null }));
  return referring(context, { table, rows: [row] }, child, key).map((one) => ({
    table: child,
    row: one,
    changed: becomes,
  }));
}

function valueOf({ facts }: DerivedTable, row: SelectedRow, column: ColumnFacts | undefined): Raw {
  return column === undefined ? null : row.values[facts.columns.indexOf(column)] ?? null;
}

function valueAfter(table: DerivedTable, row: SelectedRow, changed: Changed, column: ColumnFacts | undefined): Raw {
  const change = changed.find(({ name }) => name === column?.name);
  return change === undefined ? valueOf(table, row, column) : change.newValue;
}

/** As SQLite compares the column: only what differs makes something happen. */
function isSame({ database }: RowContext, column: ColumnFacts | undefined, before: Raw, after: Raw): boolean {
  const collation = quoteName(column?.collation ?? "BINARY");
  const sql = `SELECT ${parameterOf(before)} COLLATE ${collation} IS ${parameterOf(after)} AS same`;
  return database.prepareRaw(sql).all(before, after)[0]?.["same"] === 1n;
}

function ownName({ facts }: DerivedTable, name: string): string {
  return facts.columns.find((column) => isSameName(column.name, name))?.name ?? name;
}
