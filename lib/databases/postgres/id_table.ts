/** Which ids were ever used, by table: no row of these is used twice, be the object there or not. */
import type { Layout } from "../../store/layout.ts";
import { ID } from "../sql/own_layout.ts";
import { quoteName, quoteText } from "../sql/sql_text.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

export const ID_TABLE = "csvrecon_ids";

/** Tables with ids that are none of the model's. */
export const NOT_OBJECTS: readonly string[] = ["change", "csvrecon_feed"];

/** The largest id that each table has ever used. */
export type UsedNumbers = ReadonlyMap<string, number>;

/** The tables of a model. */
interface NamedTables {
  readonly tables: readonly { readonly name: string }[];
}

/** The statements that make the table, with a row for each table of the model. */
export function idTableStatements({ tables }: Layout): readonly string[] {
  const names = [...NOT_OBJECTS, ...tables.map(({ name }) => name)];
  return [
    `CREATE TABLE ${ID_TABLE} (
  name text COLLATE "C" PRIMARY KEY, -- of a table
  last bigint NOT NULL -- the largest id that it has ever had
)`,
    `INSERT INTO ${ID_TABLE} (name, last) VALUES ${names.map((name) => `(${quoteText(name)}, 0)`).join(", ")}`,
  ];
}

/** As they are now: what is there counts, and what was noted when it went. */
export async function readUsedNumbers(database: PostgresDatabase, { tables }: NamedTables): Promise<UsedNumbers> {
  const names = [...NOT_OBJECTS, ...tables.map(({ name }) => name)];
  const largest = names.map((name) =>
    `SELECT ${quoteText(name)} AS name, (SELECT max(${quoteName(ID)}) FROM ${quoteName(name)}) AS last`
  );
  const rows = await database.rows(
    `SELECT name, max(last) FROM (SELECT name, last FROM ${ID_TABLE} UNION ALL ${
      largest.join(" UNION ALL ")
    }) AS used ` +
      "GROUP BY name",
  );
  return new Map(rows.map(([name, last]) => [String(name), Number(last ?? 0)]));
}

/** To be called before objects go, and when a run ends. */
export async function noteUsed(database: PostgresDatabase, table: string, id: number): Promise<void> {
  await database.run(`UPDATE ${ID_TABLE} SET last = greatest(last, $1) WHERE name = $2`, id, table);
}

/** The same of one table. */
export async function readUsedNumber(database: PostgresDatabase, table: string): Promise<number> {
  const row = await database.row(
    `SELECT greatest(last, (SELECT max(${quoteName(ID)}) FROM ${quoteName(table)})) FROM ${ID_TABLE} WHERE name = $1`,
    table,
  );
  return Number(row?.[0] ?? 0);
}
