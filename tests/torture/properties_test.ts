/** What must be true of every model and every file. */
import { encodeText } from "./encode_text.ts";
import { POSTGRES_ONE_OF } from "../helpers/postgres_release.ts";
import { withScratch } from "../helpers/scratch.ts";
import { serverInUse, testPrefix } from "../helpers/server_in_use.ts";
import { withoutNewIds } from "../helpers/simulated_report.ts";
import { storedObjects } from "../helpers/stored.ts";
import { openLaboratory } from "./laboratory_at_server.ts";
import { Oracle } from "./oracle.ts";
import type { Random } from "./random.ts";
import { fileText, type RandomFile, randomFile, TAGS, TARGETS } from "./random_file.ts";
import { LOADED_CLASSES, type RandomModel, randomModel } from "./random_model.ts";
import { verdicts } from "./settled_rows.ts";
import { torture, type Trial } from "./torture.ts";
import { contents, fingerprint, type Laboratory, rowsOf, rowText, type TriedRow } from "./tried_import.ts";

const USUAL = { separator: ",", qualifier: '"' } as const;

/** One file on its way through all properties. */
interface Tried {
  readonly lab: Laboratory;
  readonly model: RandomModel;
  readonly file: RandomFile;
  readonly csv: string;
  readonly random: Random;
  /** Notes what is not as it must be. */
  readonly same: (property: string, found: unknown, expected: unknown) => void;
}

torture({
  name: "properties",
  title:
    `${testPrefix()}random models and files: counts, second run, simulation, order of columns, dialect, charset, and an oracle`,
  unit: "files",
  short: serverInUse() === null ? 30 : Math.max(3, Math.ceil(6 / POSTGRES_ONE_OF)),
  long: 2_000,
  async run(trial) {
    for (let number = 0; number * FILES < trial.amount; number++) await tryModel(trial, number);
  },
});

/** Files for each model. */
const FILES = 3;

function tryModel(trial: Trial, number: number): Promise<void> {
  return withScratch(async (scratch) => {
    const random = trial.random.part(number);
    const lab = await openLaboratory(scratch);
    const model = randomModel(random);
    await lab.init(model.file);
    const database = lab.copy("seeds.db");
    const list = (names: readonly string[]) => "name\n" + names.map((name) => `${name}\n`).join("");
    await lab.run(database, "Target", list([...new Set(TARGETS)]));
    // Two of the same name: the second is renamed to it.
    await lab.run(database, "Target", "name\nother\n");
    await lab.run(database, "Target", "id,name\n4,same\n", { reconciliationkeys: "id" });
    await lab.run(database, "Tag", list(TAGS));
    lab.keep(database);
    const oracle = new Oracle(model);
    for (let index = 0; index < FILES; index++) {
      const modelClass = index === 0 ? "One" : random.pick(LOADED_CLASSES);
      const names = [
        ...new Set(oracle.objects.map(({ values }) => String(values.get("name")).toLowerCase().trimEnd())),
      ];
      const file = randomFile(model, modelClass, names, random);
      const csv = fileText(file, USUAL);
      const same: Tried["same"] = (property, found, expected) => {
        const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
        if (a === b) return;
        trial.lost(
          `trial ${number}, file ${index}: ${property}\n${a}\nis not\n${b}\n${csv}\n${JSON.stringify(model.file)}`,
        );
      };
      await tryFile(trial, { lab, model, file, csv, random, same }, oracle);
      trial.tried();
    }
  });
}

async function tryFile(trial: Trial, tried: Tried, oracle: Oracle): Promise<void> {
  const { lab, file, csv } = tried;
  const database = lab.copy("real.db");
  const { rows, counts } = rowsOf(await lab.run(database, file.class, csv));
  for (const { status } of rows) trial.count(`rows ${status}`);
  const found = rows.map(rowText);
  tried.same("the oracle says what becomes of each row", found, oracle.load(file));
  tried.same("the oracle says what is stored", storedBy(database, tried.model), storedIn(oracle, tried.model));
  tried.same("every row has one fate", [counts["rows"], sum(counts)], [file.rows.length, file.rows.length]);
  await sameInEveryOutput(tried, counts, contents(database));
  await sameInSimulation(tried);
  await sameInAnotherForm(tried, found, contents(database));
  await sameAgain(tried, { database, rows }, oracle);
  lab.keep(database);
}

function sum(counts: Readonly<Record<string, number>>): number {
  return ["created", "updated", "unchanged", "rejected"].reduce((all, name) => all + (counts[name] ?? NaN), 0);
}

/** The objects of Base with every column that the oracle knows. */
function storedBy(database: string, model: RandomModel): string[] {
  return LOADED_CLASSES.slice(1).flatMap((code) => {
    const fields = ["id", "name", "serial", "target_id", "above_id", ...model.plain[code].map(({ code }) => code)];
    const links = storedObjects(database, "BaseTag", ["base_id", "tag_id"]);
    return storedObjects(database, code, ["finalclass", ...fields]).map(([real = "", ...values]) => {
      const tags = links.filter(([base]) => base === values[0]).map(([, tag]) => tag).sort();
      return `${real} ${JSON.stringify(values)} ${tags}`;
    });
  }).sort();
}

