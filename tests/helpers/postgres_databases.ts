/** What a test has for itself of the server that all tests of its process share. */
import { connect, type ConnectOptions, type PostgresConnection } from "../../lib/databases/postgres/connection.ts";
import type { PostgresAddress } from "../../lib/server_address/postgres_address.ts";
import type { PostgresRelease } from "./postgres_release.ts";
import { type PostgresServer, ROLE_PASSWORD, ROLES, startServer } from "./postgres_server.ts";

const servers = new Map<PostgresRelease, Promise<PostgresServer>>();

/** The server of this process. Nobody may stop it, but who starts it again. */
export function sharedServer(release: PostgresRelease): Promise<PostgresServer> {
  const started = servers.get(release) ?? startShared(release);
  servers.set(release, started);
  return started;
}

/** Has all tests of this process that want the release use a server that somebody else has started. */
export function shareServer(release: PostgresRelease, server: PostgresServer): void {
  servers.set(release, Promise.resolve(server));
}

async function startShared(release: PostgresRelease): Promise<PostgresServer> {
  const server = await startServer(release, []);
  await makeRoles(server);
  return server;
}

/** Makes the roles that have a password. */
export async function makeRoles(server: PostgresServer): Promise<void> {
  await administer(server, ROLES.map((role) => `CREATE ROLE ${role} LOGIN PASSWORD '${ROLE_PASSWORD}'`));
}

/** Executes statements as the superuser, each in a transaction of its own. */
export async function administer(server: PostgresServer, statements: readonly string[]): Promise<void> {
  await withConnection(server.address(), async (connection) => {
    for (const statement of statements) await connection.execute(statement);
  });
}

/** Connects, and closes when the work is done. */
export async function withConnection<T>(
  address: PostgresAddress,
  use: (connection: PostgresConnection) => Promise<T>,
  options: Partial<ConnectOptions> = {},
): Promise<T> {
  const connection = await connect(address, { busyTimeoutSeconds: 5, ...options });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

let made = 0;

/** A name that no other test has. */
function newName(prefix: string): string {
  return `${prefix}_${++made}`;
}

/** The name of a schema that nobody has made, in a database that other tests share: a millisecond. */
export async function withSchema<T>(
  release: PostgresRelease,
  use: (address: PostgresAddress, server: PostgresServer) => Promise<T>,
): Promise<T> {
  const server = await sharedServer(release);
  const schema = newName("schema");
  try {
    return await use(server.address({ schema }), server);
  } finally {
    await administer(server, [`DROP SCHEMA IF EXISTS ${schema} CASCADE`]);
  }
}

/**
 * A whole database: a tenth of a second.
 * @param template one to copy, which nobody is connected with
 */
export async function withDatabase<T>(
  release: PostgresRelease,
  use: (address: PostgresAddress, server: PostgresServer) => Promise<T>,
  template = "template1",
): Promise<T> {
  const server = await sharedServer(release);
  const database = await createDatabase(server, template);
  try {
    return await use(server.address({ database }), server);
  } finally {
    await dropDatabase(server, database);
  }
}

/** @returns its name */
export async function createDatabase(server: PostgresServer, template: string): Promise<string> {
  const database = newName("database");
  await administer(server, [`CREATE DATABASE ${database} TEMPLATE ${template}`]);
  return database;
}

export function dropDatabase(server: PostgresServer, database: string): Promise<void> {
  return administer(server, [`DROP DATABASE ${database} WITH (FORCE)`]);
}
