/** Making a new database. */
import { Breath } from "../../breath.ts";
import { pathFrom } from "../../working_folder.ts";
import type { Database } from "./connection.ts";
import { APPLICATION_ID, connect, type OpenOptions, SCHEMA_VERSION } from "./database.ts";
import type { OwnMapping } from "../sql/own_layout.ts";
import { makesTable, schemaStatements } from "../sql/schema.ts";
import { storeModelText } from "./stored_model.ts";
import { atomic } from "./transaction.ts";
import {
  giveName,
  holdUnfinished,
  removeDatabase,
  removeLeftovers,
  requireNothing,
  reserveUnfinished,
} from "./unfinished_database.ts";

/** Four times SQLite's own: a large run takes a fifth less time, because fewer pages go to the log and from there to the file. */
const PAGE_BYTES = 16 * 1024;

export interface NewDatabase extends OpenOptions, OwnMapping {
  /** The model's file, to be kept in the database. */
  readonly modelText: string;
  readonly now: Date;
  /** Fills the tables before anything else of the schema is made: those of a database that is whole already. */
  readonly rows?: ((database: Database) => Promise<void>) | undefined;
}

/**
 * Makes a database with the tables of a model. It is made under another name, and bears its own only when it is
 * complete, so that nothing that ends the program leaves half of it.
 * @param fill writes the first objects; it is part of the same transaction
 * @throws RunStop 73 when the file exists or cannot be made, RunStop 78 when the model cannot be stored; then, and when `fill`
 * throws, no file is left behind
 */
export async function createDatabase(
  path: string,
  options: NewDatabase,
  fill: (database: Database) => void | Promise<void> = () => {},
): Promise<void> {
  const statements = schemaStatements(options);
  const named = { path, file: pathFrom(options, path) };
  removeLeftovers(named.file);
  requireNothing(named);
  const unfinished = reserveUnfinished(named);
  try {
    await makeUnfinished(unfinished, path, options, async (database) => {
      await writeSchema(database, statements, options);
      await fill(database);
    });
    giveName(unfinished, named);
  } finally {
    removeDatabase(unfinished);
  }
}

/** @param path what messages name */
async function makeUnfinished(
  file: string,
  path: string,
  options: NewDatabase,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const database = connect(path, options, file);
  try {
    database.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
    holdUnfinished(database);
    // Rows come in the order of their ids, whatever they refer to.
    if (options.rows !== undefined) database.exec("PRAGMA foreign_keys = OFF");
    await atomic(database, () => work(database));
    // The mode is kept in the file.
    database.exec("PRAGMA locking_mode = NORMAL");
    database.exec("PRAGMA journal_mode = WAL");
  } finally {
    database.close();
  }
}

async function writeSchema(database: Database, statements: readonly string[], options: NewDatabase): Promise<void> {
  const breath = new Breath(options.interruption);
  for (const statement of statements) if (makesTable(statement)) database.exec(statement);
  await options.rows?.(database);
  for (const statement of statements) {
    if (makesTable(statement)) continue;
    database.exec(statement);
    if (breath.isDue) await breath.take();
  }
  storeModelText(database, options.model.name, options.modelText, options.now);
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}
