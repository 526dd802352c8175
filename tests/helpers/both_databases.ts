/** The same commands with an SQLite file and with a PostgreSQL server, and all that is stored then. */
import { DatabaseSync } from "node:sqlite";
import type { PostgresConnection } from "../../lib/databases/postgres/connection.ts";
import type { ProgramRun } from "./scratch.ts";
import type { PostgresAddress } from "../../lib/server_address/postgres_address.ts";
import { withConnection } from "./postgres_databases.ts";

/** What each keeps for itself, and when the database was made. */
const ASIDE = new Set([
  ...[
    "csvrecon_model",
    "csvrecon_searched",
    "csvrecon_spelling",
    "csvrecon_unfolded",
    "csvrecon_mark",
    "csvrecon_job",
    "csvrecon_commit",
  ],
  ...["sqlite_sequence", "csvrecon_ids"],
]);

/** Hashes of passwords differ each time. */
function comparable(rows: readonly string[]): string[] {
  return rows.map((row) => row.replaceAll(/scrypt\$[^"\\]+/g, "scrypt")).sort();
}

/** All that a run has told, but for how long it took and what its database is called. */
export function toldBy({ exitCode, stdout, stderr }: ProgramRun, database: string): readonly string[] {
  const plain = (text: string) => text.replaceAll(database, "DATABASE").replaceAll(/"seconds":[\d.]+/g, "");
  return [String(exitCode), ...plain(stdout).split("\n"), ...plain(stderr).split("\n")];
}

/** How a database at a server is named. */
export function serverName({ host, port, database, user }: PostgresAddress): string {
  return `postgres://${user}@/${database}?host=${host}&port=${port}`;
}

/** Every row of every table but those, as text that begins with the table's name, in no order; and the largest id of each. */
export function storedInFile(path: string): string[] {
  const opened = new DatabaseSync(path, { readOnly: true });
  const all = (sql: string) => opened.prepare(sql).all() as Record<string, unknown>[];
  try {
    const tables = all("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => String(name));
    const rows = tables.filter((name) => !ASIDE.has(name)).flatMap((name) =>
      all(`SELECT * FROM "${name}"`).map((row) => `${name}: ${JSON.stringify(row)}`)
    );
    const ids = all("SELECT name, seq FROM sqlite_sequence").map(({ name, seq }) => `last of ${name}: ${seq}`);
    return comparable([...rows, ...ids]);
  } finally {
    opened.close();
  }
}

/** The same of a database at a server. */
export function storedAtServer(address: PostgresAddress): Promise<string[]> {
  return withConnection(address, storedBehind);
}

/** The same, over a connection that knows the tables already when it is asked again. */
export async function storedBehind(connection: PostgresConnection): Promise<string[]> {
  const { schema } = connection.address;
  const found = await connection.rows("SELECT tablename FROM pg_tables WHERE schemaname = $1", [schema]);
  const names = found.map(([name]) => String(name)).filter((name) => !ASIDE.has(name));
  const sql = names.map((name) => `SELECT '${name}', row_to_json(t)::text FROM "${name}" AS t`).join(" UNION ALL ");
  const rows = await connection.rows(sql);
  const ids = await connection.rows("SELECT name, last FROM csvrecon_ids WHERE last > 0");
  return comparable([
    // What JSON tells of numbers is told alike.
    ...rows.map(([name, row]) => `${name}: ${JSON.stringify(JSON.parse(String(row)))}`),
    ...ids.map(([name, last]) => `last of ${name}: ${last}`),
  ]);
}
