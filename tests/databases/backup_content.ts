/** Everything that a database holds, to the bit, for who compares two of them. */
import { DatabaseSync } from "node:sqlite";

/** Lines: marks, schema, and every row of every table with its rowid, values as SQL with their types. */
export function wholeContent(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const marks = ["page_size", "encoding", "auto_vacuum", "application_id", "user_version"].map((name) =>
      `${name}: ${Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]}`
    );
    const schema = database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema").all()
      .map((entry) => JSON.stringify(Object.values(entry))).sort();
    return [...marks, ...schema, ...tablesIn(database).flatMap((name) => rowsOf(database, name))];
  } finally {
    database.close();
  }
}

function tablesIn(database: DatabaseSync): string[] {
  return database.prepare(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'",
  ).all().map(({ name }) => String(name)).sort();
}

function rowsOf(database: DatabaseSync, table: string): string[] {
  const columns = database.prepare("SELECT name FROM pragma_table_xinfo(?)").all(table).map(({ name }) =>
    `typeof("${name}") || ' ' || CASE typeof("${name}") WHEN 'text' THEN hex(CAST("${name}" AS BLOB)) ELSE quote("${name}") END AS "${name}"`
  );
  const isWithout = database.prepare("SELECT wr FROM pragma_table_list WHERE name = ?").get(table)?.["wr"] === 1;
  const all = isWithout ? columns : ["rowid", ...columns];
  const from = `"${table.replaceAll('"', '""')}"`;
  return database.prepare(`SELECT ${all.join(", ")} FROM ${from}`).all()
    .map((row) => `${table}: ${Object.values(row).join(", ")}`).sort();
}

/** What the database itself finds wrong; `ok`: nothing. */
export function integrityOf(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return String(database.prepare("PRAGMA integrity_check").get()?.["integrity_check"]);
  } finally {
    database.close();
  }
}
