/** What the rest of this room has of a server. */
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import type { WatchTimes } from "./connection_watch.ts";

/** What is bound or answered. Arrays are bound as text[] or int8[], as the statement casts them. */
export type PostgresValue = string | number | null | boolean | readonly (string | number | null)[];

/** A row of a result: values in the order of the columns. */
export type PostgresRow = readonly PostgresValue[];

export interface PostgresConnection {
  /**
   * One statement, prepared under a name of its own when its text comes first. Those that are called without waiting are sent at once, and
   * done in their order; a ROLLBACK TO must not be sent before the answers to all before it have come.
   * @returns rows as arrays, in the order of the columns; whole numbers, floats and booleans as such, everything else as text
   * @throws PostgresError for what the server refuses; RunStop 73, 75 or 78 with a sentence where nothing else can be done, `ConnectionLost`
   * among them; the reason of the interruption; RangeError for an int8 that JavaScript would round
   */
  rows(sql: string, values?: readonly PostgresValue[]): Promise<readonly PostgresRow[]>;
  /** The same of a statement that gives no rows. @returns how many rows were written */
  run(sql: string, values?: readonly PostgresValue[]): Promise<number>;
  /**
   * Statements without values, of which there may be several: all or none of them are done, and with a BEGIN among them those before it are
   * of its transaction too. An interruption ends none of them.
   */
  execute(sql: string): Promise<void>;
  /** The server is none of PostgreSQL, and only speaks its protocol; or nobody is to count on more. */
  readonly isOther: boolean;
  /** Server version as a number: 150018, 180004. */
  readonly version: number;
  /** The least time that an answer took, in milliseconds. */
  readonly roundTrip: number;
  /** Its number at the server. */
  readonly processId: number;
  readonly address: PostgresAddress;
  /** Asks the server to end the statement that it is at. Nobody hears whether it does but who waits for the statement. */
  cancel(): Promise<void>;
  /** Ends the connection: what was not committed is taken back. Nobody waits for long. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** How long another writer is waited for. */
  readonly busyTimeoutSeconds: number;
  /** Ends what waits for the server; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
  /** Told the text of every statement just before it is sent. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** For tests. */
  readonly watchTimes?: WatchTimes | undefined;
}
