/** What a database holds, as text. */
import { DatabaseSync } from "node:sqlite";

/** The objects of a class by id: each field as text, null as empty. */
export function storedObjects(database: string, modelClass: string, fields: readonly string[]): string[][] {
  const columns = fields.map((field) => `"${field}"`).join(", ");
  return readRows(database, `SELECT ${columns} FROM "view_${modelClass}" ORDER BY id`)
    .map((row) => fields.map((field) => String(row[field] ?? "")));
}

/** Every row of every table: two of these are equal when nothing was written in between. */
export function everythingStored(database: string): Record<string, string[]> {
  const tables = readRows(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  const content: Record<string, string[]> = {};
  for (const table of tables) {
    const name = String(table["name"]);
    content[name] = readRows(database, `SELECT * FROM "${name}"`).map((row) => JSON.stringify(row, readable)).sort();
  }
  return content;
}

function readRows(path: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

function readable(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? [...value] : value;
}
