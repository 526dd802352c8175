/** One connection to a PostgreSQL server. This file alone imports `pg`, whose queries are pipelined: who waits for none sends on. */
import Client, { type Result } from "pg/client";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import { refusalOf } from "./postgres_error.ts";
import { StatementNames } from "./statement_names.ts";
import { COLUMN_TYPES } from "./column_types.ts";

/** What is bound or answered. Arrays are bound as text[] or int8[], as the statement casts them. */
export type PostgresValue = string | number | null | boolean | readonly (string | number | null)[];

/** A row of a result: values in the order of the columns. */
export type PostgresRow = readonly PostgresValue[];

export interface PostgresConnection {
  /**
   * One statement, prepared under a name of its own when its text comes first. Those that are called without waiting are sent at once, and
   * done in their order.
   * @returns rows as arrays, in the order of the columns; int8 as number, everything else that is text as text
   * @throws PostgresError for what the server refuses; RunStop 75 or 73 with a sentence for a lost or cut connection; the reason of the
   * interruption
   */
  rows(sql: string, values?: readonly PostgresValue[]): Promise<readonly PostgresRow[]>;
  /** The same of a statement that gives no rows. @returns how many rows were written */
  run(sql: string, values?: readonly PostgresValue[]): Promise<number>;
  /** Statements without values, of which there may be several; an interruption does not end them: BEGIN, COMMIT, ROLLBACK, DDL. */
  execute(sql: string): Promise<void>;
  /** Server version as a number: 150018, 180004. */
  readonly version: number;
  readonly address: PostgresAddress;
  /** Asks the server to end the statement that it is at. */
  cancel(): Promise<void>;
  /** Ends the connection: what was not committed is taken back. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** How long another writer is waited for. */
  readonly busyTimeoutSeconds: number;
  /** Ends what waits for the server; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
  /** Told the text of every statement just before it is sent. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/** Connects, logs in, and sets the session up. @throws RunStop with a sentence when that cannot be done */
export async function connect(address: PostgresAddress, options: ConnectOptions): Promise<PostgresConnection> {
  const client = new Client(settingsFor(address));
  // What is waited for hears of it too; without a listener it would end the process.
  client.on("error", () => {});
  await client.connect();
  const session = new PgConnection(client, address, options);
  await session.begin();
  return session;
}

function settingsFor(address: PostgresAddress): ConstructorParameters<typeof Client>[0] {
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: async () => await address.password() ?? "",
    application_name: "csvrecon",
    options: "-c client_encoding=UTF8",
    client_encoding: "UTF8",
    replication: "false",
    sslnegotiation: "postgres",
    ssl: false,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    connectionTimeoutMillis: 9000,
    pipeline: true,
    types: COLUMN_TYPES,
  };
}

class PgConnection implements PostgresConnection {
  readonly #names = new StatementNames();
  #version = 0;

  constructor(
    private readonly client: Client,
    readonly address: PostgresAddress,
    private readonly options: ConnectOptions,
  ) {}

  get version(): number {
    return this.#version;
  }

  async begin(): Promise<void> {
    const [row] = await this.rows("SELECT current_setting('server_version_num')::int");
    this.#version = Number(row?.[0]);
    await this.execute(`SET lock_timeout = ${Math.round(this.options.busyTimeoutSeconds * 1000)}`);
  }

  async rows(sql: string, values: readonly PostgresValue[] = []): Promise<readonly PostgresRow[]> {
    return (await this.#query(sql, values)).rows as readonly PostgresRow[];
  }

  async run(sql: string, values: readonly PostgresValue[] = []): Promise<number> {
    return (await this.#query(sql, values)).rowCount ?? 0;
  }

  async execute(sql: string): Promise<void> {
    this.options.onStatement?.(sql);
    try {
      await this.client.query(sql);
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  }

  async #query(sql: string, values: readonly PostgresValue[]): Promise<Result> {
    this.options.onStatement?.(sql);
    try {
      return await this.client.query({ name: this.#names.of(sql), text: sql, values, rowMode: "array" });
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  }

  async cancel(): Promise<void> {}

  async close(): Promise<void> {
    await this.client.end();
  }
}
