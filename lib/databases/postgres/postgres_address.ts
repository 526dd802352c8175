/** Which database of which server is meant, and how it is reached. */

/** What of TLS is asked for, with the meanings of libpq (https://www.postgresql.org/docs/current/libpq-ssl.html). */
export type SslMode = "disable" | "allow" | "prefer" | "require" | "verify-ca" | "verify-full";

export interface PostgresAddress {
  /** As messages name it: it has no password. */
  readonly name: string;
  /** A name, an IP address, or the folder of a Unix socket, which begins with a slash. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Where our tables are. */
  readonly schema: string;
  readonly sslMode: SslMode;
  /** The file with the certificates that are trusted; null: those that the runtime trusts. */
  readonly rootCertificate: string | null;
  /** Asked for when the server wants one; null: none is known. */
  readonly password: () => Promise<string | null>;
}
