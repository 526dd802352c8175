/** Which database of which server is meant, and how it is reached. */

/** What of TLS is asked for, with the meanings of libpq (https://www.postgresql.org/docs/current/libpq-ssl.html). */
export const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;

export type SslMode = typeof SSL_MODES[number];

/** How a server is used: with all that PostgreSQL has, or with what all servers have that speak its protocol. */
export const ENGINES = ["postgres", "portable"] as const;

export type Engine = typeof ENGINES[number];

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
  /** Left out: a new schema is made as the server tells who it is, and any other is used as it was made. */
  readonly engine?: Engine;
  readonly sslMode: SslMode;
  /** Certificates in PEM, of which one must have signed the server's; null: those that the runtime trusts. */
  readonly rootCertificates: string | null;
  /** How long the server may take to let somebody in. */
  readonly connectTimeoutSeconds: number;
  /** Asked for when a connection begins; null: none is known. @throws RunStop 78 when what should have it cannot be used */
  readonly password: () => Promise<string | null>;
}

/** Whether the value of a parameter for a database names a server. */
export function namesServer(database: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(database);
}

/** What stands before the `//` of an address that is none of PostgreSQL, such as `mysql:`; null: it is one, or a path. */
export function otherScheme(database: string): string | null {
  // One letter alone is a drive of Windows.
  return namesServer(database) ? null : /^((?:[a-z][a-z0-9+.-]+:)+)\/\//i.exec(database)?.[1] ?? null;
}

/** Whether a server is reached over a socket of its machine. */
export function isSocket({ host }: Pick<PostgresAddress, "host">): boolean {
  return host.startsWith("/");
}
