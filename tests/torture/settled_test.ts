/** What must be true of every file, whatever it identifies objects by: nothing is written twice, nor again, nor without a key (SPEC 14). */
import { withScratch } from "../helpers/scratch.ts";
import type { Random } from "./random.ts";
import { type Column, fileText, type RandomFile, randomFile, TAGS, TARGETS } from "./random_file.ts";
import { LOADED_CLASSES, type RandomModel, randomModel } from "./random_model.ts";
import { compareRuns } from "./settled_rows.ts";
import { torture, type Trial } from "./torture.ts";
import { Laboratory, objectsIn, rowsOf, type TriedRow } from "./tried_import.ts";

/** Files for each model. */
const FILES = 4;
/** Until a file is at rest whose rows mend each other. */
const MOST_RUNS = 4;
const USUAL = { separator: ",", qualifier: '"' } as const;

torture({
  name: "settled",
  title: "random models, files and keys: no object is written twice by a run, nor again by the next, nor without a key",
  unit: "files",
  short: 24,
  long: 2_000,
  async run(trial) {
    for (let number = 0; number * FILES < trial.amount; number++) await tryModel(trial, number);
  },
});

function tryModel(trial: Trial, number: number): Promise<void> {
  return withScratch(async (scratch) => {
    const random = trial.random.part(number);
    const lab = new Laboratory(scratch);
    const model = randomModel(random);
    await lab.init(model.file);
    const database = lab.copy("settled.db");
    await lab.run(database, "Target", ["name", ...new Set(TARGETS)].join("\n"));
    await lab.run(database, "Tag", ["name", ...TAGS].join("\n"));
    lab.keep(database);
    for (let index = 0; index < FILES; index++) {
      const tried = keyedFile(model, random);
      const lose = (what: string) =>
        trial.lost(
          `trial ${number}, file ${index}, by ${tried.keys}: ${what}\n${tried.csv}\n${JSON.stringify(model.file)}`,
        );
      for (const twins of ["last", "error"]) await tryFile({ lab, ...tried, twins, lose, count: trial.count });
      lab.keep(lab.scratch.path("error.db"));
      trial.tried();
    }
  });
}

interface KeyedFile {
  readonly modelClass: string;
  readonly csv: string;
  readonly file: RandomFile;
  /** Columns by their names, joined by commas. */
  readonly keys: string;
  readonly keyCells: readonly number[];
}

function keyedFile(model: RandomModel, random: Random): KeyedFile {
  const made = randomFile(model, random.pick(LOADED_CLASSES), [], random);
  const byName = random.chance(0.4);
  // Serials and the objects above belong to names: with other keys they would hang on each other.
  const columns = made.columns.filter(({ kind }) => byName || (kind !== "serial" && kind !== "above"));
  const candidates = columns.filter((column) => mayBeKey(column));
  const picked = byName
    ? columns.filter(({ kind }) => kind === "name")
    : random.shuffled(candidates).slice(0, random.int(1, 2));
  const kept = columns.map((column) => made.columns.indexOf(column));
  const keyCells = picked.map((column) => columns.indexOf(column));
  const rows = made.rows.filter((row) => row.length === made.columns.length).map((row) => {
    const isEmptied = random.chance(0.3);
    return kept.map((place, cell) => {
      const meaning = row[place] ?? { text: "", value: "" };
      return isEmptied && keyCells.includes(cell) ? { ...meaning, text: random.pick(["", "  ", "<NULL>"]) } : meaning;
    });
  });
  const file = { ...made, columns, rows };
  return {
    modelClass: made.class,
    csv: fileText(file, USUAL),
    file,
    keys: picked.map(({ header }) => header).join(","),
    keyCells,
  };
}

function mayBeKey(column: Column): boolean {
  return column.kind === "name" || column.kind === "target" || column.kind === "plain";
}

interface Tried extends KeyedFile {
  readonly lab: Laboratory;
  readonly twins: string;
  readonly lose: (what: string) => void;
  readonly count: Trial["count"];
}

/** How many rows change what an earlier one has reached, as the warning of it says. */
function warnedOf(warnings: readonly string[]): number {
  const counts = warnings.flatMap((warning) => /^(\d+) rows? changed an object/.exec(warning)?.[1] ?? []);
  return counts.reduce((sum, count) => sum + Number(count), 0);
}

async function tryFile(tried: Tried): Promise<void> {
  const { lab, twins, keys, modelClass, csv, lose, count } = tried;
  const database = lab.copy(`${twins}.db`);
  const load = async () => rowsOf(await lab.run(database, modelClass, csv, { reconciliationkeys: keys, twins }));
  const { rows, warnings } = await load();
  for (const { status, kinds } of rows) count(`rows ${kinds.find((kind) => OWN_KINDS.has(kind)) ?? status}`);
  for (const row of updatedWithoutKey(tried, rows)) lose(`twins=${twins}: row ${row} has no key and updates`);
  const again = overwritten(rows);
  if (twins === "last") {
    if (warnedOf(warnings) !== again.length) {
      lose(`${warnings.join("; ")}, and rows ${again} change what others wrote`);
    }
    return;
  }
  if (again.length > 0) lose(`rows ${again} change what earlier ones have reached`);
  let last = rows;
  for (let run = 2; run <= MOST_RUNS; run++) {
    const before = objectsIn(database);
    const { rows: now } = await load();
    const isSame = objectsIn(database) === before;
    if (!compareRuns({ run, before: last, now, isSame, lose, count })) return count(`files at rest with run ${run}`);
    last = now;
  }
  lose(`run ${MOST_RUNS} still writes`);
}

const OWN_KINDS: ReadonlySet<string> = new Set(["twin", "empty_keys"]);

/** The rows that write an object which an earlier one has created, updated or found unchanged. */
function overwritten(rows: readonly TriedRow[]): number[] {
  const reached = new Set<string>();
  return rows.flatMap(({ status, class: code, id }, index) => {
    if (status === "rejected") return [];
    const object = `${code} ${id}`;
    const isAgain = status === "updated" && reached.has(object);
    reached.add(object);
    return isAgain ? [index] : [];
  });
}

/** Spaces in qualified cells are no key either. */
function updatedWithoutKey({ file, keyCells }: Tried, rows: readonly TriedRow[]): number[] {
  return rows.flatMap(({ status }, index) => {
    const cells = keyCells.map((cell) => file.rows[index]?.[cell]?.text ?? "");
    const isEmpty = cells.every((text) => text === "<NULL>" || text.trim() === "");
    return isEmpty && status === "updated" ? [index] : [];
  });
}
