/** Making a new database: a schema with its tables, in one transaction. */
import { EXIT, RunStop } from "../../errors.ts";
import { creationUnknown, notUtf8, schemaExists } from "../../messages/postgres.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import type { ObjectStore } from "../../store/objects.ts";
import type { NewStore } from "../create_store.ts";
import { type OwnMapping, ownMapping } from "../sql/own_layout.ts";
import { makesTable, modelStatements, requireFreeNames } from "../sql/schema.ts";
import { quoteName } from "../sql/sql_text.ts";
import { systemTableStatements } from "../sql/system_tables.ts";
import { COMMIT_STATEMENT, COMMIT_TABLE, commitFound } from "./commits.ts";
import { connect, type ConnectOptions } from "./connection.ts";
import { refusedOf } from "./copy_target.ts";
import { ID_TABLE, idTableStatements } from "./id_table.ts";
import { identityOf, isMarked, MARK_STATEMENTS, MARK_TABLE, requireUsable } from "./marks.ts";
import { PostgresDatabase } from "./postgres_database.ts";
import { withoutCollation } from "./portable_dialect.ts";
import { PostgresError } from "./postgres_error.ts";
import { JOB_STATEMENT, JOB_TABLE } from "./postgres_job_lock.ts";
import { createObjectStore } from "./postgres_objects.ts";
import { requireShortNames } from "./required_names.ts";
import { rightsStatements } from "./run_rights.ts";

/** Seconds. Nobody else can know a new schema, so there is nobody to wait for but somebody who makes it, too. */
const WAIT = 5;

/** Begins the names of the server's own tables, which would be found first. */
const SERVER_PREFIX = "pg_";

export interface NewServerStore extends NewStore {
  /** Fills the tables before anything else of the schema is made: those of a database that is whole already. */
  readonly rows?: ((database: PostgresDatabase) => Promise<void>) | undefined;
}

/**
 * @param fill hands over the first objects; they are part of the same transaction
 * @throws RunStop 73 when there is something in the schema, RunStop 78 when the model cannot be stored; then nothing is left
 */
export async function createDatabase(
  address: PostgresAddress,
  { model, modelText, now, onStatement, interruption, rows }: NewServerStore,
  fill: (objects: ObjectStore) => void | Promise<void>,
): Promise<void> {
  const mapping = ownMapping(model);
  requireFreeNames(mapping, SERVER_PREFIX, [ID_TABLE, JOB_TABLE, COMMIT_TABLE, MARK_TABLE]);
  requireShortNames(mapping);
  const options = { busyTimeoutSeconds: WAIT, interruption, onStatement };
  const database = new PostgresDatabase(await connect(address, options), options);
  try {
    await database.begin();
    database.engine = address.engine ?? (database.connection.isOther ? "portable" : "postgres");
    await requireUtf8(database);
    await database.execute("BEGIN");
    await makeSchema(database);
    const { dialect, isPortable } = database;
    const spoken = (sql: string) => isPortable ? withoutCollation(sql) : sql;
    const statements = [...systemTableStatements(dialect.schema), ...modelStatements(mapping, dialect)].map(spoken);
    await database.execute([
      ...statements.filter(makesTable),
      ...[...idTableStatements(mapping.layout), MARK_STATEMENTS.table, JOB_STATEMENT, COMMIT_STATEMENT].map(spoken),
      ...isPortable ? [] : rightsStatements(address.schema),
    ].join(";\n"));
    await rows?.(database);
    const finishing = statements.filter((sql) => !makesTable(sql));
    if (rows === undefined) await database.execute(finishing.join(";\n"));
    else await finishFull(database, mapping, finishing);
    const identity = crypto.randomUUID();
    await database.run(MARK_STATEMENTS.mark, identity, database.engine);
    await database.run(
      "INSERT INTO csvrecon_model (name, text, created) VALUES ($1, $2, $3)",
      model.name,
      modelText,
      now.toISOString(),
    );
    const objects = createObjectStore(database, mapping, null, { now, used: new Map() });
    await fill(objects);
    const [refused] = await objects.settled();
    if (refused !== undefined) {
      throw new Error(`a new database refuses ${refused.write.class}: ${refused.refusal.text}`);
    }
    await objects.finish();
    await commitFound(database, {
      openBeside: (interruption, busyTimeoutSeconds = WAIT) =>
        openBeside(address, { ...options, interruption, busyTimeoutSeconds }),
      isThere: (beside) => isMade(beside, identity),
      unknown: creationUnknown,
    });
  } catch (error) {
    throw isTaken(error) ? exists(database, error) : error;
  } finally {
    // What was not committed is taken back.
    await database.close();
  }
}

