/** Every recorded case once more, at a PostgreSQL server: reports and all that is stored are those of SQLite, ids included. */
import { assertEquals } from "@std/assert";
import type { Engine } from "../lib/server_address/postgres_address.ts";
import { serverName, storedAtServer, storedInFile, toldBy } from "./helpers/both_databases.ts";
import { caseNames, type Collection, type GoldenStep, readCase, stepArguments } from "./helpers/golden_case.ts";
import { administer, withDatabase } from "./helpers/postgres_databases.ts";
import { POSTGRES_ONE_OF, POSTGRES_RELEASES, type PostgresRelease } from "./helpers/postgres_release.ts";
import { describeRun, type Scratch, withScratch } from "./helpers/scratch.ts";
import { copyWorld } from "./helpers/world.ts";
import { worldAtServer } from "./helpers/world_at_server.ts";

const NOW = new Date("2024-02-29T23:30:00Z");

/** Runs of the world itself have dates of their own. */
function withoutWorld(stored: readonly string[]): readonly string[] {
  return stored.filter((row) => !row.startsWith("change: ") || row.includes(NOW.toISOString()));
}

interface Compared {
  readonly release: PostgresRelease;
  readonly engine: Engine;
  readonly collection: Collection;
  readonly name: string;
}

async function compare(scratch: Scratch, { release, engine, collection, name }: Compared) {
  const golden = readCase(collection, name);
  const file = await copyWorld(scratch);
  await withDatabase(release, async (address, own) => {
    const server = serverName(address);
    if (engine === "portable") {
      await administer(own, [`ALTER DATABASE ${address.database} SET default_transaction_isolation = 'serializable'`]);
    }
    const options = { folder: golden.folder, now: NOW };
    const isSame = async (step: GoldenStep, more: readonly string[]) => {
      const expected = await scratch.run([...stepArguments(step, file), ...more], options);
      const run = await scratch.run([...stepArguments(step, server), ...more], options);
      assertEquals(toldBy(run, server), toldBy(expected, file), describeRun(run));
    };
    for (const step of golden.steps) {
      // Whatever it leaves, the run itself would show.
      if (step.params["simulate"] === undefined) await isSame(step, ["--simulate=1"]);
      await isSame(step, []);
    }
    const plain = (row: string) => row.replaceAll(file, "DATABASE").replaceAll(server, "DATABASE");
    const stored = withoutWorld(await storedAtServer(address)).map(plain);
    assertEquals(stored, withoutWorld(storedInFile(file)).map(plain));
  }, await worldAtServer(release, engine));
}

/** Of those that were made with `engine=portable` one of so many is tried. */
const PORTABLE_ONE_OF = 12 * POSTGRES_ONE_OF;

const [release] = POSTGRES_RELEASES;
if (release !== undefined) {
  const test = (engine: Engine, collection: Collection, name: string) => {
    const how = engine === "portable" ? " with engine=portable" : "";
    Deno.test(`${release.name}${how}, golden ${name}`, () =>
      withScratch((scratch) => compare(scratch, { release, engine, collection, name })));
  };
  for (const collection of ["cases", "differs"] as const) {
    for (const [index, name] of caseNames(collection).entries()) {
      if (index % POSTGRES_ONE_OF === 0) test("postgres", collection, name);
      if (index % PORTABLE_ONE_OF === PORTABLE_ONE_OF / 2) test("portable", collection, name);
    }
  }
}
