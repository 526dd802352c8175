/** Examples of what there is: whatever is written together, each row is told those that there are when it is its turn. */
import { assertEquals } from "@std/assert";
import { preparedWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { Random } from "../torture/random.ts";

type Draw = (random: Random) => string;

interface Files {
  readonly class: string;
  readonly keys: string;
  readonly columns: readonly (readonly [name: string, draw: Draw])[];
}

/** More than are looked at, so that new ones may stand before them, among them and behind. */
const EXISTING = 34;

const NAMES = ["0", "a", "A", "C", "M05", "m33 ", "M33", "N", "z", "É", "\u{1f600}", "\u{ff21}", "a b"];
const FIRST = ["", "a", "M05", "m3", "Z", "É"];

const oneOf = (cells: readonly string[]): Draw => (random) => random.pick(cells);
const number: Draw = (random) => `M${String(random.int(0, 2 * EXISTING)).padStart(2, "0")}`;
const unknown: Draw = (random) => random.int(0, 2) === 0 ? "" : random.int(0, 2) === 0 ? number(random) : "nobody";
const named: Draw = (random) => random.int(0, 1) === 0 ? number(random) : random.pick(NAMES);

const FILES: readonly Files[] = [
  { class: "Organization", keys: "code", columns: [["code", number], ["name", named], ["parent_id->name", unknown]] },
  { class: "Organization", keys: "code", columns: [["code", number], ["name", named], ["parent_id->code", unknown]] },
  {
    class: "Person",
    keys: "email",
    columns: [
      ["email", (random) => `${number(random)}@b.co`],
      ["name", named],
      ["first_name", oneOf(FIRST)],
      ["org_id", oneOf(["1"])],
      ["manager_id->name", unknown],
    ],
  },
  {
    class: "DBServer",
    keys: "path",
    columns: [
      ["path", number],
      ["name", named],
      ["org_id", oneOf(["1"])],
      ["system_id->name", (random) => random.int(0, 2) === 0 ? "nobody" : number(random)],
    ],
  },
];

const SEEDS = [1, 2];
const ROWS = 24;

const withMany = preparedWorld(async ({ load }) => {
  const each = (line: (name: string) => string) =>
    Array.from({ length: EXISTING }, (_, index) => `${line(`M${String(index).padStart(2, "0")}`)}\n`).join("");
  await load("Organization", `name,code\n${each((name) => `${name},${name}`)}`);
  await load("Person", `email,name,first_name,org_id\n${each((name) => `${name}@b.co,x,${name},1`)}`);
  await load("Server", `name,org_id\n${each((name) => `${name},1`)}`);
});

/** A JSON line of a row without its place in the file. */
function withoutPlace(line: string): unknown {
  const { record: _, line: __, ...row } = JSON.parse(line);
  return row;
}

for (const [number, files] of FILES.entries()) {
  const shown = `${files.class} by ${files.keys}, ${files.columns.map(([name]) => name).join(", ")}`;
  for (const seed of SEEDS) {
    Deno.test(`rows of ${shown} are told the examples that there are, seed ${seed}`, async () => {
      const random = new Random(seed).part(`${number} ${shown}`);
      const header = files.columns.map(([name]) => name).join(",");
      const rows = Array.from({ length: ROWS }, () => files.columns.map(([, draw]) => draw(random)).join(","));
      const ends: unknown[] = [];
      for (const parts of [[rows], rows.map((row) => [row])]) {
        await withMany(async ({ print }) => {
          const told: unknown[] = [];
          const params = { reconciliationkeys: files.keys, twins: "last", output: "json" };
          for (const part of parts) {
            const { stdout } = await print(files.class, `${[header, ...part].join("\n")}\n`, params);
            told.push(...lines(stdout).filter((line) => JSON.parse(line).type === "row").map(withoutPlace));
          }
          ends.push(told);
        });
      }
      assertEquals(ends[0], ends[1]);
    });
  }
}
