/** Collations: those that SQLite has, and those that only the program has which owns the database. */
import { EXIT, RunStop } from "../../errors.ts";
import { classCannotBeSearched } from "../../messages/foreign_obstacles.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "../sqlite/connection.ts";

/** Everybody has them. */
const BUILT_IN: ReadonlySet<string> = new Set(["BINARY", "NOCASE", "RTRIM"]);

/** `pragma_collation_list` has what only the schema names, too. */
export function hasCollation(database: Database, name: string): boolean {
  if (BUILT_IN.has(name.toUpperCase())) return true;
  try {
    database.prepare(`SELECT '' = '' COLLATE ${quoteName(name)}`);
    return true;
  } catch (error) {
    if (error instanceof RunStop) throw error;
    return false;
  }
}

/** @throws RunStop 78 when rows cannot be looked for by the column */
export function requireCollation(database: Database, table: DerivedTable, { name, collation }: DerivedColumn): void {
  if (hasCollation(database, collation)) return;
  throw new RunStop(EXIT.databaseNotUsable, [classCannotBeSearched(table.class, name, collation)]);
}
