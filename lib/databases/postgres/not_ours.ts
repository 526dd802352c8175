/** What is there in place of a database of ours. */
import { EXIT, RunStop } from "../../errors.ts";
import { databaseMissing } from "../../messages/database.ts";
import { notOursAtServer } from "../../messages/postgres.ts";
import { MARKED } from "./marks.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

/** What people made: tables, and what looks like them. */
const OF_OTHERS = "FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace " +
  "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' " +
  "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT LIKE 'crdb\\_%'";

/** Looks around in the database, and says what was found. */
export async function notOursStop(database: PostgresDatabase): Promise<RunStop> {
  const { name, schema } = database;
  const marked = await database.rows(`SELECT n.nspname ${MARKED} AND n.nspname <> $1 ORDER BY 1`, schema);
  const [inSchema = 0, inOthers = 0, table] = await database.row(
    `SELECT count(*) FILTER (WHERE n.nspname = $1), count(*) FILTER (WHERE n.nspname <> $1), ` +
      `(SELECT n.nspname || '.' || c.relname ${OF_OTHERS} ORDER BY n.nspname <> $1, n.nspname <> 'public', 1 LIMIT 1) ` +
      OF_OTHERS,
    schema,
  ) ?? [];
  const found = {
    schemas: marked.map(([schema]) => String(schema)),
    inSchema: Number(inSchema),
    inOthers: Number(inOthers),
    table: String(table),
  };
  const isEmpty = found.schemas.length + found.inSchema + found.inOthers === 0;
  const message = isEmpty ? databaseMissing(name) : notOursAtServer(name, schema, found);
  return new RunStop(EXIT.databaseNotUsable, [message]);
}
