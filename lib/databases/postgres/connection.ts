/** One connection to a PostgreSQL server. This file alone imports `pg`, whose queries are pipelined: who waits for none sends on. */
import Client, { type Result } from "pg/client";
import { RunStop } from "../../errors.ts";
import { interruptible } from "../../interruption.ts";
import { lostBecause } from "../../messages/server_connection.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import { withPasswordAskedOnce } from "./asked_password.ts";
import type { CutReason } from "../../store/server_trouble.ts";
import { sentValue } from "./array_literal.ts";
import { requestCancel } from "./cancel_request.ts";
import { clientOptions } from "./client_options.ts";
import { closeClient } from "./close_client.ts";
import { ConnectionLost, connectStop, failureOf, translated } from "./connection_stops.ts";
import { ConnectionWatch } from "./connection_watch.ts";
import type { ConnectOptions, PostgresConnection, PostgresRow, PostgresValue } from "./postgres_connection.ts";
import { AFTER_FAILURE, PostgresError, refusalOf } from "./postgres_error.ts";
import { isOtherServer } from "./other_servers.ts";
import { OLDEST_VERSION, SESSION_FACTS, sessionStatements } from "./session_settings.ts";
import { NotLetIn, sessionWitness, type WitnessConnection } from "./session_witness.ts";
import { isShared, OWN_PROCESS } from "./shared_session.ts";
import { StatementNames } from "./statement_names.ts";
import { type TlsAttempt, tlsAttempts } from "./tls_attempts.ts";

export type { ConnectOptions, PostgresConnection, PostgresRow, PostgresValue } from "./postgres_connection.ts";
export { ConnectionLost } from "./connection_stops.ts";
export { PostgresError } from "./postgres_error.ts";
export { LOOK_UP_PLANS } from "./session_settings.ts";

/** What a server says to who comes with TLS and may only come without it, or the other way round. */
const NOT_SO = "28000";

