/** A new database at a PostgreSQL server, for who copies another one into it. */
import { EXIT, RunStop } from "../../errors.ts";
import { rowNotCopied } from "../../messages/copy.ts";
import type { Layout } from "../../store/layout.ts";
import type { CopiedRow, CopiedTable, CopyTarget, LastIds, TablesByName } from "../copying/copied_table.ts";
import { quoteName, quoteNames } from "../sql/sql_text.ts";
import { columnsOf, unnest } from "./column_arrays.ts";
import { tablesOf, TYPES } from "./copied_schema.ts";
import { noteUsed } from "./id_table.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { PostgresError } from "./postgres_error.ts";
import { refusalIn } from "./postgres_refusal.ts";

export class PostgresTarget implements CopyTarget {
  readonly #statements = new Map<string, string>();

  constructor(private readonly database: PostgresDatabase, private readonly layout: Layout) {}

  tables(): Promise<TablesByName> {
    return tablesOf(this.database);
  }

  async insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const known = this.#statements.get(table.name) ?? insertion(table);
    this.#statements.set(table.name, known);
    try {
      await this.database.run(known, ...columnsOf(rows, table.columns.length));
    } catch (error) {
      throw refusedOf(this.database, this.layout, table.name, error);
    }
  }

  async keepLastIds(last: LastIds): Promise<void> {
    for (const [name, id] of last) await noteUsed(this.database, name, id);
  }
}

function insertion({ name, columns }: CopiedTable): string {
  return `INSERT INTO ${quoteName(name)} (${quoteNames(columns.map((column) => column.name))}) ` +
    `SELECT * FROM ${unnest(columns.map(({ holds }) => TYPES[holds]))}`;
}

/** What the server says of rows that break a rule of the model, or hold what it cannot keep. */
export function refusedOf({ name }: PostgresDatabase, layout: Layout, table: string, error: unknown): unknown {
  if (!(error instanceof PostgresError)) return error;
  const refusal = refusalIn(error, false);
  if (refusal === null) return error;
  const detail = tellsKeyOnly(error, layout, table) ? error.detail : null;
  const words = detail === null ? refusal.text : `${refusal.text}: ${detail}`;
  return new RunStop(EXIT.databaseNotUsable, [rowNotCopied(name, table, words)], { cause: error });
}

/** Of a key that is there already, and of one that leads nowhere. */
const OF_KEYS: readonly string[] = ["23505", "23503"];

/** Details of other rules show a whole row, and even a key of an account is nobody's business. */
function tellsKeyOnly({ sqlstate }: PostgresError, { tables }: Layout, table: string): boolean {
  const columns = tables.find(({ name }) => name === table)?.columns;
  if (columns === undefined || !OF_KEYS.includes(sqlstate)) return false;
  return !columns.some(({ attributes }) => [...attributes.values()].some(({ kind }) => kind === "password"));
}
