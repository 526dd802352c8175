/** What marks a schema as a database of ours, and tells it from all others. */
import { EXIT, RunStop } from "../../errors.ts";
import { databaseMissing, databaseTooNew, databaseTooOld } from "../../messages/database.ts";
import { otherEngine } from "../../messages/postgres.ts";
import { ENGINES } from "../../server_address/postgres_address.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

export const MARK_TABLE = "csvrecon_mark";

/** Raised whenever the tables change their meaning. */
const SCHEMA_VERSION = 1;

/** The statement that makes the table, and the one that marks the schema: `$1` is what tells it from all others, `$2` its engine. */
export const MARK_STATEMENTS = {
  table: `CREATE TABLE ${MARK_TABLE} (
  identity text COLLATE "C" PRIMARY KEY, -- no other database has it
  version bigint NOT NULL, -- of the tables
  engine text COLLATE "C" NOT NULL -- that made them, and uses them
)`,
  mark: `INSERT INTO ${MARK_TABLE} (identity, version, engine) VALUES ($1, ${SCHEMA_VERSION}, $2)`,
} as const;

/** From now on the database is used by the engine that made it. @throws RunStop 78 when the schema is none of ours, or of another version or engine than it is named with */
export async function requireOurs(database: PostgresDatabase): Promise<void> {
  if (!await isMarked(database)) throw new RunStop(EXIT.databaseNotUsable, [databaseMissing(database.name)]);
  const version = Number((await database.row(`SELECT version FROM ${MARK_TABLE}`))?.[0]);
  if (version > SCHEMA_VERSION) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseTooNew(database.name, version, SCHEMA_VERSION)]);
  }
  if (version < SCHEMA_VERSION) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseTooOld(database.name, version, SCHEMA_VERSION)]);
  }
  await followEngine(database);
}

async function followEngine(database: PostgresDatabase): Promise<void> {
  const made = String((await database.row(`SELECT engine FROM ${MARK_TABLE}`))?.[0]);
  const engine = ENGINES.find((name) => name === made);
  const { engine: named = engine } = database.connection.address;
  if (engine === undefined || named !== engine) {
    throw new RunStop(EXIT.databaseNotUsable, [otherEngine(database.name, made, named ?? null)]);
  }
  database.engine = engine;
}

/** Whether a database of ours is in the schema. */
export async function isMarked(database: PostgresDatabase): Promise<boolean> {
  const row = await database.row(
    "SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2",
    database.schema,
    MARK_TABLE,
  );
  return row !== undefined;
}

/** What tells this database from all others. */
export async function identityOf(database: PostgresDatabase): Promise<string> {
  return String((await database.row(`SELECT identity FROM ${MARK_TABLE}`))?.[0]);
}
