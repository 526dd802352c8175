/** Undo of runs whose keys were filled in a second reading: the log has objects before those to whom they refer, and rings. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import { Random } from "../torture/random.ts";

const key = (onDelete: string) => ({ kind: "external_key", target: "Person", on_delete: onDelete });
const MODEL = {
  name: "staff",
  languages: ["EN US"],
  classes: {
    Team: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Person: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        boss: key("restrict"),
        mate: key("set_null"),
        team: { kind: "external_key", target: "Team" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};
const BOTH = { second_pass: "boss,mate", create_targets: "team" };

async function undo({ scratch, database }: Loading, change: number, exitCode = 0): Promise<string[]> {
  const params = { db: database, auth_user: ADMIN, auth_pwd: ADMIN, change: String(change), output: "details" };
  const run = await scratch.run(["undo", ...Object.entries(params).map(([name, value]) => `--${name}=${value}`)]);
  assertExit(run, exitCode);
  return lines(run.stdout);
}

const stored = ({ query }: Loading) =>
  ["SELECT id, name, boss, mate, team FROM person ORDER BY id", "SELECT id, name FROM team ORDER BY id"].flatMap(query);

/** @param rows names, bosses, mates, teams */
const csvOf = (rows: readonly (readonly string[])[]) =>
  `name,boss->name,mate->name,team->name\n${rows.map((row) => `${row.join(",")}\n`).join("")}`;

const FILES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "who stands above their boss, with new targets between them": [["a", "b", "", "x"], ["b", "", "", "y"], [
    "c",
    "b",
    "",
    "z",
  ]],
  "a ring, and whoever hangs on it": [["a", "b", "", ""], ["b", "c", "", "x"], ["c", "b", "", ""], ["d", "a", "", ""]],
  "one's own boss": [["a", "a", "b", ""], ["b", "a", "b", ""]],
  "rings of two keys": [["a", "b", "c", ""], ["b", "", "a", ""], ["c", "a", "b", ""]],
};

for (const [what, rows] of Object.entries(FILES)) {
  Deno.test(`undo of a second pass takes back all of it, and is taken back: ${what}`, () =>
    withModel(MODEL, async (loading) => {
      await loading.load("Person", csvOf(rows), BOTH);
      const after = stored(loading);
      await undo(loading, 1);
      assertEquals(stored(loading), []);
      await undo(loading, 2);
      assertEquals(stored(loading), after);
      await undo(loading, 3);
      assertEquals(stored(loading), []);
    }));
}

Deno.test("undo of a second pass, again and again: what an undo of an undo has brought back is as it was", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Person", "name\nz\n");
    await loading.load("Person", csvOf([["a", "b", "z", ""], ["b", "a", "", ""], ["z", "", "a", ""]]), BOTH);
    const [before, after] = [["1 z - - -"], stored(loading)];
    // Undone are 2, then the undo 3, and so on; and the run itself once more.
    for (
      const [change, expected] of [[2, before], [3, after], [4, before], [5, after], [2, before], [7, after]] as const
    ) {
      await undo(loading, change);
      assertEquals(stored(loading), expected, `after undo of ${change}`);
    }
  }));

Deno.test("a ring that an undo has broken, and that is whole again, is as it was: what made it is taken back", () =>
  withModel(MODEL, async (loading) => {
    const feed = { source: "hr", gone: "delete", gone_limit: "100%" };
    await loading.load("Person", "name\na\nb\nc\n", feed);
    await loading.load("Person", "name,mate->name\na,b\nb,a\n");
    await loading.load("Person", "name\nc\n", feed);
    // That they are gone is undone; that again, which breaks their ring; and that again, too.
    for (const change of [3, 4, 5]) await undo(loading, change);
    assertEquals(stored(loading), ["1 a - 2 -", "2 b - 1 -", "3 c - - -"]);
    await undo(loading, 2);
    assertEquals(stored(loading), ["1 a - - -", "2 b - - -", "3 c - - -"]);
  }));

Deno.test("undo of a second pass: hundreds in any order, with rings among them", () =>
  withModel(MODEL, async (loading) => {
    const random = new Random(5);
    const names = Array.from({ length: 300 }, (_, index) => `p${index}`);
    const rows = names.map((name) => [
      name,
      random.chance(0.8) ? random.pick(names) : "",
      random.chance(0.3) ? random.pick(names) : "",
      random.chance(0.3) ? `t${random.int(1, 9)}` : "",
    ]);
    const { rows: told } = await loading.load("Person", csvOf(random.shuffled(rows)), BOTH);
    assertEquals(told.filter((row) => !row.startsWith("created")), []);
    const after = stored(loading);
    await undo(loading, 1);
    assertEquals(stored(loading), []);
    await undo(loading, 2);
    assertEquals(stored(loading), after);
  }));

Deno.test("undo of a second pass: who was edited since stays, with all to whom they refer; the rest goes", () =>
  withModel(MODEL, async (loading) => {
    await loading.load(
      "Person",
      csvOf([["a", "b", "", ""], ["b", "c", "", ""], ["c", "b", "", ""], ["d", "c", "", ""]]),
      BOTH,
    );
    await loading.load("Person", "name,team->name\na,x\n", { create_targets: "team" });
    const told = await undo(loading, 1, 1);
    assertEquals(stored(loading).slice(0, 3), ["1 a 2 - 1", "2 b 3 - -", "3 c 2 - -"]);
    assertStringIncludes(told.join("\n"), "Person::4: deleted");
    assertStringIncludes(
      told.join("\n"),
      "Person::2: its creation cannot be taken back: Person::1 refers to it (boss)",
    );
  }));

Deno.test("undo of a second pass: a user who is limited to an organisation takes back their own rings, too", () =>
  withWorld(async ({ load, scratch, database, query }) => {
    await load("Organization", "name\nIn\n", { reconciliationkeys: "name" });
    const users =
      "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:3,allowed_org_id->name:In\n";
    await load("UserLocal", users);
    const login = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };
    const csv = "name,first_name,email,org_id->name,manager_id->email\n" +
      "A,A,a@x.org,In,b@x.org\nB,B,b@x.org,In,c@x.org\nC,C,c@x.org,In,b@x.org\n";
    const { rows } = await load("Person", csv, { ...login, reconciliationkeys: "email", second_pass: "manager_id" });
    assertEquals(rows.filter((row) => row.startsWith("created")).length, 3);
    const [change = ""] = query("SELECT max(id) FROM change");
    const params = { db: database, ...login, change };
    const run = await scratch.run(["undo", ...Object.entries(params).map(([name, value]) => `--${name}=${value}`)]);
    assertExit(run, 0);
    assertEquals(query("SELECT count(*) FROM view_Person WHERE email LIKE '%@x.org'"), ["0"]);
  }));
