/** What a database that we did not make tells of its tables. A few statements whatever it has; no name of it becomes part of one. */
import type {
  ColumnFacts,
  ForeignKeyFacts,
  IndexFacts,
  SchemaFacts,
  TableFacts,
  TriggerFacts,
} from "../../model/derive/schema_facts.ts";
import { foldName } from "../../model/derive/ascii_names.ts";
import { readTableText } from "../../model/derive/table_text.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Database, Row } from "../sqlite/connection.ts";

/** Its own tables are not among them. */
const TABLES = `SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'
AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/** Those whose rows may be written. */
const WRITTEN = `(${TABLES} AND type = 'table') t`;

const COLUMNS = `SELECT t.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM ${WRITTEN} JOIN pragma_table_xinfo(t.name, 'main') c ORDER BY c.cid`;

/** SQLite counts the last one first. */
const FOREIGN_KEYS = `SELECT t.name AS "table", f.id, f."table" AS target, f."from", f."to", f.on_delete, f.on_update
FROM ${WRITTEN} JOIN pragma_foreign_key_list(t.name, 'main') f ORDER BY f.id DESC, f.seq`;

const INDEXES = `SELECT t.name AS "table", l.name, l."unique", l.origin, l.partial
FROM ${WRITTEN} JOIN pragma_index_list(t.name, 'main') l`;

const INDEX_COLUMNS = `SELECT l.name AS "index", x.name, x.coll
FROM ${WRITTEN} JOIN pragma_index_list(t.name, 'main') l JOIN pragma_index_xinfo(l.name, 'main') x
WHERE x.key = 1 ORDER BY x.seqno`;

/** In the order in which they were made. */
const STATEMENTS = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY rowid";

/** @throws RunStop 78 when the schema is damaged */
export function readSchema(database: Database): SchemaFacts {
  const statements = database.prepare(STATEMENTS).all();
  const parts = readParts(database, statements);
  const tables = database.prepare(TABLES).all();
  const order = new Map(statements.map(({ name }, index) => [text(name), index]));
  return {
    tables: tables.map((table) => tableFacts(table, parts)).toSorted(byPlace(order)),
    triggers: statements.filter(({ type }) => type === "trigger").map(triggerFacts),
  };
}

interface Parts {
  readonly columns: ReadonlyMap<string, readonly Row[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly Row[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexFacts[]>;
  /** The statement that made a table. */
  readonly sql: ReadonlyMap<string, string>;
}

function readParts(database: Database, statements: readonly Row[]): Parts {
  const made = statements.filter(({ type }) => type === "table");
  return {
    columns: grouped(database.prepare(COLUMNS).all(), "table"),
    foreignKeys: grouped(database.prepare(FOREIGN_KEYS).all(), "table"),
    indexes: readIndexes(database, statements),
    sql: new Map(made.map(({ name, sql }) => [text(name), text(sql)])),
  };
}

function readIndexes(database: Database, statements: readonly Row[]): ReadonlyMap<string, readonly IndexFacts[]> {
  const columns = grouped(database.prepare(INDEX_COLUMNS).all(), "index");
  const made = statements.filter(({ type }) => type === "index");
  const order = new Map(made.map(({ name }, index) => [text(name), index]));
  const indexes = grouped(database.prepare(INDEXES).all(), "table");
  return new Map([...indexes].map(([table, rows]) => [
    table,
    rows.map((row) => indexFacts(row, columns.get(text(row.name)) ?? [])).toSorted(byPlace(order)),
  ]));
}

function grouped(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => text(row[column]));
}

function byPlace(
  order: ReadonlyMap<string, number>,
): (a: { readonly name: string }, b: { readonly name: string }) => number {
  // What is not listed, such as the key of a table without rowid, was made along with its table.
  return (a, b) => (order.get(a.name) ?? -1) - (order.get(b.name) ?? -1);
}

function indexFacts(row: Row, columns: readonly Row[]): IndexFacts {
  const origin = text(row.origin);
  return {
    name: text(row.name),
    isUnique: row.unique === 1,
    isPartial: row.partial === 1,
    origin: origin === "pk" || origin === "u" ? origin : "c",
    columns: columns.map(({ name, coll }) => ({ name: textOrNull(name), collation: text(coll) })),
  };
}

function tableFacts(table: Row, parts: Parts): TableFacts {
  const name = text(table.name);
  const sql = parts.sql.get(name) ?? "";
  const { collations, isAutoincrement } = readTableText(sql);
  return {
    name,
    type: typeOf(text(table.type)),
    isStrict: table.strict === 1,
    hasRowid: table.wr !== 1,
    isAutoincrement,
    columns: (parts.columns.get(name) ?? []).map((row) => columnFacts(row, collations)),
    foreignKeys: [...Map.groupBy(parts.foreignKeys.get(name) ?? [], ({ id }) => id).values()].map(foreignKeyFacts),
    indexes: parts.indexes.get(name) ?? [],
    sql,
  };
}

function typeOf(type: string): TableFacts["type"] {
  return type === "view" || type === "virtual" || type === "shadow" ? type : "table";
}

function columnFacts(row: Row, collations: ReadonlyMap<string, string>): ColumnFacts {
  const name = text(row.name);
  return {
    name,
    type: text(row.type),
    isNotNull: row.notnull === 1,
    default: textOrNull(row.dflt_value),
    keyPlace: Number(row.pk),
    isGenerated: row.hidden === 2 || row.hidden === 3,
    collation: collations.get(foldName(name)) ?? "BINARY",
  };
}

/** @param rows one for each column of the key */
function foreignKeyFacts(rows: readonly Row[]): ForeignKeyFacts {
  const referenced = rows.map(({ to }) => textOrNull(to));
  const named = referenced.filter((name) => name !== null);
  return {
    table: text(rows[0]?.target),
    columns: rows.map(({ from }) => text(from)),
    referenced: named.length === rows.length ? named : null,
    onDelete: text(rows[0]?.on_delete),
    onUpdate: text(rows[0]?.on_update),
  };
}

function triggerFacts({ name, tbl_name: table, sql }: Row): TriggerFacts {
  return { name: text(name), table: text(table), sql: text(sql) };
}

function text(value: StoredValue | undefined): string {
  return String(value ?? "");
}

function textOrNull(value: StoredValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
