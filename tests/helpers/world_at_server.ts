/** The world of the golden cases at a server, and copies of it. */
import { assert } from "@std/assert";
import type { Engine } from "../../lib/server_address/postgres_address.ts";
import { serverName } from "./both_databases.ts";
import { administer, createDatabase, dropDatabase, sharedServer } from "./postgres_databases.ts";
import type { PostgresRelease } from "./postgres_release.ts";
import { assertExit, type Scratch, withScratch } from "./scratch.ts";
import { isAtServer, isPortableInUse, serverInUse } from "./server_in_use.ts";
import { fillWorld } from "./fill_world.ts";

const made: Readonly<Record<Engine, Map<PostgresRelease, Promise<string>>>> = {
  postgres: new Map(),
  portable: new Map(),
};

/** @returns the name of a database that others are copied from */
export function worldAtServer(release: PostgresRelease, engine: Engine = "postgres"): Promise<string> {
  const world = made[engine].get(release) ?? make(release, engine);
  made[engine].set(release, world);
  return world;
}

async function make(release: PostgresRelease, engine: Engine): Promise<string> {
  const server = await sharedServer(release);
  const database = `world_of_${engine}`;
  await administer(server, [`CREATE DATABASE ${database}`]);
  const name = `${serverName(server.address({ database }))}&engine=${engine}`;
  await withScratch(async (scratch) => {
    await fillWorld(scratch, name);
    // Its runs make none.
    if (engine === "portable") assertExit(await scratch.run(["index", `--db=${name}`]), 0);
  });
  return database;
}

/** What the only database is made for. */
export function engineInUse(): Engine {
  return isPortableInUse() ? "portable" : "postgres";
}

/** Makes a database anew as a copy of another one, each by its name or its address. @param from null: of the world */
export async function copyDatabase(from: string | null, to: string): Promise<void> {
  const release = serverInUse();
  assert(release !== null, "no server is in use");
  const template = from === null ? await worldAtServer(release, engineInUse()) : nameIn(from);
  await administer(await sharedServer(release), [
    `DROP DATABASE IF EXISTS ${nameIn(to)} WITH (FORCE)`,
    `CREATE DATABASE ${nameIn(to)} TEMPLATE ${template}`,
    // A copy has no settings of its database.
    ...isPortableInUse() ? [`ALTER DATABASE ${nameIn(to)} SET default_transaction_isolation = 'serializable'`] : [],
  ]);
}

function nameIn(database: string): string {
  // Of a Unix socket's address no URL can be made: it has no host.
  return isAtServer(database) ? /^postgres:\/\/[^/]*\/([^?]*)/.exec(database)?.[1] ?? database : database;
}

/** By the folder of the test that has it. */
const copies = new Map<string, string[]>();

/** A copy that lasts as long as the folder of its test, or a little longer. @returns its address */
export async function copyWorldAtServer({ folder }: Scratch, release: PostgresRelease): Promise<string> {
  const world = await worldAtServer(release);
  const server = await sharedServer(release);
  for (const [other, databases] of copies) {
    if (isThere(other)) continue;
    for (const database of databases) await dropDatabase(server, database);
    copies.delete(other);
  }
  const database = await createDatabase(server, world);
  copies.set(folder, [...copies.get(folder) ?? [], database]);
  return serverName(server.address({ database }));
}

function isThere(folder: string): boolean {
  try {
    Deno.lstatSync(folder);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
