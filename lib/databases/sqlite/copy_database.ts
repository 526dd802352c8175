/** A whole database, from one connection to another: its schema, its rows and its marks (SPEC 15: `backup`). */
import type { Breath } from "../../breath.ts";
import { quoteName, quoteText } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";
import { copyTable, NotTheSame } from "./copy_table.ts";
import type { CopiedTable } from "./table_rows.ts";

/** What a database has in its head from the beginning. */
const MARKS_BEFORE_TABLES = ["page_size", "encoding", "auto_vacuum"] as const;
const MARKS = ["application_id", "user_version"] as const;

/** Begins the names of tables that SQLite makes by itself. */
const OWN_NAMES = "sqlite_";

interface SchemaEntry {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/**
 * Copies what the source sees: in a transaction that is what there is, whoever else writes.
 * @param target a new database, in a transaction that the caller ends, without foreign keys and checks of constraints
 * @throws NotTheSame when something cannot be copied exactly
 */
export async function copyDatabase(source: Database, target: Database, breath: Breath): Promise<void> {
  const schema = schemaOf(source);
  const kinds = kindsOfTables(source);
  for (const { type, name, sql } of schema) {
    // A virtual table makes those in which it keeps its rows.
    const isMade = name.startsWith(OWN_NAMES) || kinds.get(name) === "shadow";
    if (type === "table" && !isMade) target.exec(sql);
  }
  if (kinds.has("sqlite_stat1")) target.exec("ANALYZE");
  for (const [name, kind] of kinds) {
    if (kind === "virtual") continue;
    if (kind === "shadow" || name.startsWith(OWN_NAMES)) target.exec(`DELETE FROM ${quoteName(name)}`);
    await copyTable(source, target, tableIn(source, name), breath);
  }
  // Indexes are made faster of rows that are there, and triggers must not see them come.
  for (const { type, sql } of schema) {
    if (type === "table") continue;
    target.exec(sql);
    if (breath.isDue) await breath.take();
  }
  for (const name of MARKS) target.exec(`PRAGMA ${name} = ${mark(source, name)}`);
}

/** To be called before anything is written to the target. */
export function copyMarksBefore(source: Database, target: Database): void {
  for (const name of MARKS_BEFORE_TABLES) target.exec(`PRAGMA ${name} = ${quoteText(mark(source, name))}`);
}

/** What SQLite finds to be wrong with a database; null: nothing. */
export async function damageOf(database: Database, breath: Breath): Promise<string | null> {
  for (const [name, kind] of kindsOfTables(database)) {
    if (kind === "virtual") continue;
    const found = database.prepare(`PRAGMA integrity_check(${quoteName(name)})`).get()?.["integrity_check"];
    if (found !== "ok") return String(found);
    if (breath.isDue) await breath.take();
  }
  return null;
}

function schemaOf(database: Database): readonly SchemaEntry[] {
  const rows = database.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").all();
  return rows.map(({ type, name, sql }) => ({ type: String(type), name: String(name), sql: String(sql) }));
}

/** Tables with their kinds: table, shadow or virtual. */
function kindsOfTables(database: Database): ReadonlyMap<string, string> {
  const rows = database.prepare(
    "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type <> 'view' AND name <> 'sqlite_schema'",
  ).all();
  return new Map(rows.map(({ name, type }) => [String(name), String(type)]));
}

function tableIn(database: Database, name: string): CopiedTable {
  // Columns that are hidden are worked out of the others.
  const found = database.prepare(
    `SELECT name, type, pk FROM pragma_table_xinfo(${quoteText(name)}) WHERE hidden IN (0, 1)`,
  ).all();
  const columns = found.map((column) => ({
    name: String(column["name"]),
    isNumeric: isNumeric(String(column["type"])),
  }));
  const keys = found.filter(({ pk }) => pk !== 0).toSorted((one, other) => Number(one["pk"]) - Number(other["pk"]));
  if (isWithoutRowid(database, name)) return { name, columns, key: keys.map((column) => String(column["name"])) };
  const names = columns.map((column) => column.name.toLowerCase());
  const rowid = ROWIDS.find((one) => !names.includes(one));
  // Who hides all of its names has none that anybody could tell.
  if (rowid === undefined) throw new NotTheSame(name);
  // A column that is the rowid has it.
  const isRowid = keys.length === 1 && String(keys[0]?.["type"]).toUpperCase() === "INTEGER";
  return { name, columns: isRowid ? columns : [{ name: rowid, isNumeric: true }, ...columns], key: [rowid] };
}

/** The names of the rowid: https://sqlite.org/lang_createtable.html#rowid */
const ROWIDS = ["rowid", "_rowid_", "oid"] as const;

function isWithoutRowid(database: Database, name: string): boolean {
  const list = `SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ${quoteText(name)}`;
  return database.prepare(list).get()?.["wr"] === 1;
}

/** By the rules of affinity: https://sqlite.org/datatype3.html#determination_of_column_affinity. In a strict table ANY has none. */
function isNumeric(type: string): boolean {
  return /INT/i.test(type) || !/CHAR|CLOB|TEXT|BLOB|^ANY$|^$/i.test(type);
}

function mark(database: Database, name: string): string {
  return String(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}
