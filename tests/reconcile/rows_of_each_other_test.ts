/** Rows that refer to objects of their own class, and write over what others refer by: whatever is asked together, each row is as if it were alone. */
import { assertEquals } from "@std/assert";
import { preparedWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { Random } from "../torture/random.ts";

/** What the cells of a column are drawn of. */
type Column = readonly [name: string, cells: readonly string[]];

interface Files {
  readonly class: string;
  readonly keys: string;
  readonly columns: readonly Column[];
}

const NAMES = ["A", "a", "B", "C", "D", "E", "É", "é", '"B "', "", "Zz"];
const CODES = ["1", "2", "3", "4", ""];
const EMAILS = ["a@b.co", "A@B.co", "c@d.co", "e@f.co", "", "g@h.co", "none@b.co"];

const FILES: readonly Files[] = [
  {
    class: "Organization",
    keys: "name",
    columns: [["name", NAMES], ["code", CODES], ["parent_id->name", NAMES], ["status", ["active", "inactive", "x"]]],
  },
  { class: "Organization", keys: "code", columns: [["name", NAMES], ["code", CODES], ["parent_id->name", NAMES]] },
  {
    class: "Organization",
    keys: "name",
    columns: [["name", NAMES], ["code", CODES], ["parent_id->code", CODES], ["parent_id->name", NAMES]],
  },
  { class: "Organization", keys: "code", columns: [["name", NAMES], ["code", CODES], ["parent_id", CODES]] },
  {
    class: "Organization",
    keys: "name,parent_id->code",
    columns: [["name", NAMES], ["code", CODES], ["parent_id->code", CODES]],
  },
  {
    class: "Person",
    keys: "employee_number",
    columns: [
      ["name", NAMES],
      ["first_name", ["x", "X", "y"]],
      ["org_id", ["1", "2"]],
      ["employee_number", ["1", "2", "3", "4", "5"]],
      ["email", EMAILS],
      ["manager_id->email", EMAILS],
    ],
  },
  {
    class: "Person",
    keys: "email",
    columns: [
      ["name", ["A", "B", "b"]],
      ["first_name", ["x", "X", "y"]],
      ["org_id", ["1"]],
      ["email", EMAILS],
      ["manager_id->name", ["A", "B", "", "C"]],
      ["manager_id->first_name", ["x", "y", ""]],
    ],
  },
];

/** As many are loaded before. */
const ROWS = 16;
const SEEDS = [1, 2];

const withTwo = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nBeta,2\n");
});

/** A JSON line of a row without its place in the file. */
function withoutPlace(line: string): unknown {
  const { record: _, line: __, ...row } = JSON.parse(line);
  return row;
}

function rowsOf(stdout: string): unknown[] {
  return lines(stdout).filter((line) => JSON.parse(line).type === "row").map(withoutPlace);
}

for (const files of FILES) {
  const shown = `${files.class} by ${files.keys}, ${files.columns.map(([name]) => name).join(", ")}`;
  for (const seed of SEEDS) {
    Deno.test(`rows of ${shown} refer to each other as if each were a file of its own, seed ${seed}`, async () => {
      const random = new Random(seed).part(shown);
      const header = files.columns.map(([name]) => name).join(",");
      const drawn = () =>
        Array.from({ length: ROWS }, () => files.columns.map(([, cells]) => random.pick(cells)).join(","));
      const [before, rows] = [drawn(), drawn()];
      const params = { reconciliationkeys: files.keys, twins: "last", output: "json" };
      const ends: unknown[][] = [];
      for (const parts of [[rows], rows.map((row) => [row])]) {
        await withTwo(async ({ print, query }) => {
          const told: unknown[] = [];
          await print(files.class, `${[header, ...before].join("\n")}\n`, params);
          for (const part of parts) {
            told.push(...rowsOf((await print(files.class, `${[header, ...part].join("\n")}\n`, params)).stdout));
          }
          ends.push([told, query(`SELECT * FROM "view_${files.class}" ORDER BY id`)]);
        });
      }
      assertEquals(ends[0], ends[1]);
    });
  }
}

Deno.test("a target is told by the name that it had when the row came, though a row below renames it", () =>
  withTwo(async ({ load, print }) => {
    await load("Organization", "code,name\n7,Old\n8,Other\n");
    const csv = "code,name,parent_id->code\n8,Other,7\n7,New,\n2,Beta,7\n";
    const { stdout } = await print("Organization", csv, { reconciliationkeys: "code", output: "diff" });
    assertEquals(stdout.split("\n").filter((line) => line.includes("Parent: ")), [
      "    Parent: (none) → Old (3)",
      "    Parent: (none) → New (3)",
    ]);
  }));
