/** What is in a schema: tables with their columns, views, and triggers of others. */
import type { CopiedColumn, CopiedTable, Holds, TablesByName } from "../copying/copied_table.ts";
import type { ColumnType } from "./column_arrays.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { OWN_TRIGGERS } from "./postgres_spellings.ts";

/** The types of what our columns hold. */
export const TYPES: Readonly<Record<Holds, ColumnType>> = { integer: "bigint", number: "numeric", text: "text" };

const COLUMNS =
  "SELECT c.relname, a.attname, a.atttypid::regtype::text, coalesce(array_position(i.indkey, a.attnum), -1) " +
  "FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped " +
  "LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary " +
  "WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND c.relkind IN ('r', 'p', 'f') " +
  'ORDER BY c.relname COLLATE "C", a.attnum';

export async function tablesOf(database: PostgresDatabase): Promise<TablesByName> {
  const found = new Map<string, { readonly columns: CopiedColumn[]; readonly key: [number, string][] }>();
  for (const [home, name, type, place] of await database.rows(COLUMNS, database.schema)) {
    const table = found.get(String(home)) ?? { columns: [], key: [] };
    found.set(String(home), table);
    table.columns.push({ name: String(name), holds: holdsOf(type) });
    if (Number(place) >= 0) table.key.push([Number(place), String(name)]);
  }
  return new Map([...found].map(([name, { columns, key }]): [string, CopiedTable] => [
    name,
    { name, columns, key: key.sort(([one], [other]) => one - other).map(([, column]) => column) },
  ]));
}

function holdsOf(type: unknown): Holds {
  return type === "bigint" ? "integer" : type === "numeric" ? "number" : "text";
}

const RELATIONS = "SELECT c.relname FROM pg_class AS c " +
  "WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND c.relkind IN ('v', 'm') " +
  'ORDER BY c.relname COLLATE "C"';

const TRIGGERS = "SELECT t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid " +
  "WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND NOT t.tgisinternal " +
  'AND t.tgname NOT LIKE $2 ORDER BY t.tgname COLLATE "C"';

export async function viewsAndTriggers(
  database: PostgresDatabase,
): Promise<{ readonly views: readonly string[]; readonly triggers: readonly string[] }> {
  const named = async (sql: string, ...values: readonly string[]) =>
    (await database.rows(sql, database.schema, ...values)).map(([name]) => String(name));
  return { views: await named(RELATIONS), triggers: await named(TRIGGERS, OWN_TRIGGERS) };
}
