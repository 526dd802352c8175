/** A database of a PostgreSQL server, as the store uses it: one connection, and what is known of it. */
import type { StoredValue } from "../../model/model.ts";
import type { PostgresConnection, PostgresRow, PostgresValue } from "./postgres_connection.ts";

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
const SETTINGS = [
  "enable_seqscan = off",
  "enable_hashjoin = off",
  "enable_mergejoin = off",
  "plan_cache_mode = force_generic_plan",
  "client_min_messages = warning",
];

export class PostgresDatabase {
  /** Tables that have triggers which csvrecon has not made; as they were when the transaction began. */
  tablesWithTriggers: ReadonlySet<string> = new Set();
  /** Whether its user owns our tables, and may make indexes and triggers; as it was when the transaction began. */
  isOwner = true;
  /** A transaction is open. */
  isInTransaction = false;
  /** It has written something. */
  hasWritten = false;
  readonly #numbered = new Map<string, string>();

  #connection: PostgresConnection;

  constructor(connection: PostgresConnection, private readonly options: DatabaseOptions) {
    this.#connection = connection;
  }

  get connection(): PostgresConnection {
    return this.#connection;
  }

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

  /** To be called before the first statement. */
  async begin(): Promise<void> {
    await this.connection.execute(SETTINGS.map((setting) => `SET ${setting}`).join("; "));
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
    this.hasWritten = true;
    return this.connection.run(sql, values);
  }

  execute(sql: string): Promise<void> {
    return this.connection.execute(sql);
  }

  /** Sends a statement that can only fail where another one has failed, which tells why. */
  send(sql: string): void {
    this.connection.execute(sql).catch(() => {});
  }

  /** Goes on with the connection of another one, as its own is gone. */
  async adopt(other: PostgresDatabase): Promise<void> {
    const lost = this.#connection;
    this.#connection = other.#connection;
    await lost.close();
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

  close(): Promise<void> {
    return this.connection.close();
  }
}
