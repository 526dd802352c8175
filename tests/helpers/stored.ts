/** What a database holds, as text. */
import { DatabaseSync } from "node:sqlite";

/** The objects of a class by id: each field as text, null as empty. */
export function storedObjects(database: string, modelClass: string, fields: readonly string[]): string[][] {
  const columns = fields.map((field) => `"${field}"`).join(", ");
  return reading(database, (opened) =>
    rowsOf(opened, `SELECT ${columns} FROM "view_${modelClass}" ORDER BY id`)
      .map((row) => fields.map((field) => String(row[field] ?? ""))));
}

/**
 * Tables that hold nothing of objects, runs and users: what any request that is let in may write, and what searches make for themselves, as
 * they make indexes.
 */
const ASIDE = "('known_client', 'csvrecon_searched', 'csvrecon_spelling', 'csvrecon_unfolded')";

/** Every row of every other table, as text that begins with the table's name. */
export function everythingStored(database: string): string[] {
  return reading(
    database,
    (opened) =>
      rowsOf(opened, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ${ASIDE} ORDER BY name`)
        .flatMap(({ name }) =>
          rowsOf(opened, `SELECT * FROM "${name}"`).map((row) => `${name}: ${JSON.stringify(row, readable)}`)
        ),
  );
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
