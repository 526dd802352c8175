/**
 * What tells one database from all others: the file, and the stored model's name with the moment it was stored, because another database
 * may have been copied into the same file.
 */
import { databaseMissing, databaseReplaced } from "../../messages/database.ts";
import { DatabaseReplaced } from "../../store/database_replaced.ts";
import { pathFrom, type WorkingFolder } from "../../working_folder.ts";
import type { Database } from "./connection.ts";
import { fileIdentity } from "./file_identity.ts";

/** Stands between the file and the rest. */
const SEPARATOR = " ";

/** The file at a path (`at`: what it is relative to); null: there is none, or it is out of reach. */
export function fileAt(path: string, at: WorkingFolder): string | null {
  return fileIdentity(pathFrom(at, path));
}

/** @throws DatabaseReplaced when the file at the path is not that of the identity */
export function requireFileOf(path: string, at: WorkingFolder, identity: string): void {
  requireFile(path, at, identity.split(SEPARATOR, 1)[0] ?? null);
}

/** @throws DatabaseReplaced when a database that was just opened is not the wanted one */
export function requireIdentity(path: string, found: string, wanted: string): void {
  if (found !== wanted) throw new DatabaseReplaced(databaseReplaced(path));
}

/**
 * @param file the one that stood at the path before the database was opened. SQLite does not say which file it opened: it was this one if
 * the same stands there still
 * @param made tells the stored model, left out: the database does
 * @throws DatabaseReplaced; RunStop when the database cannot be read
 */
export function identityOf(database: Database, file: string | null, made = () => madeOf(database)): string {
  requireFile(database.path, database, file);
  return `${file}${SEPARATOR}${made()}`;
}

/** The stored model's name, and when it was stored. */
export function madeOf(database: Database): string {
  return JSON.stringify(database.prepare("SELECT name, created FROM csvrecon_model").all());
}

function requireFile(path: string, at: WorkingFolder, file: string | null): void {
  const now = fileAt(path, at);
  if (now === null) throw new DatabaseReplaced(databaseMissing(path));
  if (now !== file) throw new DatabaseReplaced(databaseReplaced(path));
}
