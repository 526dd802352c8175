/** Whatever is stored and however it is exported, it loads back as unchanged (SPEC 15). */
import { DatabaseSync } from "node:sqlite";
import { readModel } from "../../lib/model/file/read_model.ts";
import { exportClass, loadBack } from "../helpers/exporting.ts";
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";
import { loadRandomObjects } from "../helpers/random_objects.ts";
import type { Random } from "./random.ts";
import { randomModel } from "./random_model.ts";
import { torture, type Trial } from "./torture.ts";

/** Texts of one line that CSV loses easily, or that an import takes for something else. */
const HOSTILE = [
  "<NULL>",
  "ends in \\",
  'q" \\',
  "a,b;c|d\\",
  "\u00a0no-break\u00a0",
  "zero\u200bwidth",
  "\u200bends",
  "name",
  "NAME",
  "=1+1",
  "'quoted'",
  "'a'|'b';c:d",
  "Zu\u0308rich",
  "Z\u00fcrich",
  "Straße",
  "ı İ",
  "\ufeffmark",
  "tab\tin",
  " ",
  "0",
  "#comment",
  "sep=;",
  "日本語",
  "👩‍🚀",
];
/** Those that have more than one line. */
const HOSTILE_LINES = ["a\r\nb", "a\rb", "\r\n", "a\r\r\nb\\\n.", "  \n", "\tx\n", '"\n"', "line\u2028separator"];

const SEPARATORS = [",", ";", "tab", "|", "a", "\\", "é"];
const QUALIFIERS = ['"', "'", "\\", "|", "ß"];
const DATE_FORMATS = ["", "d/m/Y H:i:s", "Y-m-d H:i:s", "h:i:s A, j.n.Y", "%d.%m.%Y %H:%M:%S"];
const CHARSETS = ["UTF-8", "UTF-8", "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"];

torture({
  name: "export",
  title: "random models, hostile texts, every class in some dialect: an export loads back as unchanged",
  unit: "models",
  short: 3,
  long: 300,
  async run(trial) {
    for (let number = 0; number < trial.amount; number++) await tryModel(trial, number);
  },
});

async function tryModel(trial: Trial, number: number): Promise<void> {
  const random = trial.random.part(number);
  const { file } = randomModel(random);
  const reading = readModel(JSON.stringify(file));
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  const { model } = reading;
  await withModel(file, async (loading) => {
    await loadRandomObjects(loading, model, random);
    spoil(loading, random);
    for (const modelClass of model.classes.values()) {
      if (modelClass.attributes.has("profile_list")) continue;
      await tryClass(trial, loading, modelClass.code, way(random), `trial ${number}`);
    }
  });
  trial.tried();
}

function way(random: Random): Parameters {
  const separator = random.pick(SEPARATORS);
  const qualifier = random.pick(QUALIFIERS.filter((one) => one !== separator));
  const date_format = random.pick(DATE_FORMATS);
  return {
    separator,
    qualifier,
    charset: random.pick(CHARSETS),
    no_localize: random.pick(["0", "1"]),
    ...date_format === "" ? {} : { date_format },
  };
}

async function tryClass(
  { lost, count }: Trial,
  loading: Loading,
  modelClass: string,
  params: Parameters,
  name: string,
): Promise<void> {
  const exported = await exportClass(loading, modelClass, params);
  const told = `${name}, ${modelClass}, ${JSON.stringify(params)}:\n${exported.run.stderr}`;
  if (exported.run.exitCode === 65 && params["charset"] === "GB18030") return count("charset too small");
  if (exported.run.exitCode > 1) return lost(`${told}\nexit code ${exported.run.exitCode}`);
  if (exported.params.includes("reconciliationkeys = id")) count("by id");
  // What no cell can say is told, and only that may be in error.
  const faults = faultsIn(exported.run.stderr);
  if ((faults > 0) !== (exported.run.exitCode === 1)) lost(`${told}\nexit code ${exported.run.exitCode}`);
  if (faults > 0) count("with faults");
  const { others, warnings } = await loadBack(loading);
  const bad = others.length <= faults ? [] : others;
  const odd = warnings.filter((warning) => !/cannot be seen|U\+0080/.test(warning));
  if (bad.length + odd.length > 0) lost(`${told}\n${[...bad, ...odd].join("\n")}\n${exported.text}`);
}

/** How many cells are told that do not load back. */
function faultsIn(stderr: string): number {
  let count = 0;
  for (const [, several] of stderr.matchAll(/^csvrecon: Column '.*?' of (?:(\d+) objects, the first )?\w+ \d+: /gm)) {
    count += Number(several ?? 1);
  }
  return count;
}

/** Writes texts past the program, as another one might. */
function spoil({ database }: Loading, random: Random): void {
  const opened = new DatabaseSync(database);
  try {
    for (
      const [table, columns] of [["target", ["name", "note"]], ["tag", ["name", "note"]], ["base", ["name"]]] as const
    ) {
      for (const { id } of opened.prepare(`SELECT id FROM "${table}"`).all()) {
        for (const column of columns) {
          if (!random.chance(0.4)) continue;
          opened.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE id = ?`).run(random.pick(HOSTILE), id ?? null);
        }
      }
    }
    spoilLongTexts(opened, random);
  } finally {
    opened.close();
  }
}

function spoilLongTexts(opened: DatabaseSync, random: Random): void {
  const columns = opened.prepare("SELECT name FROM pragma_table_info('base') WHERE name LIKE 'x%'").all();
  for (const { name } of columns) {
    const rows = opened.prepare(`SELECT id, "${name}" AS text FROM "base"`).all();
    for (const { id, text } of rows) {
      // The longest texts that are there stand in attributes of many lines.
      if (typeof text !== "string" || !/\n|<b>|<p>|& /.test(text)) continue;
      opened.prepare(`UPDATE "base" SET "${name}" = ? WHERE id = ?`)
        .run(random.pick([...HOSTILE_LINES, "ends\n in \\"]), id ?? null);
    }
  }
}
