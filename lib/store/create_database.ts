/** Making a new database. */
import { EXIT, RunStop } from "../errors.ts";
import { databaseExists, databaseNotCreated } from "../messages/database.ts";
import type { Model } from "../model/model.ts";
import type { Database } from "./connection.ts";
import { APPLICATION_ID, connect, type OpenOptions, SCHEMA_VERSION } from "./database.ts";
import { schemaStatements } from "./schema.ts";
import { storeModelText } from "./stored_model.ts";
import { atomic } from "./transaction.ts";

/** Four times SQLite's own: a large run takes a fifth less time, because fewer pages go to the log and from there to the file. */
const PAGE_BYTES = 16 * 1024;

export interface NewDatabase extends OpenOptions {
  readonly model: Model;
  /** The model's file, to be kept in the database. */
  readonly modelText: string;
  readonly now: Date;
}

/**
 * Makes a database with the tables of a model, and gives it back open.
 * @param fill writes the first objects; it is part of the same transaction
 * @throws RunStop 73 when the file exists or cannot be made, RunStop 78 when the model cannot be stored; then, and when `fill`
 * throws, no file is left behind
 */
export async function createDatabase(
  path: string,
  options: NewDatabase,
  fill: (database: Database) => void | Promise<void> = () => {},
): Promise<Database> {
  const statements = schemaStatements(options.model);
  reserveFile(path);
  let database: Database | undefined;
  try {
    const opened = database = connect(path, options);
    opened.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
    opened.exec("PRAGMA journal_mode = WAL");
    await atomic(opened, async () => {
      writeSchema(opened, statements, options);
      await fill(opened);
    });
    return opened;
  } catch (error) {
    database?.close();
    removeDatabase(path);
    throw error;
  }
}

function writeSchema(database: Database, statements: readonly string[], options: NewDatabase): void {
  for (const statement of statements) database.exec(statement);
  storeModelText(database, options.model.name, options.modelText, options.now);
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** Makes an empty file, unless there is one: two programs cannot both succeed. */
function reserveFile(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true }).close();
  } catch (error) {
    const message = error instanceof Deno.errors.AlreadyExists ? databaseExists(path) : databaseNotCreated(path);
    throw new RunStop(EXIT.databaseNotWritable, [message], { cause: error });
  }
}

/** Removes the file and those that SQLite keeps beside it. */
function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    try {
      Deno.removeSync(path + suffix);
    } catch {
      // Not there, mostly; otherwise the error that led here matters more.
    }
  }
}
