/**
 * Rows are worked in groups, but each as if it went by itself. Here the engine that goes row by row is the oracle: the same files, loaded
 * into copies of the same database in groups of 1, 2, 7 and 512, must leave the same reports, objects, ids and change log.
 */
import { readModel } from "../../lib/model/file/read_model.ts";
import type { Model } from "../../lib/model/model.ts";
import type { ProgramRun } from "../helpers/scratch.ts";
import { withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { wholeFile } from "../helpers/world.ts";
import { type EntangledFile, entangledFile } from "./entangled_file.ts";
import { ENTANGLED_CLASSES, entangledModel } from "./entangled_model.ts";
import { firstFiles, LIMITED } from "./entangled_world.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory } from "./tried_import.ts";

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
      if (!await isSameInGroups(trial, lab, fileFor(reading.model, random, count), `model ${number}, file ${index}`)) {
        break;
      }
    }
  }
}

/** @param count of objects of a class that are there */
function fileFor(model: Model, random: Random, count: number): EntangledFile {
  const code = random.pick(random.pick([ENTANGLED_CLASSES, ENTANGLED_CLASSES, NODES, NODES, NODES, ACCOUNTS]));
  const rows = count > 500 ? random.int(500, 700) : random.int(2, 20);
  const pool = { model, random, spread: count + 2, mayBeWrong: random.pick([0, 0, 0.03]) };
  const file = entangledFile(pool, code, { rows, disorder: random.pick([0, 0.1, 0.4]) });
  return { ...file, params: { ...file.params, output: outputFor(code, random), ...ways(random) } };
}

const NODES = ["One", "Node"] as const;
const ACCOUNTS = ["UserLocal", "UserLocal", "URP_UserProfile", "URP_UserOrg", "URP_Profiles"] as const;

/** Rows in error come back as they came, passwords and all: that is no format for accounts here, where passwords are looked for. */
function outputFor(modelClass: string, random: Random): string {
  const outputs = ["json", "json", "details", "details", "diff", "errors", "summary"];
  return random.pick(modelClass === "UserLocal" ? outputs : [...outputs, "rejects"]);
}

function ways(random: Random): Readonly<Record<string, string>> {
  const maybe = (probability: number, params: Record<string, string>) => random.chance(probability) ? params : {};
  return {
    ...maybe(0.2, LIMITED),
    ...maybe(0.4, { twins: "last" }),
    ...maybe(0.1, { on_missing: random.pick(["error", "skip"]) }),
    ...maybe(0.1, { on_found: random.pick(["error", "skip"]) }),
    ...maybe(0.4, { links: random.pick(["add", "remove"]) }),
    ...maybe(0.15, { empty_cells: "keep" }),
    ...maybe(0.2, { simulate: "1" }),
    ...maybe(0.05, { max_errors: "1" }),
    ...maybe(0.05, { max_changes: "30%" }),
    ...maybe(0.15, { source: "hr", gone: random.pick(["report", "delete"]), gone_limit: "100%" }),
  };
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

/** All that may be seen, but for what differs by chance. */
function toldAndStored({ exitCode, stdout, stderr }: ProgramRun, database: string): string {
  const told = [String(exitCode), stdout.replace(/"seconds":[\d.]+/, ""), stderr];
  const all = everythingStored(database);
  const log = all.filter((row) => row.startsWith(LOGGED));
  const others = all.filter((row) => !row.startsWith(LOGGED));
  return [...told, ...others, ...byObject(log)].join("\n").replaceAll(/scrypt\$[^"]+/g, "scrypt");
}

const LOGGED = "change_op: ";

/** Entries of an object in their order; those of several are written together, in an order of their own. */
function byObject(log: readonly string[]): readonly string[] {
  const objects = Map.groupBy(log, (row) => {
    const { change, class: code, object_id: id } = JSON.parse(row.slice(LOGGED.length));
    return `${change} ${code} ${id}`;
  });
  return [...objects.keys()].toSorted()
    .flatMap((object) => objects.get(object) ?? [])
    .map((row) => row.replace(/"id":\d+,/, ""));
}

function firstDifference(expected: string, found: string): string {
  const [one, other] = [expected.split("\n"), found.split("\n")];
  const at = one.findIndex((line, index) => line !== other[index]);
  return `\nrow by row: ${one[at]}\ntogether:   ${other[at]}`;
}

function countRows(trial: Trial, { exitCode, stdout }: ProgramRun): void {
  trial.count("files");
  if (exitCode > 1) return trial.count(exitCode === 2 ? "taken back" : "refused");
  for (const status of ["created", "updated", "unchanged", "rejected"]) {
    const listed = stdout.split(`"status":"${status}"`).length - 1;
    if (listed > 0) trial.count(`rows ${status}`, listed);
  }
}
