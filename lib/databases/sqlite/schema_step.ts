/** What databases lack that older versions of the program made. */
import { spellingTableStatements } from "../sql/spelling_tables.ts";
import type { Database } from "./connection.ts";
import { SCHEMA_VERSION, schemaVersion } from "./database.ts";

/**
 * Brings a database to the newest version of the schema: part of the transaction that wants to write, so that it is taken back with it. Who
 * only reads does without.
 */
export function bringUpToDate(database: Database): void {
  if (schemaVersion(database) >= SCHEMA_VERSION) return;
  for (const statement of spellingTableStatements()) database.exec(statement);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}