function storedIn(oracle: Oracle, model: RandomModel): string[] {
  return oracle.objects.filter((object) => object.class !== "Base").map((object) => {
    const key = (code: string) => String(object.values.get(code) ?? 0);
    const fields = [
      String(object.id),
      String(object.values.get("name")),
      String(object.values.get("serial")),
      key("target_id"),
      key("above_id"),
      ...model.plain[object.class].map(({ code, kind }) => {
        const value = object.values.get(code) ?? "";
        // The views show them with all their decimals.
        return kind === "decimal" && typeof value === "number" ? value.toFixed(2) : String(value);
      }),
    ];
    return `${object.class} ${JSON.stringify(fields)} ${[...object.tags].map(String).sort()}`;
  }).sort();
}

/** Summary, details and retcode count as JSON does, and write the same. */
async function sameInEveryOutput(
  { lab, file, csv, same }: Tried,
  counts: Readonly<Record<string, number>>,
  stored: readonly string[],
): Promise<void> {
  const { created, updated, unchanged, rejected } = counts;
  const expected = { Issues: rejected, Created: created, Updated: updated, Unchanged: unchanged };
  for (const output of ["summary", "details"]) {
    const database = lab.copy("output.db");
    const run = await lab.run(database, file.class, csv, { output });
    const told = Object.keys(expected).map((name) =>
      Number(new RegExp(`^#${name}: (\\d+)$`, "m").exec(run.stdout)?.[1])
    );
    same(`${output} counts as JSON does`, told, Object.values(expected));
    same(`${output} writes the same`, contents(database), stored);
    same(`${output} tells its exit code`, run.exitCode, rejected === 0 ? 0 : 1);
  }
  const run = await lab.run(lab.copy("output.db"), file.class, csv, { output: "retcode" });
  same("retcode is the number of rows in error", [run.stdout, run.exitCode], [`${rejected}\n`, rejected === 0 ? 0 : 1]);
}

async function sameInSimulation({ lab, file, csv, same }: Tried): Promise<void> {
  const database = lab.copy("simulated.db");
  const before = await fingerprint(database);
  const simulated = await lab.run(database, file.class, csv, { output: "details", simulate: "1" });
  same("a simulation leaves the database as it was", await fingerprint(database), before);
  const real = await lab.run(database, file.class, csv, { output: "details" });
  same(
    "a simulation reports what the real run does",
    withoutNewIds(simulated.stdout, real.stdout),
    withoutNewIds(real.stdout, real.stdout),
  );
}

const FORMS = [
  { separator: ";", qualifier: '"', charset: "UTF-8" },
  { separator: "tab", qualifier: "'", charset: "ISO-8859-15" },
  { separator: "|", qualifier: '"', charset: "WINDOWS-1252" },
  { separator: "§", qualifier: "`", charset: "UTF-16LE" },
] as const;

async function sameInAnotherForm(
  { lab, file, random, same }: Tried,
  rows: readonly string[],
  stored: readonly string[],
) {
  const order = random.shuffled(file.columns.map((_, index) => index));
  const shuffled = lab.copy("form.db");
  const run = await lab.run(shuffled, file.class, fileText(file, { ...USUAL, order }));
  same("the order of columns does not matter", rowsOf(run).rows.map(rowText), rows);
  same("the order of columns does not matter to what is stored", contents(shuffled), stored);
  const { separator, qualifier, charset } = random.pick(FORMS);
  const text = fileText(file, { separator: separator === "tab" ? "\t" : separator, qualifier });
  const database = lab.copy("form.db");
  const other = await lab.run(database, file.class, encodeText(text, charset), { separator, qualifier, charset });
  same(`${charset}, ${separator} and ${qualifier} do not matter`, rowsOf(other).rows.map(rowText), rows);
  same(`${charset}, ${separator} and ${qualifier} do not matter to what is stored`, contents(database), stored);
}

interface FirstRun {
  readonly database: string;
  readonly rows: readonly TriedRow[];
}

/** The second run finds everything done, and writes no page; rows in error still are. */
async function sameAgain(
  { lab, model, file, csv, same }: Tried,
  { database, rows }: FirstRun,
  oracle: Oracle,
) {
  const before = await fingerprint(database);
  const second = rowsOf(await lab.run(database, file.class, csv)).rows;
  same("the oracle says what a second run does", second.map(rowText), oracle.load(file));
  same("the oracle says what is stored then", storedBy(database, model), storedIn(oracle, model));
  const unexpected = verdicts(rows, second).flatMap((verdict, row) => verdict === "unexpected" ? [row] : []);
  same("a second run changes nothing", unexpected.map((row) => [rows[row], second[row]]), []);
  // Rows in error are noted in the change log.
  const hasWritten = second.some(({ status }) => status !== "unchanged");
  if (!hasWritten) same("a second run writes no page", await fingerprint(database), before);
}
