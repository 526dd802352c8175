/** The database that every golden case starts from: fixtures/world, loaded by the administrator that `init` makes. */
import { DatabaseSync } from "node:sqlite";
import { fixturePath, readFixture } from "./fixtures.ts";
import { ADMIN } from "./golden_case.ts";
import { assertExit, type Scratch, withScratch } from "./scratch.ts";

/** Names a file with the world, which was made for many processes. */
const FILE = "CSVRECON_WORLD_OF_TESTS";

let world: Promise<Uint8Array> | undefined;

/** Writes a fresh copy of the world into a scratch folder. @returns the copy's path */
export async function copyWorld(scratch: Scratch, name = "world.db"): Promise<string> {
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
  assertExit(await scratch.run(["init", `--db=${database}`, `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`]), 0);
  const steps = JSON.parse(readFixture("world", "world.json")) as Record<string, string>[];
  for (const step of steps) {
    const parameters = Object.entries(step).map(([name, value]) => `--${name}=${value}`);
    const args = [...parameters, `--db=${database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
    assertExit(await scratch.run(args, { folder: fixturePath("world") }), 0);
  }
  return wholeFile(database);
}

/** The bytes of a database without a write-ahead log beside it. */
export function wholeFile(path: string): Uint8Array {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return Deno.readFileSync(path);
}
