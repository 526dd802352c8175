/** Param files, job files, model files and date formats as they should not be: a clear refusal, never an error of the program, never a hang. */
import { parse } from "@std/jsonc";
import { RunStop } from "../../lib/errors.ts";
import { checkModelText } from "../../lib/commands/read_model_file.ts";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { parseDateFormat } from "../../lib/values/date_format.ts";
import { datePattern } from "../../lib/values/date_pattern.ts";
import { readFixture } from "../helpers/fixtures.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { mutated, randomText } from "./mutation.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";

/** All but a bug, a report that cannot be written and a locked database. */
const TYPED_ENDS: ReadonlySet<number> = new Set([0, 1, 64, 65, 66, 73, 77, 78]);
/** What takes longer hangs, in milliseconds. */
const LONGEST = 20_000;

const PARAM_FILE = `# Loads organisations
db = world.db
auth_user = admin
auth_pwd = "admin"   # a comment
class = Organization
csvfile = own.csv
charset = UTF-8
separator = ";"
qualifier = "
date_format = d/m/Y H:i
reconciliationkeys = name, code
output = details
simulate = yes
no_localize = 1
comment = Nightly
busy_timeout = 1
`;

const JOB_FILE = `# All of a night
import = one.params
import = folder
on_failure = continue
atomic = 0
simulate = 1
reports = errors
db = world.db
auth_user = admin
auth_pwd = admin
name = nightly
`;

/** Everything on two terms: it ends as it may, and in time. */
async function watch(
  { tried, count, lost }: Trial,
  input: string | Uint8Array,
  run: () => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>,
): Promise<void> {
  const begin = performance.now();
  const { exitCode, stdout, stderr } = await run();
  const shown = () =>
    JSON.stringify(typeof input === "string" ? input : new TextDecoder().decode(input)).slice(0, 2000);
  tried();
  count(`ended with ${exitCode}`);
  if (!TYPED_ENDS.has(exitCode)) {
    lost(`code ${exitCode} for ${shown()}\n${stdout.slice(0, 500)}\n${stderr.slice(0, 1500)}`);
  }
  if (exitCode > 1 && stderr === "") lost(`nothing was said about ${shown()}`);
  if (performance.now() - begin > LONGEST) lost(`${performance.now() - begin} ms for ${shown()}`);
}

torture({
  name: "param_files",
  title: "mutated and random param files: read, or refused with a message",
  unit: "files",
  short: 400,
  long: 3_000,
  run: (trial) =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      scratch.write("own.csv", "name;code\nAcme;A\n");
      // Whatever a mutated file says, the world of the next one stays.
      const run = () => scratch.run(["--param_file=own.params", "--simulate=1"]);
      scratch.write("own.params", PARAM_FILE);
      assertExit(await run(), 0);
      const words = ["\n", "=", " = ", ...PARAMETERS.map(({ name }) => name), "world.db", "admin", "own.csv", "1"];
      for (let index = 0; index < trial.amount; index++) {
        const random = trial.random.part(index);
        const bytes = random.chance(0.75) ? mutated(PARAM_FILE, random) : randomText(random, words);
        scratch.write("own.params", bytes);
        await watch(trial, bytes, run);
      }
    }),
});

torture({
  name: "job_files",
  title: "mutated and random job files: run, or refused with a message",
  unit: "files",
  short: 150,
  long: 5_000,
  run: (trial) =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      scratch.write("own.csv", "name;code\nAcme;A\n");
      scratch.write("one.params", "class = Organization\ncsvfile = own.csv\nseparator = ;\nno_localize = 1\n");
      Deno.mkdirSync(scratch.path("folder"));
      scratch.write("folder/two.params", "class = Organization\ncsvfile = own.csv\nseparator = ;\nno_localize = 1\n");
      const run = () => scratch.run(["run", "own.job", "--simulate=1"]);
      scratch.write("own.job", JOB_FILE);
      assertExit(await run(), 0);
      const words = ["\n", "=", " = ", ...PARAMETERS.map(({ name }) => name), "one.params", "world.db", "admin"];
      for (let index = 0; index < trial.amount; index++) {
        const random = trial.random.part(index);
        const bytes = random.chance(0.8) ? mutated(JOB_FILE, random) : randomText(random, words);
        scratch.write("own.job", bytes);
        await watch(trial, bytes, run);
      }
    }),
});

