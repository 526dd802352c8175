/** What databases lack that older versions of the program made. */
import { spellingTableStatements } from "../sql/spelling_tables.ts";
import { feedStatements, laterChangeStatements } from "../sql/system_tables.ts";
import type { Database } from "./connection.ts";
import { SCHEMA_VERSION, schemaVersion } from "./database.ts";

/** The version with which the log knows what was undone, and what was removed from it. */
export const LOG_OF_UNDO = 3;

/** The version with which feeds are remembered. */
export const FEEDS = 4;

/**
 * Brings a database to the newest version of the schema: part of the transaction that wants to write, so that it is taken back with it. Who
 * only reads does without.
 */
export function bringUpToDate(database: Database): void {
  const version = schemaVersion(database);
  if (version >= SCHEMA_VERSION) return;
  const statements = [
    ...(version < 2 ? spellingTableStatements() : []),
    ...(version < LOG_OF_UNDO ? laterChangeStatements() : []),
    ...(version < FEEDS ? feedStatements() : []),
  ];
  for (const statement of statements) database.exec(statement);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}
