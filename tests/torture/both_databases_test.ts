/** A PostgreSQL server comes to the same as a file of SQLite: reports, objects, ids and change log of random files into random models. */
import { readModel } from "../../lib/model/file/read_model.ts";
import type { PostgresAddress } from "../../lib/server_address/postgres_address.ts";
import { serverName, storedAtServer, storedInFile, toldBy } from "../helpers/both_databases.ts";
import { withDatabase } from "../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";
import type { EntangledFile } from "./entangled_file.ts";
import { entangledModel } from "./entangled_model.ts";
import { firstFiles } from "./entangled_world.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory } from "./tried_import.ts";
import { wildFile } from "./wild_file.ts";

/** Into each model. */
const FILES = 10;

torture({
  name: "both_databases",
  title: "random files into random models whose objects hang together: a server comes to the same as a file",
  unit: "files",
  short: 3,
  long: 40,
  async run(trial) {
    const [release] = POSTGRES_RELEASES;
    if (release === undefined) return trial.leftOut("PostgreSQL");
    for (let number = 0; number < trial.amount; number++) {
      await withScratch((scratch) =>
        withDatabase(
          release,
          (address) => tryModel(trial, trial.random.part(number), new Laboratory(scratch), address, `model ${number}`),
        )
      );
    }
  },
});

async function tryModel(
  trial: Trial,
  random: Random,
  lab: Laboratory,
  address: PostgresAddress,
  name: string,
): Promise<void> {
  const model = entangledModel(random);
  const reading = readModel(JSON.stringify(model));
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  const count = random.chance(0.03) ? 550 : random.int(4, 9);
  await lab.init(model);
  const [file, server] = [lab.copy("work.db"), serverName(address)];
  const args = [`--model=${lab.scratch.path("m")}`, "--admin_user=admin", "--admin_pwd=admin"];
  assertExit(await lab.scratch.run(["init", `--db=${server}`, ...args]), 0);
  const files = [
    ...firstFiles(random, count),
    ...Array.from({ length: FILES }, () => wildFile(reading.model, random, count)),
  ];
  for (const [index, one] of files.entries()) {
    trial.tried();
    const difference = await differenceOf(lab, one, { file, server, address });
    if (difference === null) continue;
    trial.lost(`${name}, file ${index}: ${difference}\n${JSON.stringify(one)}`);
    return;
  }
}

interface BothDatabases {
  readonly file: string;
  readonly server: string;
  readonly address: PostgresAddress;
}

/** Null: there is none. */
async function differenceOf(
  lab: Laboratory,
  { class: code, csv, params }: EntangledFile,
  { file, server, address }: BothDatabases,
): Promise<string | null> {
  const expected = toldBy(await lab.run(file, code, csv, params), file);
  const found = toldBy(await lab.run(server, code, csv, params), server);
  const stored = (rows: readonly string[], name: string) => rows.map((row) => row.replaceAll(name, "DATABASE"));
  return firstDifference(expected, found) ??
    firstDifference(stored(storedInFile(file), file), stored(await storedAtServer(address), server));
}

function firstDifference(expected: readonly string[], found: readonly string[]): string | null {
  const length = Math.max(expected.length, found.length);
  for (let at = 0; at < length; at++) {
    if (expected[at] !== found[at]) return `\nfile:   ${expected[at]}\nserver: ${found[at]}`;
  }
  return null;
}