/** A model file as `model check` takes it. */
function checkModel(bytes: Uint8Array): { exitCode: number; stdout: string; stderr: string } {
  try {
    checkModelText(new TextDecoder().decode(bytes), "own.jsonc");
    return { exitCode: 0, stdout: "", stderr: "" };
  } catch (error) {
    if (error instanceof RunStop) return { exitCode: error.exitCode, stdout: "", stderr: error.message };
    return { exitCode: 70, stdout: "", stderr: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}

torture({
  name: "model_files",
  title: "mutated and random model files: good, or refused with every mistake",
  unit: "files",
  short: 400,
  long: 10_000,
  async run(trial) {
    const models = [readFixture("models", "library.jsonc"), await builtInModelText("itop")];
    const words = ['{ "name": "x", "classes": {', '"Book": { "attributes": {', "}", '"kind": "string"', ": ", ", "];
    for (let index = 0; index < trial.amount; index++) {
      const random = trial.random.part(index);
      const model = models[random.chance(0.9) ? 0 : 1] ?? "";
      const bytes = random.chance(0.5)
        ? mutated(model, random)
        : random.chance(0.7)
        ? new TextEncoder().encode(JSON.stringify(mutatedValue(parse(model), random)))
        : randomText(random, words);
      await watch(trial, bytes, () => Promise.resolve(checkModel(bytes)));
    }
  },
});

const STRANGE: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    "",
    " ",
    "x",
    "é",
    "\0",
    "$.x",
    "__proto__",
    "id",
    "finalclass",
    "name",
    "Book",
    [],
    {},
  ],
  ...[[[]], [null], ["x", "x"], { x: 1 }, { "": "" }, "string", "external_key", "link_set", "enum", "x".repeat(300)],
];

/** The same JSON value with something strange, something less, or something of another place in it. */
function mutatedValue(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  for (let left = random.int(1, 3); left > 0; left--) {
    const holders = holdersIn(copy);
    const holder = random.pick(holders);
    const name = random.pick(Object.keys(holder));
    const kind = random.int(0, 3);
    if (kind === 0) delete holder[name];
    else if (kind === 1) {
      holder[random.pick(["kind", "target", "parent", "null", "codes", "x", "__x", name])] = holder[name];
    } else holder[name] = structuredClone(kind === 2 ? random.pick(STRANGE) : random.pick(holders));
  }
  return copy;
}

function holdersIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(holdersIn);
  return Object.keys(value).length === 0 ? inner : [value as Record<string, unknown>, ...inner];
}

const DATE_PIECES: readonly string[] = [
  ...[
    "d",
    "j",
    "m",
    "n",
    "Y",
    "y",
    "H",
    "G",
    "h",
    "g",
    "i",
    "s",
    "a",
    "A",
    "/",
    "-",
    ".",
    " ",
    ":",
    "T",
    "%",
    "%d",
    "%m",
  ],
  ...["%Y", "%H", "%M", "%p", "\\", "(", "[", "$", "^", "+", "\0", "é", "😀", "\ud83d", "9", "{2}", "|", "\n"],
];

function randomPieces(random: Random): string[] {
  return Array.from({ length: random.int(0, 9) }, () => random.pick(DATE_PIECES));
}

/** Day, month and year, in any order, and perhaps a time. */
function randomFormat(random: Random): string {
  const isOld = random.chance(0.3);
  const date = random.shuffled([random.pick(["d", "j"]), random.pick(["m", "n", "M", "F"]), random.pick(["Y", "y"])]);
  const time = random.chance(0.5) ? [] : [random.pick(["H", "G", "h", "g"]), random.pick(["i", "s", "a", "A"])];
  const letters = isOld ? ["%d", "%m", "%Y", ...time.length > 0 ? ["%I", "%p"] : []] : [...date, ...time];
  return letters.join(random.pick(["/", "-", ".", "", " ", "\\", "(", "+", "9", "😀", "\ud83d"]));
}

torture({
  name: "date_formats",
  title: "random date formats: refused, or every day written in them is read back",
  unit: "formats",
  short: 20_000,
  long: 1_000_000,
  run({ random: chance, amount, tried, count, lost }) {
    for (let index = 0; index < amount; index++) {
      const random = chance.part(index);
      const typed = random.chance(0.5) ? randomFormat(random) : randomPieces(random).join("");
      const parsed = parseDateFormat(typed);
      tried();
      if (!parsed.ok) {
        count("refused");
        continue;
      }
      const moment = {
        year: random.int(1970, 2069),
        month: random.int(1, 12),
        day: random.int(1, 28),
        hour: 0,
        minute: 0,
        second: 0,
      };
      for (const format of [parsed.format.date, parsed.format.dateTime]) {
        const pattern = datePattern(format);
        const found = pattern.read(pattern.write(moment));
        // What the format lacks is 0; a 12-hour clock without am and pm reads midnight as noon.
        if (found === null || found.year !== moment.year || found.month !== moment.month || found.day !== moment.day) {
          lost(
            `${JSON.stringify(typed)}: ${JSON.stringify(moment)} is written ${pattern.write(moment)}, read ${
              JSON.stringify(found)
            }`,
          );
        }
      }
    }
  },
});
