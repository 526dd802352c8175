/** What ends a run at a server: why nobody was let in, what cuts a connection, and which refusals are no matter of a row. */
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import { connectFailure, connectionLost, serverStop } from "../../messages/server_connection.ts";
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import type { ConnectFailure, ServerStop } from "../../store/server_trouble.ts";
import { ChangedSchema } from "../../store/changed_schema.ts";
import { TransactionConflict } from "../../store/transaction_conflict.ts";
import { type PostgresError, refusalOf } from "./postgres_error.ts";
import { lackingTls } from "./tls_attempts.ts";

/** The connection is gone, and with it what was not committed. Of a COMMIT nobody knows whether it has been done. */
export class ConnectionLost extends RunStop {
  constructor(address: PostgresAddress, words: string, options?: ErrorOptions) {
    super(EXIT.databaseLocked, [connectionLost(address, words)], options);
    this.name = "ConnectionLost";
  }
}

/** What passes by itself: whoever tries again later may be let in. */
const TEMPORARY: ReadonlySet<ConnectFailure["kind"]> = new Set([
  "refused",
  "socket_missing",
  "names_unanswered",
  "timed_out",
  "too_many",
  "starting",
  "other",
]);

export function connectStop(address: PostgresAddress, failure: ConnectFailure, cause?: unknown): RunStop {
  const exitCode = TEMPORARY.has(failure.kind) ? EXIT.databaseLocked : EXIT.databaseNotUsable;
  return new RunStop(exitCode, [connectFailure(address, failure)], { cause });
}

/** By the code that the system or the server tells. */
const FAILURES: ReadonlyMap<string, ConnectFailure> = new Map<string, ConnectFailure>([
  ["ECONNREFUSED", { kind: "refused" }],
  ["ENOENT", { kind: "socket_missing" }],
  ["ENOTFOUND", { kind: "host_unknown" }],
  ["EAI_AGAIN", { kind: "names_unanswered" }],
  ["3D000", { kind: "database_missing" }],
  ["53300", { kind: "too_many" }],
  ["57P03", { kind: "starting" }],
]);

const NO_TLS = "The server does not support SSL connections";
const TIMED_OUT = /^timeout expired$|ETIMEDOUT/;
/** What `pg` says when there is nothing to answer a server with that wants a password. */
const NO_PASSWORD = /client password must be a (?:non-empty )?string/;
const OF_CERTIFICATES = /certificate|altnames|CertificateRequired/i;

/** @param error what the client has thrown @param took after how many milliseconds */
export function failureOf(error: unknown, address: PostgresAddress, took: number): ConnectFailure {
  const refusal = refusalOf(error);
  const code = refusal?.sqlstate ?? codeOf(error);
  const known = FAILURES.get(code);
  if (known !== undefined) return known;
  const words = error instanceof Error ? error.message : String(error);
  if (code.startsWith("28")) return { kind: "login_refused", words, lacksTls: lackingTls(address) };
  if (refusal !== null) return { kind: "other", words };
  if (NO_PASSWORD.test(words)) return { kind: "no_password" };
  if (words === NO_TLS) return { kind: "no_tls" };
  const seconds = address.connectTimeoutSeconds;
  // With Deno 2.4 the end of the connection is told first, and then why.
  if (TIMED_OUT.test(words) || (took >= seconds * 1000 && OF_CONNECTION.test(words))) {
    return { kind: "timed_out", seconds };
  }
  if (OF_CERTIFICATES.test(words)) return { kind: "certificate", words };
  return { kind: "other", words };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

type StopOf = (error: PostgresError, busyTimeoutSeconds: number) => readonly [RunStop["exitCode"], ServerStop];

const words = (kind: Extract<ServerStop, { readonly words: string }>["kind"], code: RunStop["exitCode"]): StopOf =>
(
  { message },
) => [code, { kind, words: message }];

/** The server has taken the transaction back: others were in its way. */
const CONFLICT = "40001";

/** By SQLSTATE, or by its first two characters. */
const STOPS: ReadonlyMap<string, StopOf> = new Map<string, StopOf>([
  ["55P03", (_, seconds) => [EXIT.databaseLocked, { kind: "locked", seconds }]],
  [CONFLICT, ({ message }) => [EXIT.databaseLocked, { kind: "conflict", words: message }]],
  ["40P01", () => [EXIT.databaseLocked, { kind: "deadlock" }]],
  ["57014", () => [EXIT.databaseLocked, { kind: "cancelled" }]],
  ["53100", words("disk_full", EXIT.databaseNotWritable)],
  ["53", words("out_of_memory", EXIT.databaseNotWritable)],
  ["58", words("system", EXIT.databaseNotWritable)],
  ["25006", words("read_only", EXIT.databaseNotWritable)],
  ["42501", words("not_allowed", EXIT.databaseNotWritable)],
  ["XX001", words("damaged", EXIT.databaseNotUsable)],
  ["XX002", words("damaged", EXIT.databaseNotUsable)],
]);

/** A table, a column, a function, something else or a unique index is not there, or is of another type. */
const OF_SCHEMA: ReadonlySet<string> = new Set(["42P01", "42703", "42883", "42704", "42P10", "42804", "42809"]);

/**
 * The server ends the connection: it stops, or was told to, or the session has waited too long for its taste. 40003: it cannot tell whether
 * it has committed, which is as if the connection were lost.
 */
const CUT = /^(?:08...|57P0[1-5]|25P0[34]|40003)$/;

/**
 * What becomes of what the client throws while it is connected: a `PostgresError` where the server refuses what a statement says, a
 * `RunStop` where nothing else can be done, and any other error as it is, because it is a bug.
 */
export function translated(error: unknown, address: PostgresAddress, busyTimeoutSeconds: number): unknown {
  if (error instanceof RunStop) return error;
  const refusal = refusalOf(error);
  if (refusal === null) {
    return isOfConnection(error) ? new ConnectionLost(address, messageOf(error), { cause: error }) : error;
  }
  if (CUT.test(refusal.sqlstate)) return new ConnectionLost(address, refusal.message, { cause: error });
  if (OF_SCHEMA.has(refusal.sqlstate)) return new ChangedSchema(address.name, refusal);
  const stop = STOPS.get(refusal.sqlstate) ?? STOPS.get(refusal.sqlstate.slice(0, 2));
  if (stop === undefined) return refusal;
  const [exitCode, facts] = stop(refusal, busyTimeoutSeconds);
  const message: StopMessage = serverStop(address, facts);
  const Stop = refusal.sqlstate === CONFLICT ? TransactionConflict : RunStop;
  return new Stop(exitCode, [message], { cause: refusal });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What `pg` says of a connection that is no more. */
const OF_CONNECTION = /^Connection terminated|is not queryable$|^Client was closed/;

/** Codes of the system, and of streams that are closed. */
const CODES_OF_CONNECTION = /^(?:E(?!RR_)|ERR_STREAM_|ERR_SOCKET_)/;

function isOfConnection(error: unknown): boolean {
  return CODES_OF_CONNECTION.test(codeOf(error)) || OF_CONNECTION.test(messageOf(error)) ||
    error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.UnexpectedEof;
}
