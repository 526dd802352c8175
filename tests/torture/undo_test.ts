/** Undo of random runs on random models: the objects are those before, undo of the undo gives them back, and the log tells every state. */
import { type ProgramRun, withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { TAGS, TARGETS } from "./random_file.ts";
import { randomModel } from "./random_model.ts";
import { statesFromLog } from "./states_from_log.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory } from "./tried_import.ts";
import { query, withDependants, writeSomething, type Writing } from "./undo_files.ts";

/** Runs for each model, each of which is an undo of its own, and an undo of the undo. */
const RUNS = 8;

torture({
  name: "undo",
  title: "undo of random runs, of its undos, and what the log tells of every state between",
  unit: "rounds",
  short: 24,
  long: 500,
  async run(trial) {
    for (let number = 0; number * RUNS < trial.amount; number++) await tryModel(trial, number);
  },
});

interface World extends Writing {
  readonly trial: Trial;
  readonly number: number;
}

async function tryModel(trial: Trial, number: number): Promise<void> {
  await withScratch(async (scratch) => {
    const random = trial.random.part(number);
    const lab = new Laboratory(scratch);
    const model = randomModel(random);
    await lab.init(withDependants(model));
    const database = lab.copy("undo.db");
    const world: World = { trial, number, lab, model, random, database };
    for (const [code, names] of [["Target", TARGETS], ["Tag", TAGS]] as const) {
      await lab.run(database, code, `name\n${[...new Set(names)].join("\n")}\n`);
    }
    const states = new Map<number, readonly string[]>([[lastRun(database), contentOf(database)]]);
    const readLater = new Map<number, readonly string[]>();
    for (let index = 0; index < RUNS; index++) {
      for (const run of await writeSomething(world, index === 0)) countRows(run, trial);
      states.set(lastRun(database), contentOf(database));
      readLater.set(lastRun(database), (await statesFromLog(database, [])).now);
      await undoAndBack(world, states);
      await undoEarlier(world);
      trial.tried();
    }
    await undoAll(world, states);
    await lookAtLog(world, readLater);
  });
}

/** The last run is taken back, and that again; in the end its state stands. */
async function undoAndBack(world: World, states: Map<number, readonly string[]>): Promise<void> {
  const { database } = world;
  const run = lastRun(database);
  const all = [...states.keys()];
  const before = all.at(-2);
  // A file may change nothing, and one that makes remarks is two.
  if (before === undefined || !hasWritten(database, run)) return;
  const after = contentOf(database);
  await undo(world, run);
  if (all.length > 1 && run - (before ?? 0) === 1) {
    same(world, `undo of ${run}`, contentOf(database), states.get(before));
  }
  await undo(world, lastRun(database));
  same(world, `undo of the undo of ${run}`, contentOf(database), after);
  states.set(lastRun(database), after);
}

/** In a copy one of the runs is taken back, whatever came after it: no more than what is told happens to objects. */
async function undoEarlier({ trial, number, lab, random, database }: World): Promise<void> {
  const run = random.pick(imports(database));
  lab.keep(database);
  const copy = lab.copy("earlier.db");
  const before = new Set(objectsOf(copy));
  const args = [`--db=${copy}`, "--auth_user=admin", "--auth_pwd=admin", `--change=${run}`, "--output=details"];
  const { stdout, stderr, exitCode } = await lab.scratch.run(["undo", ...args]);
  if (exitCode === 0) return;
  if (stdout === "") {
    if (exitCode !== 64) trial.lost(`model ${number}: undo of ${run}: ${exitCode} ${stderr}`);
    return;
  }
  trial.count("undone in part");
  const [, deleted, setBack, again] = /\((\d+) deleted, (\d+) set back, (\d+) created again\)/.exec(stdout) ?? [];
  const after = new Set(objectsOf(copy));
  const gone = [...before].filter((row) => !after.has(row)).length;
  const come = [...after].filter((row) => !before.has(row)).length;
  // An object may be set back more than once.
  const most = Number(deleted) + Number(setBack);
  if (gone > most || come - gone !== Number(again) - Number(deleted)) {
    trial.lost(`model ${number}: undo of ${run} in part: ${gone} went or changed, ${come} came or changed\n${stdout}`);
  }
}

/** From the last run to the first: each state comes back; then all undos are taken back. */
async function undoAll(world: World, states: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const { database } = world;
  const end = contentOf(database);
  const runs = imports(database);
  const undone: number[] = [];
  for (const run of runs.toReversed().slice(0, -2)) {
    if (!hasWritten(database, run)) continue;
    await undo(world, run);
    undone.push(lastRun(database));
    const before = states.get(run - 1);
    if (before !== undefined) same(world, `undo of ${run}, all later ones undone`, contentOf(database), before);
  }
  for (const run of undone.toReversed()) await undo(world, run);
  same(world, "all undos taken back", contentOf(database), end);
}

/** What the log tells of each state is what was there. */
async function lookAtLog(world: World, states: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const { after } = await statesFromLog(world.database, [...states.keys()]);
  for (const [run, state] of states) same(world, `the state behind ${run}, as the log tells it`, after.get(run), state);
}

async function undo({ trial, number, lab, database }: World, run: number): Promise<void> {
  const args = [`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", `--change=${run}`, "--output=details"];
  const before = JSON.stringify(everythingStored(database));
  const simulated = await lab.scratch.run(["undo", ...args, "--simulate=1"]);
  if (JSON.stringify(everythingStored(database)) !== before) trial.lost(`model ${number}: a simulated undo writes`);
  const real = await lab.scratch.run(["undo", ...args]);
  trial.count("undos");
  const [, deleted, setBack, again] = /\((\d+) deleted, (\d+) set back, (\d+) created again\)/.exec(real.stdout) ?? [];
  trial.count("deleted", Number(deleted));
  trial.count("set back", Number(setBack));
  trial.count("created again", Number(again));
  if (real.exitCode !== 0) trial.lost(`model ${number}: undo of ${run}: ${real.exitCode} ${real.stdout}${real.stderr}`);
  const told = (text: string) => text.split("\n").filter((line) => !/^#(Undo|Simulate)/.test(line)).join("\n");
  if (told(simulated.stdout) !== told(real.stdout)) {
    trial.lost(
      `model ${number}: simulated undo of ${run}:\n${simulated.stdout}${simulated.stderr}\nbut\n${real.stdout}`,
    );
  }
}

/** What was tried is worth to be seen: a file that is refused, or rows in error, would let nothing go. */
function countRows({ stdout }: ProgramRun, { count }: Trial): void {
  for (const line of stdout.trimEnd().split("\n")) {
    const { type, status, created_targets: targets = [], counts } = JSON.parse(line);
    if (type === "gone") count(`gone, ${status}`);
    if (targets.length > 0) count("targets created", targets.length);
    if (type === "run" && counts === undefined) count("refused");
  }
}

function same({ trial, number }: World, what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found, null, 1), JSON.stringify(expected, null, 1)];
  if (a !== b) trial.lost(`model ${number}: ${what}\n${a}\nis not\n${b}`);
}

/** Every row of every class. */
function objectsOf(database: string): readonly string[] {
  const aside = /^(change|change_op|sqlite_\w+|csvrecon_\w+|login_failure|address_failure|known_client): /;
  return everythingStored(database).filter((row) => !aside.test(row)).sort();
}

/** And what feeds remember of them. */
function contentOf(database: string): readonly string[] {
  return [
    ...objectsOf(database),
    ...everythingStored(database).filter((row) => row.startsWith("csvrecon_feed_object: ")).sort(),
  ];
}

function lastRun(database: string): number {
  return Number(query(database, "SELECT max(id) FROM change")[0] ?? 0);
}

/** Whether there is anything to be undone. */
function hasWritten(database: string, run: number): boolean {
  const tables = ["change_op WHERE change", "csvrecon_feed_change WHERE change", "csvrecon_feed_object WHERE added"];
  return tables.some((where) => query(database, `SELECT 1 FROM ${where} = ${run} LIMIT 1`).length > 0);
}

function imports(database: string): readonly number[] {
  return query(database, "SELECT id FROM change WHERE undoes IS NULL ORDER BY id").map(Number);
}
