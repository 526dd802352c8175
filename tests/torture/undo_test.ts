/** Undo of random runs on random models: the objects are those before, undo of the undo gives them back, and the log tells every state. */
import { DatabaseSync } from "node:sqlite";
import { withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import type { Random } from "./random.ts";
import { fileText, randomFile, TAGS, TARGETS } from "./random_file.ts";
import { LOADED_CLASSES, type RandomModel, randomModel } from "./random_model.ts";
import { statesFromLog } from "./states_from_log.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory } from "./tried_import.ts";

/** Runs for each model, each of which is an undo of its own, and an undo of the undo. */
const RUNS = 5;
const USUAL = { separator: ",", qualifier: '"' } as const;

torture({
  name: "undo",
  title: "undo of random runs, of its undos, and what the log tells of every state between",
  unit: "rounds",
  short: 20,
  long: 500,
  async run(trial) {
    for (let number = 0; number * RUNS < trial.amount; number++) await tryModel(trial, number);
  },
});

/** Objects that hang on links: they go with these, or lose their key. */
function withDependants({ file }: RandomModel): Record<string, unknown> {
  const { classes, ...others } = file as { readonly classes: Record<string, Record<string, unknown>> };
  const key = (target: string, onDelete: string, isNullable: boolean) => ({
    kind: "external_key",
    target,
    on_delete: onDelete,
    null: isNullable,
  });
  const named = { text: { kind: "string" }, amount: { kind: "decimal", digits: 8, decimals: 2 } };
  return {
    ...others,
    classes: {
      ...classes,
      Note: {
        reconciliation_keys: ["text"],
        friendly_name: "{text}",
        obsolete_when: { attribute: "state", value: "old" },
        attributes: {
          ...named,
          state: { kind: "enum", values: ["new", "old"], default: "new" },
          link_id: key("BaseTag", "cascade", false),
          like_id: key("Note", "set_null", true),
          with_id: key("Note", "cascade", true),
          by_id: key("Note", "restrict", true),
        },
      },
      Remark: {
        reconciliation_keys: ["text"],
        friendly_name: "{text}",
        attributes: { ...named, note_id: key("Note", "cascade", false), link_id: key("BaseTag", "set_null", true) },
      },
    },
  };
}

interface World {
  readonly trial: Trial;
  readonly number: number;
  readonly lab: Laboratory;
  readonly model: RandomModel;
  readonly random: Random;
  readonly database: string;
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
    const states = new Map<number, readonly string[]>([[lastRun(database), objectsOf(database)]]);
    const readLater = new Map<number, readonly string[]>();
    for (let index = 0; index < RUNS; index++) {
      await writeSomething(world, index);
      states.set(lastRun(database), objectsOf(database));
      readLater.set(lastRun(database), (await statesFromLog(database, [])).now);
      await undoAndBack(world, states);
      await undoEarlier(world);
      trial.tried();
    }
    await undoAll(world, states);
    await lookAtLog(world, readLater);
  });
}

/** One import of chance, of any class. */
async function writeSomething({ lab, model, random, database }: World, index: number): Promise<void> {
  const twins: Record<string, string> = random.chance(0.3) ? { twins: "last" } : {};
  const links = query(database, "SELECT id FROM basetag").map(String);
  const notes = query(database, "SELECT id FROM note").map(String);
  if (index > 0 && links.length > 0 && random.chance(0.4)) {
    const texts = ["a", "b", "c", "d"];
    const some = Array.from({ length: random.int(1, 6) }, () =>
      [
        random.pick(texts),
        random.pick(["new", "old"]),
        random.pick(["", "1.5", "-2.25"]),
        random.pick(links),
        random.pick(["", ...notes]),
        random.pick(["", "", ...texts]),
        random.pick(["", "", ...notes]),
      ].join());
    const header = "text,state,amount,link_id,like_id,with_id->text,by_id";
    await lab.run(database, "Note", `${header}\n${some.join("\n")}\n`, twins);
    const remarks = query(database, "SELECT id FROM note").map((id) =>
      [random.pick(texts), random.pick(["", "3.10"]), id, random.pick(["", ...links])].join()
    );
    if (random.chance(0.5)) return;
    await lab.run(database, "Remark", `text,amount,note_id,link_id\n${remarks.join("\n")}\n`, twins);
    return;
  }
  const earlier = query(database, "SELECT name FROM base").map((name) => String(name).toLowerCase().trimEnd());
  const file = randomFile(model, random.pick(LOADED_CLASSES), [...new Set(earlier)], random);
  await lab.run(database, file.class, fileText(file, USUAL), twins);
}

/** The last run is taken back, and that again; in the end its state stands. */
async function undoAndBack(world: World, states: Map<number, readonly string[]>): Promise<void> {
  const { database } = world;
  const run = lastRun(database);
  const all = [...states.keys()];
  const before = all.at(-2);
  // A file may change nothing, and one that makes remarks is two.
  if (before === undefined || entriesOf(database, run) === 0) return;
  const after = objectsOf(database);
  await undo(world, run);
  if (all.length > 1 && run - (before ?? 0) === 1) {
    same(world, `undo of ${run}`, objectsOf(database), states.get(before));
  }
  await undo(world, lastRun(database));
  same(world, `undo of the undo of ${run}`, objectsOf(database), after);
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
  const end = objectsOf(database);
  const runs = imports(database);
  const undone: number[] = [];
  for (const run of runs.toReversed().slice(0, -2)) {
    if (entriesOf(database, run) === 0) continue;
    await undo(world, run);
    undone.push(lastRun(database));
    const before = states.get(run - 1);
    if (before !== undefined) same(world, `undo of ${run}, all later ones undone`, objectsOf(database), before);
  }
  for (const run of undone.toReversed()) await undo(world, run);
  same(world, "all undos taken back", objectsOf(database), end);
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

function same({ trial, number }: World, what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found, null, 1), JSON.stringify(expected, null, 1)];
  if (a !== b) trial.lost(`model ${number}: ${what}\n${a}\nis not\n${b}`);
}

/** Every row of every class. */
function objectsOf(database: string): readonly string[] {
  const aside = /^(change|change_op|sqlite_\w+|csvrecon_\w+|login_failure|address_failure|known_client): /;
  return everythingStored(database).filter((row) => !aside.test(row)).sort();
}

function query(database: string, sql: string): readonly unknown[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return opened.prepare(sql).all().map((row) => Object.values(row)[0]);
  } finally {
    opened.close();
  }
}

function lastRun(database: string): number {
  return Number(query(database, "SELECT max(id) FROM change")[0] ?? 0);
}

function entriesOf(database: string, run: number): number {
  return Number(query(database, `SELECT count(*) FROM change_op WHERE change = ${run}`)[0]);
}

function imports(database: string): readonly number[] {
  return query(database, "SELECT id FROM change WHERE undoes IS NULL ORDER BY id").map(Number);
}
