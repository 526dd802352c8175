/**
 * Rows are worked in groups, but each as if it went by itself. Here the engine that goes row by row is the oracle: the same files, loaded
 * into copies of the same database in groups of 1, 2, 7 and 512, must leave the same reports, objects, ids and change log.
 */
import { readModel } from "../../lib/model/file/read_model.ts";
import type { ProgramRun } from "../helpers/scratch.ts";
import { withScratch } from "../helpers/scratch.ts";
import { firstDifference, toldAndStored } from "../helpers/row_groups.ts";
import { wholeFile } from "../helpers/world.ts";
import type { EntangledFile } from "./entangled_file.ts";
import { entangledModel } from "./entangled_model.ts";
import { firstFiles } from "./entangled_world.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory } from "./tried_import.ts";
import { wildFile } from "./wild_file.ts";

const GROUPS = [1, 2, 7, 512] as const;
/** Into each model. */
const FILES = 8;

torture({
  name: "row_groups",
  title: "random files into random models whose objects hang together: groups of 1, 2, 7 and 512 rows do the same",
  unit: "models",
  short: 5,
  long: 1000,
  run: (trial) => withScratch((scratch) => tryModels(trial, new Laboratory(scratch))),
});

async function tryModels(trial: Trial, lab: Laboratory): Promise<void> {
  for (let number = 0; number < trial.amount; number++) {
    const random = trial.random.part(number);
    const file = entangledModel(random);
    const reading = readModel(JSON.stringify(file));
    if (!reading.ok) throw new Error(JSON.stringify(reading));
    const count = random.chance(0.03) ? 550 : random.int(4, 9);
    await lab.init(file);
    const database = lab.copy("first.db");
    for (const { class: code, csv, params } of firstFiles(random, count)) await lab.run(database, code, csv, params);
    lab.keep(database);
    trial.tried();
    for (let index = 0; index < FILES; index++) {
      if (!await isSameInGroups(trial, lab, wildFile(reading.model, random, count), `model ${number}, file ${index}`)) {
        break;
      }
    }
  }
}

/** What the first group size leaves is what the next file finds. */
async function isSameInGroups(trial: Trial, lab: Laboratory, file: EntangledFile, name: string): Promise<boolean> {
  let expected: string | null = null;
  let kept = "";
  for (const rowsTogether of GROUPS) {
    const database = lab.copy("work.db");
    const run = await lab.run(database, file.class, file.csv, file.params, { rowsTogether });
    const found = toldAndStored(run, database);
    if (expected === null) {
      [expected, kept] = [found, lab.scratch.write("kept.db", wholeFile(database))];
      countRows(trial, run);
    } else if (found !== expected) {
      trial.lost(`${name}, in groups of ${rowsTogether}: ${firstDifference(expected, found)}\n${JSON.stringify(file)}`);
      return false;
    }
  }
  lab.keep(kept);
  return true;
}

function countRows(trial: Trial, { exitCode, stdout }: ProgramRun): void {
  trial.count("files");
  if (exitCode > 1) return trial.count(exitCode === 2 ? "taken back" : "refused");
  for (const status of ["created", "updated", "unchanged", "rejected"]) {
    const listed = stdout.split(`"status":"${status}"`).length - 1;
    if (listed > 0) trial.count(`rows ${status}`, listed);
  }
}