async function openBeside(address: PostgresAddress, options: ConnectOptions): Promise<PostgresDatabase> {
  return new PostgresDatabase(await connect(address, options), options);
}

/** There are rows: a statement may take long, and is ended by an interruption. */
async function finishFull(
  database: PostgresDatabase,
  { layout }: OwnMapping,
  statements: readonly string[],
): Promise<void> {
  // What refers to what is looked at for whole tables.
  await database.execute(WHOLE_TABLE_PLANS);
  for (const statement of statements) {
    try {
      await database.run(statement);
    } catch (error) {
      throw refusedOf(database, layout, statement.match(TABLE_IN)?.[1] ?? "", error);
    }
  }
}

const WHOLE_TABLE_PLANS =
  "SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on";

/** The table of an index or of an external key. */
const TABLE_IN = /(?:ALTER TABLE| ON) "?(\w+)"?/;

/** @throws RunStop 78 when texts of other alphabets would be refused */
async function requireUtf8(database: PostgresDatabase): Promise<void> {
  const [encoding] = await database.row("SELECT current_setting('server_encoding')") ?? [];
  if (encoding !== "UTF8") {
    throw new RunStop(EXIT.databaseNotUsable, [notUtf8(database.name, String(encoding))]);
  }
}

/** A schema that somebody has made for us, and is empty, will do. */
async function makeSchema(database: PostgresDatabase): Promise<void> {
  const row = await database.row(
    "SELECT EXISTS (SELECT 1 FROM pg_class AS c WHERE c.relnamespace = n.oid) FROM pg_namespace AS n WHERE nspname = $1",
    database.schema,
  );
  if (row?.[0] === true) throw exists(database);
  if (row === undefined) await database.execute(`CREATE SCHEMA ${quoteName(database.schema)}`);
  else await requireUsable(database, "CREATE");
}

function exists({ name, schema }: PostgresDatabase, cause?: unknown): RunStop {
  return new RunStop(EXIT.databaseNotWritable, [schemaExists(name, schema)], { cause });
}

/** @param identity what marks the database that was to be committed */
async function isMade(beside: PostgresDatabase, identity: string): Promise<boolean> {
  if (!await isMarked(beside)) await waitForMaker(beside);
  return await isMarked(beside) && await identityOf(beside) === identity;
}

/** Who is about to commit a database keeps its names from all others until that is done. */
async function waitForMaker(beside: PostgresDatabase): Promise<void> {
  await beside.execute("BEGIN");
  try {
    const schema = await beside.row("SELECT 1 FROM pg_namespace WHERE nspname = $1", beside.schema);
    if (schema === undefined) await beside.execute(`CREATE SCHEMA ${quoteName(beside.schema)}`);
    await beside.execute(MARK_STATEMENTS.table);
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    await beside.execute("ROLLBACK");
  }
}

/** Somebody else has made the schema, or a table of it, meanwhile. */
const TAKEN: readonly string[] = ["42P06", "42P07"];
const SERVER_CATALOG = /^pg_(?:namespace|class|type)_/;

function isTaken(error: unknown): boolean {
  if (!(error instanceof PostgresError)) return false;
  return TAKEN.includes(error.sqlstate) || (error.sqlstate === "23505" && SERVER_CATALOG.test(error.constraint ?? ""));
}
