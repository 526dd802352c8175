/**
 * Foreign keys that SQLite checks when everything is written only (`DEFERRABLE INITIALLY DEFERRED`): one row would then take back a whole run.
 * So they are looked at with each group of rows, as SQLite does with all others.
 */
import { isSameName } from "../../model/derive/ascii_names.ts";
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { ForeignKeyFacts } from "../../model/derive/schema_facts.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { KeyRefused } from "../sqlite/sqlite_refusal.ts";
import { handleOf, hasValue } from "./row_keys.ts";
import { keyColumns, keysTo, referring } from "./row_consequences.ts";
import type { RowContext } from "./row_context.ts";
import { tableName } from "./foreign_table.ts";
import { type SelectedRow, selectRows } from "./row_selection.ts";

/** Nearly no table has any. */
function hasDeferredKeys({ facts }: DerivedTable): boolean {
  return facts.foreignKeys.length > 0 && /\bDEFERRED\b/i.test(facts.sql);
}

/** @param ids of rows that were written @throws KeyRefused when one of them refers to nothing */
export function requireDeferredKeys(context: RowContext, table: DerivedTable, ids: readonly ObjectId[]): void {
  if (!context.foreignKeys || !hasDeferredKeys(table)) return;
  const rows = [...selectRows(context.database, table, ids, []).values()];
  for (const key of table.facts.foreignKeys) {
    const sql = violation(context, table, key);
    if (sql === null) continue;
    const statement = context.database.prepareRaw(sql);
    if (rows.some((row) => statement.all(...handleValues(table, row)).length > 0)) throw new KeyRefused();
  }
}

/** @param rows that are gone, with the values of all columns @throws KeyRefused when others refer to them */
export function requireNotReferred(context: RowContext, table: DerivedTable, rows: readonly SelectedRow[]): void {
  if (!context.foreignKeys || rows.length === 0) return;
  for (const { child, key } of keysTo(context.derived, table)) {
    if (key.onDelete !== "NO ACTION" || !hasDeferredKeys(child)) continue;
    if (referring(context, { table, rows }, child, key).length > 0) throw new KeyRefused();
  }
}

/** What finds a row, by its handle, that refers to nothing; null: the key leads to no table that is known. */
function violation({ derived }: RowContext, table: DerivedTable, key: ForeignKeyFacts): string | null {
  const parent = [...derived.tables.values(), ...derived.hidden.values()].find(({ name }) =>
    isSameName(name, key.table)
  );
  if (parent === undefined) return null;
  const referenced = keyColumns(parent, key);
  if (referenced.includes(undefined)) return null;
  const own = key.columns.map((name) => `t.${quoteName(name)}`);
  // The sign keeps the affinity of the referenced column alone: so SQLite itself compares them.
  const isSame = referenced.map((column, index) => `p.${quoteName(column?.name ?? "")} = +${own[index]}`).join(" AND ");
  const isFilled = own.map((column) => `${column} IS NOT NULL`).join(" AND ");
  const handle = handleOf(table).map((column) => hasValue(column, "t.", "?")).join(" AND ");
  return `SELECT 1 AS found FROM ${tableName(table)} AS t WHERE ${handle} AND ${isFilled} ` +
    `AND NOT EXISTS (SELECT 1 FROM ${tableName(parent)} AS p WHERE ${isSame})`;
}

function handleValues(table: DerivedTable, row: SelectedRow): readonly Raw[] {
  return table.rowid === null ? row.key : [row.rowid];
}
