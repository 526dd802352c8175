/** The database that every golden case starts from: fixtures/world, loaded by the administrator that `init` makes. */
import { DatabaseSync } from "node:sqlite";
import { fillWorld } from "./fill_world.ts";
import { type Scratch, withScratch } from "./scratch.ts";
import { serverInUse } from "./server_in_use.ts";

/** Names a file with the world, which was made for many processes. */
const FILE = "CSVRECON_WORLD_OF_TESTS";

let world: Promise<Uint8Array> | undefined;

/** Writes a fresh copy of the world into a scratch folder. @returns the copy's path, or its address at the server that is in use */
export async function copyWorld(scratch: Scratch, name = "world.db"): Promise<string> {
  const release = serverInUse();
  if (release !== null) return await (await import("./world_at_server.ts")).copyWorldAtServer(scratch, release);
  return scratch.write(name, await worldBytes());
}

/** The database as a file, made at the first call only. */
export async function worldBytes(): Promise<Uint8Array> {
  const file = Deno.env.get(FILE);
  world ??= file === undefined ? withScratch(makeWorld) : Deno.readFile(file);
  return await world;
}

async function makeWorld(scratch: Scratch): Promise<Uint8Array> {
  const database = scratch.path("world.db");
  await fillWorld(scratch, database);
  return wholeFile(database);
}

/** The bytes of a database without a write-ahead log beside it. */
export function wholeFile(path: string): Uint8Array {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return Deno.readFileSync(path);
}
