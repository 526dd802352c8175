/** What a database holds, as text. */
import { DatabaseSync } from "node:sqlite";
import { isAtServer, rowsAtServer } from "./server_in_use.ts";

/** The objects of a class by id: each field as text, null as empty. */
export function storedObjects(database: string, modelClass: string, fields: readonly string[]): string[][] {
  const columns = fields.map((field) => `"${field}"`).join(", ");
  if (isAtServer(database)) {
    return rowsAtServer(database, `SELECT ${columns} FROM "view_${modelClass}" ORDER BY id`)
      .map((row) => fields.map((field) => String(row[field] ?? "")));
  }
  return reading(database, (opened) =>
    rowsOf(opened, `SELECT ${columns} FROM "view_${modelClass}" ORDER BY id`)
      .map((row) => fields.map((field) => String(row[field] ?? ""))));
}

/**
 * Tables that hold nothing of objects, runs and users: what any request that is let in may write, and what searches make for themselves, as
 * they make indexes.
 */
const ASIDE = "('known_client', 'csvrecon_searched', 'csvrecon_spelling', 'csvrecon_unfolded')";

/** What a server has in place of what files keep beside their tables. */
const ASIDE_AT_SERVER =
  "('known_client', 'csvrecon_searched', 'csvrecon_spelling', 'csvrecon_unfolded', 'csvrecon_commit', 'csvrecon_job')";

/** Every row of every other table, as text that begins with the table's name. */
export function everythingStored(database: string): string[] {
  if (isAtServer(database)) return everythingAtServer(database);
  return reading(
    database,
    (opened) =>
      rowsOf(opened, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ${ASIDE} ORDER BY name`)
        .flatMap(({ name }) =>
          rowsOf(opened, `SELECT * FROM "${name}"`).map((row) => `${name}: ${JSON.stringify(row, readable)}`)
        ),
  );
}

function everythingAtServer(database: string): string[] {
  const names = rowsAtServer(
    database,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'csvrecon' AND tablename NOT IN ${ASIDE_AT_SERVER}`,
  ).map(({ name }) => String(name)).sort();
  const all = names.map((name) => `SELECT '${name}' AS name, row_to_json(t) AS row FROM "${name}" AS t`);
  return rowsAtServer(database, all.join(" UNION ALL ")).map(({ name, row }) =>
    // Both count the ids that were used.
    `${name === "csvrecon_ids" ? "sqlite_sequence" : name}: ${JSON.stringify(row)}`
  ).sort();
}

function reading<T>(path: string, read: (opened: DatabaseSync) => T): T {
  const opened = new DatabaseSync(path, { readOnly: true });
  try {
    return read(opened);
  } finally {
    opened.close();
  }
}

function rowsOf(opened: DatabaseSync, sql: string): Record<string, unknown>[] {
  return opened.prepare(sql).all() as Record<string, unknown>[];
}

function readable(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? [...value] : value;
}