/** Connects, logs in, and sets the session up. @throws RunStop 75 or 78 with a sentence when that cannot be done */
export async function connect(address: PostgresAddress, options: ConnectOptions): Promise<PostgresConnection> {
  const end = performance.now() + address.connectTimeoutSeconds * 1000;
  const asked = withPasswordAskedOnce(address);
  const { client, tls } = await openAsWanted(asked, options.interruption);
  const connection = new PgConnection(client, asked, tls, options);
  // Nobody watches it yet.
  const timer = setTimeout(() => client.connection.stream.destroy(), Math.max(0, end - performance.now()));
  try {
    await connection.begin();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface Opened {
  readonly client: Client;
  readonly tls: TlsAttempt;
}

/** Tries what the address allows, one after the other. */
async function openAsWanted(address: PostgresAddress, interruption: AbortSignal | undefined): Promise<Opened> {
  const attempts = tlsAttempts(address);
  for (const [index, tls] of attempts.entries()) {
    const client = newClient(address, tls, address.connectTimeoutSeconds * 1000);
    const begin = performance.now();
    try {
      await interruptible(() => client.connect(), interruption);
      return { client, tls };
    } catch (error) {
      client.connection.stream.destroy();
      interruption?.throwIfAborted();
      if (error instanceof RunStop) throw error;
      const failure = failureOf(error, address, performance.now() - begin);
      const mayTryNext = failure.kind === "no_tls" || refusalOf(error)?.sqlstate === NOT_SO;
      if (!mayTryNext || index === attempts.length - 1) throw connectStop(address, failure, error);
    }
  }
  throw new Error("an address allows no way to connect");
}

function newClient(address: PostgresAddress, tls: TlsAttempt, connectTimeout: number): Client {
  const client = new Client(clientOptions(address, tls, connectTimeout));
  // Who waits for an answer hears of it; if nobody listened here, it would end the process.
  client.on("error", () => {});
  return client;
}

class PgConnection implements PostgresConnection {
  readonly #names = new StatementNames();
  #watch: ConnectionWatch | null = null;
  /** How many statements are under way that an interruption is to end. */
  #endable = 0;
  /** Why the watch has ended the connection. */
  #cut: CutReason | null = null;
  /** What has ended the transaction for good, until something succeeds again: statements sent behind it are told no more than that it failed. */
  #ended: RunStop | null = null;
  #facts = { version: 0, processId: 0, isOther: false };
  roundTrip = Infinity;

  constructor(
    private readonly client: Client,
    readonly address: PostgresAddress,
    private readonly tls: TlsAttempt,
    private readonly options: ConnectOptions,
  ) {}

  get version(): number {
    return this.#facts.version;
  }

  get isOther(): boolean {
    return this.#facts.isOther;
  }

  get processId(): number {
    return this.#facts.processId;
  }

  async begin(): Promise<void> {
    const [version, processId, words] = await this.#first(SESSION_FACTS);
    const isOther = isOtherServer(this.address, String(words));
    this.#facts = { version: Number(version), processId: Number(processId), isOther };
    if (!isOther && await this.#isShared()) throw connectStop(this.address, { kind: "shared_session" });
    if (!isOther && this.version < OLDEST_VERSION) {
      throw connectStop(this.address, { kind: "too_old", version: this.version, oldest: OLDEST_VERSION });
    }
    const { wishes, needed } = sessionStatements({ ...this.#facts, ...this.options, schema: this.address.schema });
    await Promise.all([
      ...wishes.map((sql) => this.client.query(sql).catch(() => {})),
      ...needed.map((sql) => this.#sent(() => this.client.query(sql))),
    ]);
    this.#beginWatch();
    this.options.interruption?.addEventListener("abort", this.#onInterruption);
  }

  readonly #openBeside = (within: number): Promise<WitnessConnection> => openWitness(this.address, this.tls, within);

  /** The first row of a query that leaves no statement behind in a session that may be somebody else's. */
  async #first(text: string): Promise<PostgresRow> {
    return (await this.#sent(() => this.client.query({ text, rowMode: "array" }))).rows[0] as PostgresRow ?? [];
  }

  /** Poolers have numbers of their own. */
  async #isShared(): Promise<boolean> {
    if (this.client.processID === this.processId) return false;
    return await isShared(this.processId, async () => (await this.#first(OWN_PROCESS))[0], this.#openBeside);
  }

  #beginWatch(): void {
    const { stream } = this.client.connection;
    const cut = (reason: CutReason) => {
      this.#cut = reason;
      stream.destroy();
    };
    const witness = sessionWitness(this.isOther ? null : this.processId, this.#openBeside);
    const watch = new ConnectionWatch(witness, cut, this.options.watchTimes);
    stream.on("data", () => watch.heard());
    this.#watch = watch;
  }

  async rows(sql: string, values: readonly PostgresValue[] = []): Promise<readonly PostgresRow[]> {
    // What `COLUMN_TYPES` makes of texts.
    return (await this.#query(sql, values)).rows as readonly PostgresRow[];
  }

  async run(sql: string, values: readonly PostgresValue[] = []): Promise<number> {
    return (await this.#query(sql, values)).rowCount ?? 0;
  }

  async execute(sql: string): Promise<void> {
    this.options.onStatement?.(sql);
    await this.#sent(() => this.client.query(sql));
  }

  #query(text: string, values: readonly PostgresValue[]): Promise<Result> {
    const { interruption, onStatement } = this.options;
    interruption?.throwIfAborted();
    onStatement?.(text);
    const name = this.#names.of(text, this.#forget);
    const query = { name, text, values: values.map(sentValue), rowMode: "array" } as const;
    // What nobody waits for any more may still fail.
    return interruptible(() => this.#sentEndable(() => this.client.query(query)), interruption);
  }

  async #sentEndable<T>(send: () => Promise<T>): Promise<T> {
    this.#endable++;
    try {
      return await this.#sent(send);
    } finally {
      this.#endable--;
    }
  }

  readonly #forget = (name: string): void => {
    delete this.client.connection.parsedStatements[name];
    // In a transaction that has failed it stays, and does no harm.
    this.client.query(`DEALLOCATE ${name}`).catch(() => {});
  };

  async #sent<T>(send: () => Promise<T>): Promise<T> {
    this.#watch?.sent();
    const begin = performance.now();
    try {
      const answer = await send();
      this.roundTrip = Math.min(this.roundTrip, performance.now() - begin);
      this.#ended = null;
      return answer;
    } catch (error) {
      if (this.#cut !== null) throw new ConnectionLost(this.address, lostBecause(this.#cut), { cause: error });
      throw this.#reasonOf(translated(error, this.address, this.options.busyTimeoutSeconds));
    } finally {
      this.#watch?.settled();
    }
  }

  /** Answers come in the order of the statements: of those sent together who waits for the last one only is told why, too. */
  #reasonOf(failure: unknown): unknown {
    if (failure instanceof RunStop) this.#ended = failure;
    return failure instanceof PostgresError && failure.sqlstate === AFTER_FAILURE ? this.#ended ?? failure : failure;
  }

  /** What the server is at then is of no use. That it cannot be told so, its connection tells. */
  readonly #onInterruption = (): void => {
    if (this.#endable > 0) this.cancel().catch(() => {});
  };

  async cancel(): Promise<void> {
    const { processID, secretKey } = this.client;
    if (processID === null || secretKey === null) return;
    await requestCancel(this.address, { processId: processID, secretKey });
  }

  async close(): Promise<void> {
    this.options.interruption?.removeEventListener("abort", this.#onInterruption);
    this.#watch?.close();
    await closeClient(this.client);
  }
}

/** A server that is there may let nobody else in, because so many are there already. */
async function openWitness(address: PostgresAddress, tls: TlsAttempt, within: number): Promise<WitnessConnection> {
  const client = newClient(address, tls, within);
  try {
    await client.connect();
  } catch (error) {
    client.connection.stream.destroy();
    const { kind } = failureOf(error, address, 0);
    throw kind === "too_many" || kind === "login_refused" || kind === "no_password" ? new NotLetIn() : error;
  }
  return {
    firstValue: async (sql) => (await client.query({ text: sql, rowMode: "array" })).rows[0]?.[0],
    close: () => void client.connection.stream.destroy(),
  };
}
