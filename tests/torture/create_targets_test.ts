/**
 * What must be true of targets that rows create (`create_targets`): the same file again finds all of them, and writes nothing; a row in
 * error leaves none behind, be it one that the database refuses; all rows together come to what they come to one by one.
 */
import { DatabaseSync } from "node:sqlite";
import { type ProgramRun, withScratch } from "../helpers/scratch.ts";
import { storedObjects } from "../helpers/stored.ts";
import type { Random } from "./random.ts";
import { cellFor, type LoadedClass, type PlainAttribute, type RandomModel, randomModel } from "./random_model.ts";
import { compareRuns } from "./settled_rows.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory, objectsIn, rowsOf, type TriedRow } from "./tried_import.ts";

/** Files for each model. */
const FILES = 4;

torture({
  name: "create_targets",
  title: "random models and files: create_targets twice makes no twins, and the second run finds all unchanged",
  unit: "files",
  short: 12,
  long: 800,
  async run(trial) {
    for (let number = 0; number * FILES < trial.amount; number++) await tryModel(trial, number);
  },
});

function tryModel(trial: Trial, number: number): Promise<void> {
  return withScratch(async (scratch) => {
    const random = trial.random.part(number);
    const lab = new Laboratory(scratch);
    const model = randomModel(random);
    const target: LoadedClass = random.pick(model.baseIsAbstract ? ["One", "Two"] : ["Base", "One", "Two"]);
    const file = withOwners(model, target);
    await lab.init(file);
    const first = lab.copy("first_targets.db");
    await lab.run(first, "Target", "name\nt1\nt2\n");
    if (random.chance(0.4)) addTriggers(first);
    lab.keep(first);
    for (let index = 0; index < FILES; index++) {
      const { csv, params } = ownersFile(model, target, random);
      const database = lab.copy("targets.db");
      const lose = (what: string) =>
        trial.lost(
          `trial ${number}, file ${index}, ${JSON.stringify(params)}: ${what}\n${csv}\n${JSON.stringify(file)}`,
        );
      const load = async () => rowsOf(await lab.run(database, "Owner", csv, params)).rows;
      const rows = await load();
      for (const { status } of rows) trial.count(`rows ${status}`);
      const stored = objectsIn(database);
      if (rows.length <= MOST_ONE_BY_ONE && random.chance(0.6)) {
        const alone = lab.copy("one_by_one.db");
        await compareOneByOne({ rows, csv, lose, trial }, (row) => lab.run(alone, "Owner", row, params));
        const [together, single] = [database, alone].map((path) => namedObjects(path, model, target));
        if (together !== single) lose(`one by one it is\n${single}\nand not\n${together}`);
      }
      for (const name of leftBehind(database, target)) lose(`nothing refers to ${name}`);
      const again = await load();
      const isSame = objectsIn(database) === stored;
      compareRuns({ run: 2, before: rows, now: again, isSame, lose, count: trial.count });
      for (const twin of twinsIn(database, target, model.keys)) lose(`there are two of ${twin}`);
      trial.tried();
    }
  });
}

/** So many rows at most are loaded once more, each by a run of its own. */
const MOST_ONE_BY_ONE = 16;

/** The database refuses some owners, and some of what they refer to. */
function addTriggers(path: string): void {
  const database = new DatabaseSync(path);
  try {
    for (const [table, condition] of [["owner", "NEW.code GLOB '*[369]'"], ["base", "NEW.name GLOB '*[25]*'"]]) {
      database.exec(
        `CREATE TRIGGER mine_${table} BEFORE INSERT ON ${table} WHEN ${condition} BEGIN SELECT RAISE(ABORT, 'mine'); END`,
      );
    }
  } finally {
    database.close();
  }
}

interface Loaded {
  readonly rows: readonly TriedRow[];
  readonly csv: string;
  readonly lose: (what: string) => void;
  readonly trial: Trial;
}

async function compareOneByOne(
  { rows, csv, lose, trial }: Loaded,
  load: (csv: string) => Promise<ProgramRun>,
): Promise<void> {
  const [header = "", ...lines] = csv.trimEnd().split('\n"').map((line, index) => index === 0 ? line : `"${line}`);
  if (lines.length !== rows.length) return trial.count("files with line breaks in cells");
  trial.count("files loaded row by row");
  for (const [index, line] of lines.entries()) {
    const [row] = rowsOf(await load(`${header}\n${line}\n`)).rows;
    const [one, other] = [row, rows[index]].map((told) => `${told?.status} ${told?.kinds.join()}`);
    if (one !== other) lose(`row ${index} alone is ${one}, and not ${other}`);
  }
}

