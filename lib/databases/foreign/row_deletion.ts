/** Deleting rows, with an account of all that goes or changes with them. */
import { LEFT_OUT } from "../../messages/stored_values.ts";
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { jsonOf, type Raw } from "../sqlite/raw_value.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { NothingWritten } from "../sqlite/sqlite_refusal.ts";
import { requireNotReferred } from "./deferred_keys.ts";
import { tableOf } from "./foreign_context.ts";
import { tableName } from "./foreign_table.ts";
import { namesOf, type RowConsequence, rowConsequences } from "./row_consequences.ts";
import { attributeOf, type RowContext, writtenNames } from "./row_context.ts";
import { handleOf, hasValue, keyText } from "./row_keys.ts";
import { type SelectedRow, selectRows } from "./row_selection.ts";
import { requireTextKeys } from "./spoilt_keys.ts";

/**
 * Each column that is not null, or would be something else where nothing is said of it, is one entry of the log, of the rows that SQLite
 * deletes along with them too; a key that it changes is an entry as well.
 * @returns how many rows went, or had a key changed
 */
export function deleteRows(
  context: RowContext,
  log: ChangeEntries,
  code: ClassCode,
  ids: readonly ObjectId[],
): number {
  const { database } = context;
  const table = tableOf(context, code);
  const found = selectRows(database, table, ids, namesOf(table));
  requireTextKeys(table, ids, found);
  const rows = [...found.values()];
  const consequences = rowConsequences(context, table, rows);
  for (const row of rows) logDeletion(log, table, row);
  for (const one of consequences) logConsequence(log, one);
  const where = handleOf(table).map((column) => hasValue(column, "", "?")).join(" AND ");
  const remove = database.prepareRaw(`DELETE FROM ${tableName(table)} WHERE ${where}`);
  for (const { rowid, key } of rows) remove.run(...table.rowid === null ? key : [rowid]);
  // What a trigger keeps is still there.
  if (selectRows(database, table, ids, []).size > 0) throw new NothingWritten(LEFT_OUT);
  for (const [of, those] of Map.groupBy(goneWith(table, rows, consequences), (one) => one.table)) {
    requireNotReferred(context, of, those.map(({ row }) => row));
  }
  return rows.length + consequences.length;
}

/** All rows that are gone, each with its table. */
function goneWith(
  table: DerivedTable,
  rows: readonly SelectedRow[],
  consequences: readonly RowConsequence[],
): readonly Pick<RowConsequence, "table" | "row">[] {
  return [...rows.map((row) => ({ table, row })), ...consequences.filter(({ changed }) => changed === null)];
}

/** What one more row became. */
export function logConsequence(log: ChangeEntries, { table, row, changed }: RowConsequence): void {
  if (changed === null) return logDeletion(log, table, row);
  const values = valuesByName(table, row);
  const key = keyOf(table, row);
  for (const { name, newValue } of changed) {
    const attribute = attributeOf(table, name);
    if (attribute === null) continue;
    const [oldText, newText] = [jsonOf(values.get(name) ?? null), jsonOf(newValue)];
    const entry = { operation: "update", class: table.class, objectId: row.id, attribute } as const;
    log.add({ ...entry, oldValue: oldText, newValue: newText, key });
  }
}

function logDeletion(log: ChangeEntries, table: DerivedTable, row: SelectedRow): void {
  const values = valuesByName(table, row);
  const key = keyOf(table, row);
  const withDefault = new Set(table.facts.columns.filter((one) => one.default !== null).map(({ name }) => name));
  let isEmpty = true;
  for (const name of writtenNames(table)) {
    const value = values.get(name) ?? null;
    // Nothing is told where a row has it that is made again without a word of the column.
    if (value === null && !withDefault.has(name)) continue;
    isEmpty = false;
    // Whoever makes the row again needs all of it, be it no attribute.
    const attribute = attributeOf(table, name) ?? name;
    const entry = { operation: "delete", class: table.class, objectId: row.id, attribute } as const;
    log.add({ ...entry, oldValue: jsonOf(value), newValue: null, key });
  }
  if (isEmpty) log.addObjects("delete", table.class, [row.id], [{ key, values: () => "{}" }]);
}

function valuesByName(table: DerivedTable, row: SelectedRow): ReadonlyMap<string, Raw> {
  return new Map(namesOf(table).map((name, place) => [name, row.values[place] ?? null]));
}

function keyOf(table: DerivedTable, row: SelectedRow): string {
  if (table.key !== null) return keyText(row.key);
  const values = valuesByName(table, row);
  return keyText(writtenNames(table).map((name) => values.get(name) ?? null));
}
