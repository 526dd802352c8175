/** Rows that repeat others of their group: what was handed over for the first is what a search would find. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withModel } from "../helpers/loading.ts";
import { assertSameInGroups } from "../helpers/row_groups.ts";
import { Random } from "../torture/random.ts";

const TEXT = { kind: "string" };

const MODEL = {
  name: "repeated",
  languages: ["EN US"],
  classes: {
    Site: { reconciliation_keys: ["name"], attributes: { name: TEXT } },
    Node: {
      reconciliation_keys: ["name", "size"],
      unique: [{
        name: "code",
        attributes: ["code"],
        unless_empty: ["code"],
        messages: { "EN US": "{code} of {site_name} is taken by {name}" },
      }],
      attributes: {
        name: { kind: "string", null: false },
        code: TEXT,
        size: { kind: "integer" },
        weight: { kind: "decimal", digits: 8, decimals: 2, default: 1 },
        since: { kind: "date" },
        site_id: { kind: "external_key", target: "Site" },
        site_name: { kind: "external_field", key: "site_id", attribute: "name" },
        notes: { kind: "case_log" },
      },
    },
  },
};

const COLUMNS: readonly (readonly [string, readonly string[]])[] = [
  ["name", ["a", "A", "b", "c ", "É", "é", ""]],
  ["code", ["1", "2", "3", "", ""]],
  ["size", ["7", "07", "", "8"]],
  ["weight", ["1", "1.50", "", "x"]],
  ["since", ["2024-02-01", "", "2024-02-01"]],
  ["site_id->name", ["s", "S", "t", ""]],
  ["notes", ["", "", "called"]],
];

/** Of each row it is as likely as not that it is one of those before it once more. */
function drawnFile(random: Random, columns: typeof COLUMNS): string {
  const rows: string[] = [];
  for (let row = 0; row < 14; row++) {
    rows.push(
      rows.length > 0 && random.chance(0.5)
        ? random.pick(rows)
        : columns.map(([, cells]) => random.pick(cells)).join(","),
    );
  }
  return [columns.map(([name]) => name).join(","), ...rows].join("\n") + "\n";
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  Deno.test(`rows that repeat others are as if each went by itself, seed ${seed}`, async () => {
    const random = new Random(seed).part("repeated");
    const others = COLUMNS.filter(([name]) => name === "name" || random.chance(0.7));
    const keys: Record<string, string> = random.chance(0.5) ? { reconciliationkeys: "name" } : {};
    const printed = await assertSameInGroups({
      model: MODEL,
      before: [{ class: "Site", csv: "name\ns\nt\n" }, { class: "Node", csv: "name,size\nb,8\n" }],
      class: "Node",
      csv: drawnFile(random, others),
      params: {
        ...keys,
        output: random.pick(["json", "details", "diff"]),
        twins: random.pick(["error", "last"]),
        source: "hr",
      },
    });
    assert(printed.length > 0);
  });
}

/** A database that refuses nodes of one name. */
function withRefusals(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(MODEL, async (loading) => {
    const connection = new DatabaseSync(loading.database);
    connection.exec(
      `CREATE TRIGGER none BEFORE INSERT ON node WHEN NEW.name = 'x' BEGIN SELECT RAISE(ABORT, 'no x here'); END`,
    );
    connection.close();
    await use(loading);
  });
}

Deno.test("a row that repeats one which the database refuses is refused, too", () =>
  withRefusals(async ({ load }) => {
    const { rows } = await load("Node", "name\na\nx\nx\na\nx\nb\n", { reconciliationkeys: "name" });
    const statuses = rows.map((row) => row.split(" ")[0]?.replace(":", ""));
    assertEquals(statuses, ["created", "rejected", "rejected", "unchanged", "rejected", "created"]);
    assertEquals(new Set(rows.filter((row) => row.startsWith("rejected"))).size, 1);
  }));

Deno.test("a row is not refused for what another one has that the database refuses", () =>
  withRefusals(async ({ load }) => {
    const csv = "name,code\na,1\nb,1\nx,2\nc,2\nd,2\ne,1\nf,3\n";
    const { rows } = await load("Node", csv, { reconciliationkeys: "name" });
    const statuses = rows.map((row) => row.split(" ")[0]?.replace(":", ""));
    assertEquals(statuses, ["created", "rejected", "rejected", "created", "rejected", "rejected", "created"]);
  }));
