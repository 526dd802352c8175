/** Thousands of mistakes of one kind are told in few lines: the first twenty, and how many more there are. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";

const MANY = 3000;

function names(prefix: string, count = MANY): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

const FILES: readonly (readonly [string, string, Record<string, string>, string])[] = [
  ["columns that are not known", names("c").join(","), {}, "#Unknown columns: 2980 more"],
  ["one column again and again", names("x").map(() => "name").join(","), {}, "#… and 2979 more of this kind"],
  [
    "keys that are not known",
    "name,code",
    { reconciliationkeys: names("k", 500).join(",") },
    "#… and 480 more of this kind",
  ],
  [
    "parameters that are not known",
    "name,code",
    Object.fromEntries(names("p").map((name) => [name, "x"])),
    "#… and 2980 more of this kind",
  ],
];

for (const [what, header, params, more] of FILES) {
  Deno.test(`three thousand mistakes in few lines: ${what}`, () =>
    withWorld(async ({ print }) => {
      const { exitCode, stdout, stderr } = await print("Organization", `${header}\nx,y\n`, params);
      assertEquals(exitCode, 64);
      assert(lines(stdout).length + lines(stderr).length < 120, stdout.slice(0, 2000));
      assertStringIncludes(stderr, more.slice(1));
    }));
}

Deno.test("a link set tells its first ten bad items, and how many more there are", () =>
  withWorld(async ({ load, print, query }) => {
    const items = names("p").map((name) => `person_id->name:${name}`).join("|");
    const csv = `name,org_id,persons_list\nT,1,person_id->name:none|person_id:1;x:2|role_id->name:none|${items}\n`;
    const { rows: [row = ""], run } = await load("Team", csv, { reconciliationkeys: "name" });
    const told = row.split(" | ");
    assertEquals(told.length, 12);
    assertStringIncludes(told[1] ?? "", "reconciliation = name=none");
    assertStringIncludes(told[2] ?? "", "Wrong attribute code for link attribute specification");
    assertStringIncludes(told[3] ?? "", "role_id");
    assertEquals(told[11], "and 2993 more bad items");
    const [, message] = JSON.parse(lines(run.stdout)[0] ?? "").messages;
    assertEquals([message.link_problem, message.other_items.length, message.more_items], [
      "link_target_not_found",
      9,
      2993,
    ]);
    const simulated = await print("Team", csv, { reconciliationkeys: "name", simulate: "1" });
    assertStringIncludes(simulated.stdout, "and 2993 more bad items");
    assertEquals(query("SELECT name FROM view_Team"), []);
  }));
