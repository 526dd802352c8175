/** A database of a PostgreSQL server, as the store uses it: one connection, and what is known of it. */
import type { StoredValue } from "../../model/model.ts";
import { EXIT, RunStop } from "../../errors.ts";
import { databaseLocked } from "../../messages/database.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { PostgresConnection, PostgresRow, PostgresValue } from "./connection.ts";
import { PostgresError } from "./postgres_error.ts";

export interface DatabaseOptions {
  /** Seconds to wait for another writer. */
  readonly busyTimeoutSeconds: number;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
}

/** A row of a result: values by the names of the columns. */
export type NamedRow = Readonly<Record<string, StoredValue>>;

/**
 * Statements ask by indexes, group by group. The planner would read whole tables instead where it knows nothing of them yet, as of one that
 * the run fills.
 */
const PLANS = ["enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off", "jit = off"];

export class PostgresDatabase {
  /** Tables that have triggers which csvrecon has not made; as they were when the transaction began. */
  tablesWithTriggers: ReadonlySet<string> = new Set();
  /** A transaction is open. */
  isInTransaction = false;
  readonly #numbered = new Map<string, string>();

  constructor(readonly connection: PostgresConnection, private readonly options: DatabaseOptions) {}

  /** As messages name it. */
  get name(): string {
    return this.connection.address.name;
  }

  get schema(): string {
    return this.connection.address.schema;
  }

  get busyTimeoutSeconds(): number {
    return this.options.busyTimeoutSeconds;
  }

  get interruption(): AbortSignal | undefined {
    return this.options.interruption;
  }

  get hasTriggers(): boolean {
    return this.tablesWithTriggers.size > 0;
  }

  /** Names mean those of our schema, and every statement is planned for what it is asked. */
  async begin(): Promise<void> {
    const settings = [...PLANS, "plan_cache_mode = force_generic_plan", "client_min_messages = warning"];
    const path = `search_path = ${quoteName(this.schema)}, pg_temp`;
    await this.connection.execute([path, ...settings].map((setting) => `SET ${setting}`).join("; "));
  }

  rows(sql: string, ...values: readonly PostgresValue[]): Promise<readonly PostgresRow[]> {
    return this.connection.rows(sql, values);
  }

  /** The first row, if there is one. */
  async row(sql: string, ...values: readonly PostgresValue[]): Promise<PostgresRow | undefined> {
    return (await this.connection.rows(sql, values))[0];
  }

  /** @returns how many rows were written */
  run(sql: string, ...values: readonly PostgresValue[]): Promise<number> {
    return this.connection.run(sql, values);
  }

  execute(sql: string): Promise<void> {
    return this.connection.execute(sql);
  }

  /** A query in the words of every database, with question marks, and its rows by name. */
  async named(sql: string, values: readonly PostgresValue[]): Promise<readonly NamedRow[]> {
    const rows = await this.connection.rows(`SELECT row_to_json(r)::text FROM (${this.numbered(sql)}) AS r`, values);
    return rows.map(([row]) => JSON.parse(String(row)));
  }

  /** The statement with numbers for its question marks. */
  numbered(sql: string): string {
    const known = this.#numbered.get(sql);
    if (known !== undefined) return known;
    let number = 0;
    const numbered = sql.replaceAll("?", () => `$${++number}`);
    this.#numbered.set(sql, numbered);
    return numbered;
  }

  /** What a lock that was not had means to a run; any other error as it is. */
  lockError(error: unknown): unknown {
    if (!(error instanceof PostgresError) || error.sqlstate !== LOCK_NOT_AVAILABLE) return error;
    const message = databaseLocked(this.name, this.busyTimeoutSeconds);
    return new RunStop(EXIT.databaseLocked, [message], { cause: error });
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

const LOCK_NOT_AVAILABLE = "55P03";