/** Owners and what they refer to, without ids. */
function namedObjects(database: string, model: RandomModel, target: LoadedClass): string {
  const codes = ["name", "serial", "target_id", ...model.plain[target].map(({ code }) => code)];
  const named = new Map(
    storedObjects(database, target, ["id", ...codes]).map(([id, ...values]) => [String(id), JSON.stringify(values)]),
  );
  const owners = storedObjects(database, "Owner", ["id", "code", "amount", "thing_id", "other_id", "next_id"]);
  const codesById = new Map(owners.map(([id, code]) => [String(id), String(code)]));
  const lines = owners.map(([, code, amount, thing, other, next]) =>
    [code, amount, named.get(String(thing)), named.get(String(other)), codesById.get(String(next))].join(" ")
  );
  return [...lines, ...named.values()].toSorted().join("\n");
}

/** The model, and a class whose objects refer to others by three keys. */
function withOwners(model: RandomModel, target: LoadedClass): Record<string, unknown> {
  const to = (code: string) => ({ kind: "external_key", target: code });
  const classes = model.file["classes"] as Record<string, unknown>;
  const owner = {
    reconciliation_keys: ["code"],
    attributes: {
      code: { kind: "string", null: false },
      amount: { kind: "integer" },
      thing_id: to(target),
      other_id: to(target),
      next_id: to("Owner"),
    },
  };
  return { ...model.file, classes: { ...classes, Owner: owner } };
}

interface OwnersFile {
  readonly csv: string;
  readonly params: Readonly<Record<string, string>>;
}

function ownersFile(model: RandomModel, target: LoadedClass, random: Random): OwnersFile {
  const keys = ["thing_id", ...random.chance(0.6) ? ["other_id"] : []];
  const hasNext = random.chance(0.3);
  const columns = keys.map((key) => ({ key, columns: targetColumns(model, target, random) }));
  const mayBeWrong = random.pick([0, 0, 0.03]);
  const count = random.chance(0.05) ? 600 : random.int(2, 16);
  const names = Array.from({ length: random.int(1, 6) }, (_, index) => `é${index}`);
  const header = [
    "code",
    "amount",
    ...columns.flatMap(({ key, columns }) => columns.map(({ name }) => `${key}->${name}`)),
    ...hasNext ? ["next_id->code"] : [],
  ];
  const said = new Map<string, string>();
  const rows = Array.from({ length: count }, (_, index) => [
    `c${index}`,
    random.chance(0.1) ? "no number" : "1",
    ...columns.flatMap(({ columns }) => {
      const name = random.pick(names);
      return columns.map((column) => {
        const make = () => cellOf(column, name, random, mayBeWrong);
        if (column.name === "name" || random.chance(0.05)) return make();
        // Of one object the rows say the same, as a rule.
        const place = `${name} ${column.name}`;
        const text = said.get(place) ?? make();
        said.set(place, text);
        return text;
      });
    }),
    ...hasNext ? [random.chance(0.5) ? "" : `c${random.int(0, count + 2)}`] : [],
  ]);
  const csv = [header, ...rows].map((row) => row.map(quoted).join(",")).join("\n") + "\n";
  const created = [...keys, ...hasNext ? ["next_id"] : []].join(",");
  const params = { create_targets: created, ...random.chance(0.2) ? { empty_cells: "keep" } : {} };
  return { csv, params };
}

interface TargetColumn {
  readonly name: string;
  readonly attribute: PlainAttribute | null;
}

function targetColumns(model: RandomModel, target: LoadedClass, random: Random): readonly TargetColumn[] {
  const isNeeded = ({ nullAllowed, default: initial }: PlainAttribute) => !nullAllowed && (initial ?? "") === "";
  const plain = model.plain[target].filter((attribute) => isNeeded(attribute) || random.chance(0.3))
    .map((attribute) => ({ name: attribute.code, attribute }));
  const hasTarget = model.targetIsMandatory || random.chance(0.3);
  const serial = random.chance(0.3) ? [{ name: "serial", attribute: null }] : [];
  const behind = hasTarget ? [{ name: "target_id->name", attribute: null }] : [];
  return random.shuffled([{ name: "name", attribute: null }, ...serial, ...behind, ...plain]);
}

function cellOf({ name, attribute }: TargetColumn, object: string, random: Random, mayBeWrong: number): string {
  if (attribute !== null) return cellFor(attribute, random, mayBeWrong).text.replace("<NULL>", "");
  if (name === "target_id->name") return random.pick(["t1", "t2", "T1 "]);
  if (name === "serial") return random.pick(["", `s-${object}`, "S-1"]);
  return random.pick([object, object, object.toUpperCase(), `${object} `, ` ${object}`, object.normalize("NFD"), ""]);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Targets that no row was loaded with. */
function leftBehind(database: string, target: LoadedClass): readonly string[] {
  const referred = new Set(storedObjects(database, "Owner", ["thing_id", "other_id"]).flat());
  return storedObjects(database, target, ["id", "name"]).filter(([id]) => !referred.has(id ?? "")).map(String);
}

/** Targets that have the keys of their class from another one. */
function twinsIn(database: string, target: LoadedClass, keys: RandomModel["keys"]): readonly string[] {
  const seen = new Set<string>();
  return storedObjects(database, target, keys).map((values) => values.map(folded).join()).filter((object) => {
    const isTwin = seen.has(object);
    seen.add(object);
    return isTwin;
  });
}

function folded(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}
