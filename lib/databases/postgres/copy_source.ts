/** What a database of ours at a PostgreSQL server has, for who copies it. */
import { EXIT, RunStop } from "../../errors.ts";
import { noUsableModel } from "../../messages/database.ts";
import type {
  CopiedRow,
  CopiedTable,
  CopySource,
  LastIds,
  StoredModel,
  TablesByName,
} from "../copying/copied_table.ts";
import type { Layout } from "../../store/layout.ts";
import { type PagedTable, pagesOf, type TableSize } from "../copying/pages.ts";
import { MODEL_TABLE } from "../sql/system_tables.ts";
import { quoteName } from "../sql/sql_text.ts";
import { COMMIT_TABLE } from "./commits.ts";
import { tablesOf, TYPES, viewsAndTriggers } from "./copied_schema.ts";
import { ID_TABLE, readUsedNumbers } from "./id_table.ts";
import { MARK_TABLE } from "./marks.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { JOB_TABLE } from "./postgres_job_lock.ts";

/** Tables that only a database at a server has. */
export const SERVER_TABLES: readonly string[] = [COMMIT_TABLE, ID_TABLE, JOB_TABLE, MARK_TABLE];

export class PostgresSource implements CopySource {
  constructor(private readonly database: PostgresDatabase) {}

  get name(): string {
    return this.database.name;
  }

  async storedModel(): Promise<StoredModel> {
    const [text, created] = await this.database.row(`SELECT text, created FROM ${MODEL_TABLE}`) ?? [];
    if (typeof text !== "string") throw new RunStop(EXIT.databaseNotUsable, [noUsableModel(this.name)]);
    return { text, created: String(created) };
  }

  tables(): Promise<TablesByName> {
    return tablesOf(this.database);
  }

  async views(): Promise<readonly string[]> {
    return (await viewsAndTriggers(this.database)).views;
  }

  async triggers(): Promise<readonly string[]> {
    return (await viewsAndTriggers(this.database)).triggers;
  }

  pages(table: CopiedTable): AsyncIterable<readonly CopiedRow[]> {
    return pagesOf(new ServerTable(this.database, table), table);
  }

  async lastIds(layout: Layout): Promise<LastIds> {
    return await readUsedNumbers(this.database, layout);
  }
}

class ServerTable implements PagedTable {
  readonly #bytes: string;
  /** Numbers are told as texts, which are exact. */
  readonly #values: string;

  constructor(private readonly database: PostgresDatabase, private readonly table: CopiedTable) {
    const texts = table.columns.filter(({ holds }) => holds === "text");
    this.#bytes = ["0", ...texts.map(({ name }) => `coalesce(octet_length(${quoteName(name)}), 0)::bigint`)].join(
      " + ",
    );
    const values = table.columns.map(({ name, holds }) => `t.${quoteName(name)}${holds === "text" ? "" : "::text"}`);
    this.#values = values.join(", ");
  }

  async size(): Promise<TableSize> {
    const row = await this.database.row(`SELECT count(*), max(${this.#bytes}) FROM ${quoteName(this.table.name)}`);
    return { rows: Number(row?.[0]), longest: Number(row?.[1] ?? 0) };
  }

  async lengths(behind: CopiedRow | null, most: number): Promise<readonly number[]> {
    return (await this.#ask(this.#bytes, behind, most)).map(([bytes]) => Number(bytes));
  }

  async rows(behind: CopiedRow | null, most: number): Promise<readonly CopiedRow[]> {
    // Every value is a text, or nothing.
    return await this.#ask(this.#values, behind, most) as readonly CopiedRow[];
  }

  /** Row by row: one text for all of them, as searches have it, is read in pieces, for which 60 MiB more were taken. */
  #ask(what: string, behind: CopiedRow | null, most: number) {
    const { name, key, columns } = this.table;
    const types = new Map(columns.map((column) => [column.name, TYPES[column.holds]]));
    const values = key.map((one, index) => `$${index + 2}::${types.get(one) ?? "text"}`).join(", ");
    // By the name alone it would be the text of a number that rows are ordered by.
    const keys = key.map((one) => `t.${quoteName(one)}`).join(", ");
    const where = behind === null ? "" : `WHERE (${keys}) > (${values}) `;
    const sql = `SELECT ${what} FROM ${quoteName(name)} AS t ${where}ORDER BY ${keys} LIMIT $1::bigint`;
    return this.database.rows(sql, most, ...behind ?? []);
  }
}
