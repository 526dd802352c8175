/** What marks a schema as a database of ours, and tells it from all others. */
import { EXIT, RunStop } from "../../errors.ts";
import { databaseTooNew, databaseTooOld } from "../../messages/database.ts";
import { otherEngine } from "../../messages/postgres.ts";
import { serverStop } from "../../messages/server_connection.ts";
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

/**
 * From now on the database is used by the engine that made it.
 * @throws RunStop 78 when the schema is none of ours, or of another version or engine than it is named with; 73 when its user may not use it
 */
export async function requireOurs(database: PostgresDatabase): Promise<void> {
  if (!await isMarked(database)) throw await notOurs(database);
  await requireUsable(database);
  const found = (await database.row(`SELECT version FROM ${MARK_TABLE}`))?.[0];
  const version = Number(found);
  if (found === undefined || !Number.isSafeInteger(version)) throw await notOurs(database);
  if (version > SCHEMA_VERSION) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseTooNew(database.name, version, SCHEMA_VERSION)]);
  }
  if (version < SCHEMA_VERSION) {
    throw new RunStop(EXIT.databaseNotUsable, [databaseTooOld(database.name, version, SCHEMA_VERSION)]);
  }
  await followEngine(database);
}

async function notOurs(database: PostgresDatabase): Promise<RunStop> {
  const { notOursStop } = await import("./not_ours.ts");
  return await notOursStop(database);
}

/** To a role that may not use a schema, or make anything in it, there is none. @throws RunStop 73 */
export async function requireUsable(database: PostgresDatabase, right: "USAGE" | "CREATE" = "USAGE"): Promise<void> {
  const { schema, connection: { address } } = database;
  const row = await database.row(
    "SELECT has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, $2) FROM pg_namespace WHERE nspname = $1",
    schema,
    right,
  );
  if (row?.[0] !== false) return;
  const words = `permission denied for schema ${schema}`;
  throw new RunStop(EXIT.databaseNotWritable, [serverStop(address, { kind: "not_allowed", words })]);
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
  const rows = await database.rows(`SELECT n.nspname ${MARKED} AND n.nspname = $1`, database.schema);
  return rows.length > 0;
}

/** Others may have a table of that name. */
export const MARKED = "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace " +
  `WHERE c.relname = '${MARK_TABLE}' AND c.relkind = 'r' AND (SELECT count(*) FROM pg_attribute AS a ` +
  "WHERE a.attrelid = c.oid AND a.attname IN ('identity', 'version', 'engine')) = 3";

/** What tells this database from all others. */
export async function identityOf(database: PostgresDatabase): Promise<string> {
  return String((await database.row(`SELECT identity FROM ${MARK_TABLE}`))?.[0]);
}
