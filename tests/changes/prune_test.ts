/** `csvrecon history --prune`: old entries leave the log, the runs stay and say so. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, preparedModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { askHistory, readJsonLines, toldEntries, toldJson, toldLines } from "./asked_history.ts";
import { SHOP } from "./shop_model.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const PRUNE = { prune: "1", before: "2026-01-01" };

/** Three runs, of 2024, 2025 and 2026; the second has entries for two objects. */
const withOldRuns = preparedModel(SHOP, async (loading) => {
  await loading.load("Org", "name\na\n");
  await loading.load("Box", "name\nb\nc\n", { reconciliationkeys: "name" });
  await loading.load("Box", "name,size\nb,1\n", { reconciliationkeys: "name" });
  date(loading, ["2024-05-05T00:00:00.000Z", "2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00.000Z"]);
});

/** Says when runs were. */
function date({ database }: Loading, dates: readonly string[]): void {
  const opened = new DatabaseSync(database);
  dates.forEach((date, index) => opened.prepare("UPDATE change SET date = ? WHERE id = ?").run(date, index + 1));
  opened.close();
}

const prune = (loading: Loading, params = {}) => askHistory(loading, { ...PRUNE, ...params }, { now: NOW });

Deno.test("what runs before a date did is removed; they stay in the history and say so, and so does the removal", () =>
  withOldRuns(async (loading) => {
    const run = await prune(loading, { comment: "yearly" });
    assertExit(run, 0);
    assertEquals(run.stdout.split("\n"), [
      "Removed from the change log: 3 entries of 2 runs before 2026-01-01 00:00:00 UTC.",
      "Runs up to 2 can no longer be undone.",
      "In the history, this is run 4.",
      "",
    ]);
    assertEquals(loading.query("SELECT change, COUNT(*) FROM change_op GROUP BY change"), ["3 1"]);
    assertEquals(
      loading.query(
        "SELECT id, user, comment, origin, created, pruned, json_extract(parameters, '$.before') FROM change",
      ),
      [
        "1 admin  csvrecon import 1 1 -",
        "2 admin  csvrecon import 2 1 -",
        "3 admin  csvrecon import 0 0 -",
        "4 admin yearly csvrecon history 0 0 2026-01-01",
      ],
    );
    const runs = await toldJson(loading);
    assertEquals(runs.slice(0, -1).map(({ id, pruned, can_be_undone }) => [id, pruned, can_be_undone]), [
      [4, false, true],
      [3, false, true],
      [2, true, false],
      [1, true, false],
    ]);
    const list = (await toldLines(loading)).join("\n");
    assertStringIncludes(list, "        csvrecon history --prune --before=2026-01-01: yearly\n");
    assertEquals(list.match(/ {8}what it did was removed from the log: it can no longer be undone/g)?.length, 2);
    const one = await toldLines(loading, { change: "2" });
    assertEquals(one.at(-1), "  Note     what it did was removed from the log: it can no longer be undone");
  }));

Deno.test("an object whose first runs were pruned tells of what is left, and that something was removed", () =>
  withOldRuns(async (loading) => {
    await prune(loading);
    assertEquals(await toldEntries(loading, { class: "Box", object: "1" }), ['update Box 1 size: null -> "1"']);
    assertEquals((await toldLines(loading, { class: "Box", object: "2" })).at(-1), REMOVED);
  }));

const REMOVED = "The change log tells nothing of it: what runs did up to 2 was removed from the log.";

Deno.test("a second time there is nothing to remove, and no run", () =>
  withOldRuns(async (loading) => {
    await prune(loading);
    const again = await prune(loading);
    assertExit(again, 0);
    const nothing = "No run before 2026-01-01 00:00:00 UTC has entries in the log: there is nothing to remove.\n";
    assertEquals(again.stdout, nothing);
    assertEquals(loading.query("SELECT COUNT(*) FROM change"), ["4"]);
  }));

