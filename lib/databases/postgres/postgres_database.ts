/** A database of a PostgreSQL server, as the store uses it: one connection, and what is known of it. */
import { RunStop } from "../../errors.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Engine } from "../../server_address/postgres_address.ts";
import type { Dialect } from "../sql/dialect.ts";
import { ConnectionLost } from "./connection_stops.ts";
import { PORTABLE_DIALECT } from "./portable_dialect.ts";
import type { PostgresConnection, PostgresRow, PostgresValue } from "./postgres_connection.ts";
import type { TableRules } from "./others_rules.ts";
import { POSTGRES_DIALECT } from "./postgres_dialect.ts";
import { UnawaitedStatements } from "./unawaited_statements.ts";

export interface DatabaseOptions {
  /** Seconds to wait for another writer. */
  readonly busyTimeoutSeconds: number;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
}

export type SchemaChanges = "as_owner" | "by_functions";

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
  /** By the names of tables; as they were when the transaction began. */
  rulesOfTables: ReadonlyMap<string, TableRules> = new Map();
  /** How its tables were made, and are used. */
  engine: Engine = "postgres";
  /** Whether its user owns our tables; as it was when the transaction began. */
  isOwner = true;
  /** Whose the indexes and triggers are that runs make: of the owner, who is there or has left functions for it. Null: they make none. */
  schemaChanges: SchemaChanges | null = "as_owner";
  /** A transaction is open. */
  isInTransaction = false;
  /** It has written something. */
  hasWritten = false;
  readonly #numbered = new Map<string, string>();
  #connection: PostgresConnection;
  /** Counts connections: what one knew, such as temporary tables, the next does not. */
  #generation = 0;
  #partsTakenBack = 0;
  #renewal: Promise<void> | null = null;
  #isClosed = false;
  readonly #tracked = new Set<Promise<unknown>>();
  readonly #unawaited = new UnawaitedStatements();

  /** @param reopen connects anew when the connection is lost and nothing with it; left out: nobody does */
  constructor(
    connection: PostgresConnection,
    private readonly options: DatabaseOptions,
    private readonly reopen: (() => Promise<PostgresConnection>) | null = null,
  ) {
    this.#connection = connection;
  }

  get connection(): PostgresConnection {
    return this.#connection;
  }

  get generation(): number {
    return this.#generation;
  }

  /** How many parts of transactions were taken back: what was known of the objects may be wrong since. */
  get partsTakenBack(): number {
    return this.#partsTakenBack;
  }

  get isPortable(): boolean {
    return this.engine === "portable";
  }

  get dialect(): Dialect {
    return this.isPortable ? PORTABLE_DIALECT : POSTGRES_DIALECT;
  }

  /** As messages name it. */
  get name(): string {
    return this.connection.address.name;
  }

  /** The role that is logged in. */
  get user(): string {
    return this.connection.address.user;
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

  /** Whether there are triggers that csvrecon has not made. */
  get hasTriggers(): boolean {
    return this.rulesOfTables.values().some(({ hasTriggers }) => hasTriggers);
  }

  /** To be called before the first statement. */
  async begin(): Promise<void> {
    const statements = SETTINGS.map((setting) => `SET ${setting}`);
    if (!this.connection.isOther) await this.connection.execute(statements.join("; "));
    // Each server knows other ones of them.
    else await Promise.allSettled(statements.map((sql) => this.connection.execute(sql)));
  }

  rows(sql: string, ...values: readonly PostgresValue[]): Promise<readonly PostgresRow[]> {
    return this.#renewed(() => this.connection.rows(sql, values));
  }

  /** The first row, if there is one. */
  async row(sql: string, ...values: readonly PostgresValue[]): Promise<PostgresRow | undefined> {
    return (await this.rows(sql, ...values))[0];
  }

  /** @returns how many rows were written */
  async run(sql: string, ...values: readonly PostgresValue[]): Promise<number> {
    this.hasWritten = true;
    try {
      return await this.connection.run(sql, values);
    } catch (error) {
      throw await this.#unawaited.failureBehind(error) ?? error;
    }
  }

  execute(sql: string): Promise<void> {
    if (sql.startsWith("ROLLBACK TO")) this.#partsTakenBack++;
    return this.#renewed(() => this.connection.execute(sql));
  }

  /** A server may have been restarted since it was last asked: outside of a transaction that is no reason to give up. */
  async #renewed<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const earlier = await this.#unawaited.failureBehind(error);
      if (earlier !== null) throw earlier;
      if (!(error instanceof ConnectionLost) || this.isInTransaction || this.#isClosed) throw error;
      if (this.reopen === null) throw error;
      await (this.#renewal ??= this.#renew(this.reopen));
      return await ask();
    }
  }

  async #renew(reopen: () => Promise<PostgresConnection>): Promise<void> {
    try {
      await this.#goOnWith(await reopen());
      await this.begin();
    } finally {
      this.#renewal = null;
    }
  }

  async #goOnWith(connection: PostgresConnection): Promise<void> {
    const lost = this.#connection;
    this.#connection = connection;
    this.#generation++;
    await lost.close();
  }

  /** Whether an error is that of a statement that nobody has waited for. */
  isOfEarlier(error: unknown): boolean {
    return error !== null && error === this.#unawaited.failure;
  }

  /** To be called when a transaction begins, or what has failed is taken back. */
  forgetFailure(): void {
    this.#unawaited.failure = null;
  }

  /** Takes note of work that sends statements until it is done, whoever waits for it. */
  track<T>(work: Promise<T>): Promise<T> {
    const end = () => this.#tracked.delete(work);
    this.#tracked.add(work);
    work.then(end, end);
    return work;
  }

  /** Sends a statement that nobody waits for: whoever waits for a later one hears why it has failed. */
  runLater(sql: string, ...values: readonly PostgresValue[]): void {
    this.hasWritten = true;
    this.#unawaited.add(this.track(this.connection.run(sql, values)));
  }

  /** Waits until nobody sends statements any more: what is taken back before that might be done again, by itself. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#tracked]);
  }

  /** Sends a statement that can be refused only where another one was, which tells why; what ends the run may come with any statement. */
  send(sql: string): void {
    this.#unawaited.add(this.connection.execute(sql), (error) => error instanceof RunStop);
  }

  /** A query in the words of every database, with question marks, and its rows by name. */
  async named(sql: string, values: readonly PostgresValue[]): Promise<readonly NamedRow[]> {
    const rows = await this.rows(`SELECT row_to_json(r)::text FROM (${this.numbered(sql)}) AS r`, ...values);
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
    this.#isClosed = true;
    return this.connection.close();
  }
}
