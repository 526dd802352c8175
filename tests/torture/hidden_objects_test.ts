/** Whatever a limited user loads: no report, in no form, depends on what they may not see. */
import type { Loading, Parameters } from "../helpers/loading.ts";
import { LIMITED, TWIN_MODEL, type Twins, withTwins } from "../rights/twins.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";

/** What is written meanwhile makes the databases less and less like those that were thought out. */
const FILES_FOR_A_PAIR = 40;

torture({
  name: "hidden_objects",
  title:
    "files of a limited user: two databases that differ in hidden objects only give the same reports, ids and values included",
  unit: "files",
  short: 80,
  long: 4000,
  async run(trial) {
    for (let first = 0; first < trial.amount; first += FILES_FOR_A_PAIR) {
      await withTwins(async (twins) => {
        await twins.each(rememberPlaces);
        const end = Math.min(trial.amount, first + FILES_FOR_A_PAIR);
        for (let number = first; number < end; number++) await tryOne(number, trial, twins);
      });
    }
  },
});

/** Feeds that an administrator has loaded before: what they have of hidden objects differs. */
async function rememberPlaces({ load }: Loading, which: 0 | 1): Promise<void> {
  const hidden = ["Dark,Out\nDim,Far\n", "Dim,Far\n"][which] ?? "";
  await load("Place", `name,org->name\nOpen,In\nSide,Below\n${hidden}`, { source: "hr" });
  await load("Box", "name\na\nb\n", { source: "hr" });
}