Deno.test("simulated, it tells the same and leaves everything as it is", () =>
  withOldRuns(async (loading) => {
    const before = [...loading.everything(), ...loading.query("SELECT * FROM change_op")];
    const run = await prune(loading, { simulate: "1" });
    assertExit(run, 0);
    assertEquals(run.stdout.split("\n"), [
      "Would be removed from the change log: 3 entries of 2 runs before 2026-01-01 00:00:00 UTC.",
      "Runs up to 2 could no longer be undone.",
      "Simulated: nothing was removed.",
      "",
    ]);
    assertEquals([...loading.everything(), ...loading.query("SELECT * FROM change_op")], before);
    assertEquals(readJsonLines((await prune(loading, { simulate: "1", output: "json" })).stdout), [{
      type: "pruned",
      version: 1,
      change: null,
      before: "2026-01-01T00:00:00.000Z",
      runs: 2,
      entries: 3,
      last: 2,
      leaves_none: false,
      simulate: true,
    }]);
  }));

Deno.test("that no run is left that can be undone is said", () =>
  withOldRuns(async (loading) => {
    const run = await prune(loading, { before: "2026-01-01 00:00:01" });
    assertStringIncludes(run.stdout, "\nNo run is left that can be undone.\n");
    assertEquals(JSON.parse((await prune(loading, { output: "json" })).stdout)["leaves_none"], true);
  }));

Deno.test("a clock that went wrong: runs behind a removed one say that they cannot be undone either", () =>
  withOldRuns(async (loading) => {
    date(loading, ["2026-05-01T00:00:00.000Z"]);
    await prune(loading);
    const notes = (await toldLines(loading)).filter((line) => line.includes("removed"));
    assertEquals(notes.map((line) => line.trim()), [
      "what it did was removed from the log: it can no longer be undone",
      "what runs behind it did was removed from the log: it can no longer be undone",
    ]);
  }));

for (
  const [before, text] of [
    ["2026-02-30", "expected a date such as 2025-12-31, or 2025-12-31 23:30:00"],
    ["01.01.2026", "expected a date such as 2025-12-31, or 2025-12-31 23:30:00"],
    ["2026-01-01T00:00:00+02:00", "expected a date such as 2025-12-31, or 2025-12-31 23:30:00"],
    ["yesterday", "expected a date such as 2025-12-31, or 2025-12-31 23:30:00"],
    ["", "expected a date such as 2025-12-31, or 2025-12-31 23:30:00"],
    ["2026-06-01 12:00:01", "it is in the future, for now it is 2026-06-01 12:00:00 UTC"],
    ["2062-01-01", "it is in the future, for now it is 2026-06-01 12:00:00 UTC"],
  ] as const
) {
  Deno.test(`no date, or none of the past, is refused: '${before}'`, () =>
    withOldRuns(async (loading) => {
      const run = await prune(loading, { before });
      assertExit(run, 64);
      assertStringIncludes(run.stderr, `Wrong before '${before}': ${text}`);
      assertEquals(loading.query("SELECT COUNT(*) FROM change_op"), ["4"]);
    }));
}

Deno.test("another writer holds the database: 75, and nothing is removed", () =>
  withOldRuns(async (loading) => {
    const writer = new DatabaseSync(loading.database);
    writer.exec("BEGIN IMMEDIATE");
    try {
      assertExit(await prune(loading, { busy_timeout: "0" }), 75);
      assertExit(await askHistory(loading), 0);
    } finally {
      writer.close();
    }
    assertEquals(loading.query("SELECT COUNT(*) FROM change_op"), ["4"]);
  }));

const USERS = [
  ["loader", "profileid:2", "", "may load some classes"],
  ["limited", "profileid:1", "allowed_org_id:1", "is limited to an organisation, be it an administrator"],
] as const;

for (const [login, profiles, organizations, what] of USERS) {
  Deno.test(`who ${what} removes nothing, simulated or not`, () =>
    withOldRuns(async (loading) => {
      const user = `${login},Passw0rd-of-it,${profiles},${organizations}`;
      await loading.load("UserLocal", `login,password,profile_list,allowed_org_list\n${user}\n`, {
        reconciliationkeys: "login",
      });
      for (const simulate of ["0", "1"]) {
        const run = await prune(loading, { auth_user: login, auth_pwd: "Passw0rd-of-it", simulate });
        assertExit(run, 77);
        assertMatch(run.stderr, /You are not allowed to remove entries from the change log/);
        assertEquals(run.stdout, "");
      }
      assertEquals(loading.query("SELECT COUNT(*) FROM change WHERE pruned = 1"), ["0"]);
    }));
}
