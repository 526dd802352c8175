/** Whatever a limited user loads: no report, in no form, depends on what they may not see. */
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
        const end = Math.min(trial.amount, first + FILES_FOR_A_PAIR);
        for (let number = first; number < end; number++) await tryOne(number, trial, twins);
      });
    }
  },
});

async function tryOne(number: number, trial: Trial, { same }: Twins): Promise<void> {
  const { modelClass, csv, reconciliationkeys } = randomFile(trial.random.part(number));
  const random = trial.random.part(`output ${number}`);
  const output = random.pick(["json", "json", "details", "details", "summary"]);
  trial.tried();
  try {
    const simulate = random.chance(0.7) ? "1" : "0";
    const run = await same(modelClass, csv, { ...LIMITED, reconciliationkeys, output, simulate });
    if (run.exitCode === 70) trial.lost(`file ${number}: a bug\n${run.stderr}`);
    trial.count(`ended with ${run.exitCode}`);
    for (const status of ["created", "updated", "unchanged"]) {
      if (new RegExp(`"status":"${status}"|^\\d+;${status}`, "m").test(run.stdout)) trial.count(`with rows ${status}`);
    }
  } catch (error) {
    trial.lost(`file ${number}: ${error instanceof Error ? error.message : error}`);
  }
}

type Attributes = Readonly<Record<string, { readonly kind: string; readonly target?: string; readonly key?: string }>>;

interface RandomFile {
  readonly modelClass: string;
  readonly csv: string;
  readonly reconciliationkeys: string;
}

function randomFile(random: Random): RandomFile {
  const classes = Object.entries(TWIN_MODEL.classes) as unknown as [string, { readonly attributes: Attributes }][];
  const [modelClass, { attributes }] = random.pick(classes);
  const all = columnsOf(attributes);
  const chosen = random.shuffled(all).slice(0, random.int(1, 3));
  const named = random.chance(0.8) ? [...new Set([...all.filter(({ code }) => code === "name"), ...chosen])] : chosen;
  const keys = keysOf(random, named);
  // A computed column that is no key is refused.
  const columns = named.filter((column) => column.kind !== "friendly_name" || keys.includes(column));
  const rows = Array.from(
    { length: random.int(1, 6) },
    () => columns.map(({ kind }) => cell(random, kind, modelClass)).join(","),
  );
  return {
    modelClass,
    csv: `${columns.map(({ code }) => code).join(",")}\n${rows.join("\n")}\n`,
    reconciliationkeys: keys.map(({ code }) => code).join(","),
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

/** Attributes, and those of what external keys refer to. */
function columnsOf(attributes: Attributes): Column[] {
  const columns: Column[] = [{ code: "id", kind: "external_key" }, { code: "friendlyname", kind: "friendly_name" }];
  for (const [code, { kind, target }] of Object.entries(attributes)) {
    columns.push({ code, kind: code === "name" ? "name" : kind });
    if (target === undefined) continue;
    for (const [other, attribute] of Object.entries(attributesOf(target))) {
      if (attribute.kind !== "link_set") columns.push({ code: `${code}->${other}`, kind: attribute.kind });
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