async function tryOne(number: number, trial: Trial, twins: Twins): Promise<void> {
  const { modelClass, csv, ...named } = randomFile(trial.random.part(number));
  const random = trial.random.part(`output ${number}`);
  const output = random.pick(["json", "json", "details", "details", "summary", "diff", "errors", "rejects"]);
  trial.tried();
  try {
    const simulate = random.chance(0.7) ? "1" : "0";
    const params = { ...named, ...randomParameters(random), output, simulate };
    const run = await twins.same(modelClass, csv, { ...LIMITED, ...params });
    if (random.chance(0.2)) await askFurther(random, twins, modelClass, csv, named);
    if (run.exitCode === 70) trial.lost(`file ${number}: a bug\n${run.stderr}`);
    trial.count(`ended with ${run.exitCode}`);
    for (const status of ["created", "updated", "unchanged"]) {
      if (new RegExp(`"status":"${status}"|^\\d+;${status}`, "m").test(run.stdout)) trial.count(`with rows ${status}`);
    }
  } catch (error) {
    trial.lost(`file ${number}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Whatever else tells of the same. */
async function askFurther(random: Random, twins: Twins, modelClass: string, csv: string, params: Named): Promise<void> {
  const change = random.int(1, 60);
  const output = random.pick(["json", "details"]);
  await twins.sameExplanation(modelClass, csv, { ...params, output: random.pick(["json", "summary"]) });
  await twins.sameHistory({ ...random.chance(0.5) ? {} : { change: String(change) }, output });
  await twins.sameUndo(change, { simulate: random.chance(0.5) ? "1" : "0", output });
  await twins.sameExport(modelClass);
}

/** What a run may do (SPEC 17). */
function randomParameters(random: Random): Parameters {
  const gone = random.pick([{ gone: "report" }, { gone: "update", gone_set: "name=gone" }, { gone: "delete" }, {}]);
  const source = { source: random.pick(["hr", "new"]), ...gone, gone_limit: random.pick(["100%", "5%", "1"]) };
  return {
    ...random.chance(0.3) ? source : {},
    ...random.chance(0.2) ? { on_missing: random.pick(["error", "skip"]) } : {},
    ...random.chance(0.2) ? { on_found: random.pick(["error", "skip"]) } : {},
    ...random.chance(0.2) ? { links: random.pick(["add", "remove"]) } : {},
    ...random.chance(0.2) ? { twins: "last" } : {},
    ...random.chance(0.1) ? { max_changes: "50%" } : {},
    ...random.chance(0.1) ? { empty_cells: "keep" } : {},
  };
}

type Attributes = Readonly<Record<string, { readonly kind: string; readonly target?: string; readonly key?: string }>>;

/** Parameters that name columns. */
type Named = Parameters & { readonly reconciliationkeys: string };

interface RandomFile extends Readonly<Record<string, string>> {
  readonly modelClass: string;
  readonly csv: string;
  readonly reconciliationkeys: string;
}

function randomFile(random: Random): RandomFile {
  const classes = Object.entries(TWIN_MODEL.classes) as unknown as [string, { readonly attributes: Attributes }][];
  const [modelClass, { attributes }] = random.pick(classes);
  const all = columnsOf(attributes, random.pick([0, 1, 1, 2, 3]));
  const names = all.filter(({ code, kind }) => code !== "name" && kind === "name");
  const chosen = random.shuffled(random.chance(0.3) ? names : all).slice(0, random.int(1, 3));
  const named = random.chance(0.8) ? [...new Set([...all.filter(({ code }) => code === "name"), ...chosen])] : chosen;
  const keys = keysOf(random, named);
  // A computed column that is no key is refused.
  const columns = named.filter((column) => column.kind !== "friendly_name" || keys.includes(column));
  const rows = Array.from(
    { length: random.int(1, 6) },
    () => columns.map(({ kind }) => cell(random, kind, modelClass)).join(","),
  );
  const through = [...new Set(columns.flatMap(({ code }) => code.includes("->") ? [code.split("->")[0] ?? ""] : []))];
  return {
    modelClass,
    csv: `${columns.map(({ code }) => code).join(",")}\n${rows.join("\n")}\n`,
    reconciliationkeys: keys.map(({ code }) => code).join(","),
    ...through.length > 0 && random.chance(0.2) ? { create_targets: random.pick(through) } : {},
    ...through.length > 0 && random.chance(0.2) ? { second_pass: random.pick(through) } : {},
  };
}

/** Mostly the name, which finds something. */
function keysOf(random: Random, columns: readonly Column[]): readonly Column[] {
  const name = columns.filter(({ code }) => code === "name");
  if (name.length > 0 && random.chance(0.8)) return name;
  return random.shuffled(columns.filter(({ kind }) => kind !== "link_set")).slice(0, random.int(1, 2));
}

interface Column {
  readonly code: string;
  /** Of its cells. */
  readonly kind: string;
}

/** Attributes, and those of what external keys refer to. @param arrows as many at most */
function columnsOf(attributes: Attributes, arrows = 3): Column[] {
  const columns: Column[] = [{ code: "id", kind: "external_key" }, { code: "friendlyname", kind: "friendly_name" }];
  for (const [code, { kind, target }] of Object.entries(attributes)) {
    columns.push({ code, kind: code === "name" ? "name" : kind });
    if (target === undefined || arrows === 0) continue;
    for (const other of columnsOf(attributesOf(target), arrows - 1)) {
      // An id behind an arrow is what the key holds itself.
      if (other.kind === "link_set" || other.code === "id") continue;
      columns.push({ code: `${code}->${other.code}`, kind: other.kind });
    }
  }
  return columns;
}

function attributesOf(code: string): Attributes {
  return TWIN_MODEL.classes[code as keyof typeof TWIN_MODEL.classes].attributes as unknown as Attributes;
}

const IDS = ["", "", "0", "1", "1", "2", "2", "3", "4", "5", "99"];
const TEXTS = [
  "",
  "a",
  "b",
  "c",
  "d",
  "1",
  "2",
  "c1",
  "c3",
  "c4",
  "m1",
  "m3",
  "s-one",
  "s-two",
  "s-twox",
  "In",
  "Below",
  "Out",
];
const NAMES = [
  "Open",
  "Side",
  "Dark",
  "Dim",
  "free",
  "open",
  "dark",
  "visible",
  "for all",
  "hidden",
  "also hidden",
  "new",
];
const FRIENDLY_NAMES = [
  "open 1",
  "dark 3",
  "dark 4",
  "dark 0",
  "dark",
  "a 1",
  "c 3",
  "c 4",
  "d 3",
  "d 4",
  "a 1 3",
  "a 1 4",
  "Dark",
];
const LINKS = [
  "sheet:1",
  "sheet:2",
  "sheet:3",
  "sheet:4",
  "sheet->name:hidden",
  "sheet->name:visible",
  "sheet->org:3",
  "sheet->org:4",
];
const MORE = [
  "",
  ";place:1",
  ";place:3",
  ";place:4",
  ";place->next:3",
  ";place->secret:s-one",
  ";mark:m1",
  ";mark:m3",
  ";mark:x",
];

/** What can be matched. */
const VISIBLE: Readonly<Record<string, readonly string[]>> = {
  Org: ["In", "Below"],
  Place: ["Open", "Side"],
  Shelf: ["free", "open", "dark"],
  Box: ["a", "b", "c", "d"],
  Sheet: ["visible", "for all"],
  Laid: ["x"],
};

function cell(random: Random, kind: string, modelClass: string): string {
  switch (kind) {
    case "external_key":
    case "integer":
      return random.pick(IDS);
    case "friendly_name":
      return random.pick(FRIENDLY_NAMES);
    case "link_set":
      return Array.from({ length: random.int(0, 2) }, () => random.pick(LINKS) + random.pick(MORE)).join("|");
    case "external_field":
      return random.pick(random.pick([IDS, TEXTS, NAMES]));
    case "name":
      return random.pick(random.chance(0.7) ? VISIBLE[modelClass] ?? NAMES : NAMES);
    default:
      return random.pick(random.pick([TEXTS, NAMES]));
  }
}
