/** What is tried to connect as an address wants it, in this order (https://www.postgresql.org/docs/current/libpq-ssl.html). */
import { EXIT, RunStop } from "../../errors.ts";
import { connectFailure } from "../../messages/server_connection.ts";
import { isSince, type Release } from "../../runtime_release.ts";
import { isSocket, type PostgresAddress } from "../../server_address/postgres_address.ts";
import type { LackingTls } from "../../store/server_trouble.ts";

/** Options of `node:tls`. */
export interface TlsOptions {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  /** Takes every name; left out: the certificate must be for the host. */
  readonly checkServerIdentity?: () => undefined;
}

/** False: without TLS. */
export type TlsAttempt = TlsOptions | false;

/** With older ones a connection is made, and then nothing comes. */
const FIRST_WITH_TLS: Release = [2, 5];

/** @throws RunStop 78 when there must be TLS, and this runtime has none */
export function tlsAttempts(address: PostgresAddress, runtime = Deno.version.deno): readonly TlsAttempt[] {
  if (isSocket(address) || address.sslMode === "disable") return [false];
  const lacking = lackingTls(address, runtime);
  const isOptional = address.sslMode === "allow" || address.sslMode === "prefer";
  if (lacking !== null) {
    if (isOptional) return [false];
    throw new RunStop(EXIT.databaseNotUsable, [connectFailure(address, { kind: "tls_not_here", ...lacking })]);
  }
  const tls = tlsOptions(address);
  if (address.sslMode === "allow") return [false, tls];
  return isOptional ? [tls, false] : [tls];
}

/** What keeps this runtime from TLS that an address asks for, or would like; null: nothing. */
export function lackingTls(address: PostgresAddress, runtime = Deno.version.deno): LackingTls | null {
  if (isSocket(address) || address.sslMode === "disable" || isSince(FIRST_WITH_TLS, runtime)) return null;
  return { runtime, needed: FIRST_WITH_TLS.join(".") };
}

function tlsOptions({ sslMode, rootCertificates }: PostgresAddress): TlsOptions {
  if (sslMode !== "verify-ca" && sslMode !== "verify-full") return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...rootCertificates === null ? {} : { ca: rootCertificates },
    ...sslMode === "verify-ca" ? { checkServerIdentity: () => undefined } : {},
  };
}
