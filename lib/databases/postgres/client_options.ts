/** What `pg` is told of a connection. */
import type { PostgresAddress } from "../../server_address/postgres_address.ts";
import { COLUMN_TYPES } from "./column_types.ts";
import type { TlsAttempt } from "./tls_attempts.ts";

/** @param connectTimeout in milliseconds */
// deno-lint-ignore explicit-module-boundary-types -- pg says what it takes
export function clientOptions(address: PostgresAddress, tls: TlsAttempt, connectTimeout: number) {
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: async () => await address.password() ?? "",
    application_name: "csvrecon",
    client_encoding: "UTF8",
    sslnegotiation: "postgres",
    ssl: tls === false ? false : { ...tls },
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    connectionTimeoutMillis: Math.max(1, Math.round(connectTimeout)),
    pipeline: true,
    types: COLUMN_TYPES,
  } as const;
}
