/** Twins: rows of one file that reach one object (SPEC 14; faults 03, 34). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, preparedWorld, withModel, withWorld } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

/** @param row index, from 0, of a file of one line a row */
function twin(row: number): string {
  return `Row ${row} (line ${row + 2}) is this object already, with other values`;
}

/** Loads a file twice: the second time nothing is written, and the same rows are in error. @returns its rows, the first time */
async function settles(
  { load, query }: Loading,
  modelClass: string,
  csv: string,
  params: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const first = (await load(modelClass, csv, params)).rows;
  const stored = () => query("SELECT COUNT(*) FROM change_op");
  const before = stored();
  const second = (await load(modelClass, csv, params)).rows;
  assertEquals(stored(), before);
  assertEquals(second, first.map((row) => row.replace(/^(created|updated)( \w+ \d+).*/, "unchanged$2")));
  return first;
}

const DEVICES = {
  name: "devices",
  languages: ["EN US"],
  classes: {
    Device: {
      labels: { "EN US": "Device" },
      reconciliation_keys: ["tag"],
      attributes: {
        tag: { kind: "string", null: false, labels: { "EN US": "Asset tag" } },
        name: { kind: "string", labels: { "EN US": "Name" } },
        serial: { kind: "string", labels: { "EN US": "Serial" } },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("fault 03: the same key three times in a file keeps the first, and settles", () =>
  withModel(DEVICES, async (loading) => {
    const csv = "Asset tag,Name,Serial\nTBD,pc 1,S1\nTBD,pc 2,S2\nTBD,pc 3,S3\n";
    assertEquals(await settles(loading, "Device", csv, { no_localize: "0" }), [
      "created Device 1",
      `rejected Device 1: ${twin(0)}`,
      `rejected Device 1: ${twin(0)}`,
    ]);
    assertEquals(loading.objects("Device", "tag,name,serial"), ["TBD,pc 1,S1"]);
  }));

Deno.test("fault 03 with twins=last: the last row wins, and each that writes over another is warned of and counted", () =>
  withModel(DEVICES, async ({ load, print, objects }) => {
    const csv = "tag,name,serial\nTBD,pc 1,S1\nTBD,pc 2,S2\nTBD,pc 2,S2\nTBD,pc 3,S3\n";
    const { run, rows, warnings } = await load("Device", csv, { twins: "last" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["created", "updated", "unchanged", "updated"]);
    assertEquals(warnings, [
      "2 rows changed an object that an earlier row of the file had reached, the first in line 3: " +
      "twins=last lets the last row win",
    ]);
    const end = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "");
    assertEquals([end.counts.warnings, end.settings.twins, run.exitCode], [2, "last", 0]);
    assertEquals(objects("Device", "tag,name"), ["TBD,pc 3"]);
    const summary = await print("Device", csv, { twins: "last", output: "summary" });
    assertStringIncludes(summary.stdout, "#Twins: last\n");
    assertStringIncludes(summary.stdout, "#Warnings: 2\n");
  }));

Deno.test("a twin of a row that updated, or found its object unchanged, is in error too; one that says the same is not", () =>
  withWorld(async (loading) => {
    await loading.load("Organization", "name,code\nA,1\nB,2\n", { reconciliationkeys: "name" });
    const csv = "name,code\nA,9\nB,2\nA,9\na,9\nA,1\nB,3\nB,2\n";
    assertEquals(await settles(loading, "Organization", csv, { reconciliationkeys: "name" }), [
      'updated Organization 2 code="1"->"9"',
      "unchanged Organization 3",
      "unchanged Organization 2",
      `rejected Organization 2: ${twin(0)}`,
      `rejected Organization 2: ${twin(0)}`,
      `rejected Organization 3: ${twin(1)}`,
      "unchanged Organization 3",
    ]);
  }));

Deno.test("the line is that of the file, where cells have line breaks and lines are blank", () =>
  withWorld(async ({ load }) => {
    const csv = 'name,code\n\nA,"1\n"\n\n"B",2\n"B\n",2\nB,3\n';
    const { rows } = await load("Organization", csv, { reconciliationkeys: "name" });
    assertStringIncludes(rows.at(-1) ?? "", "Row 1 (line 6) is this object already, with other values");
  }));

Deno.test("a row in error, or with problems of its own, has not reached its object", () =>
  withWorld(async ({ load }) => {
    const csv = "name,code,status\nA,1,nonsense\nA,2,active\nA,3,active\nA,4,nonsense\n";
    const { rows } = await load("Organization", csv, { reconciliationkeys: "name" });
    assertEquals(rows.map((row) => row.replace(/ \| .*/, "")), [
      "rejected: Unexpected attribute value(s)",
      "created Organization 2",
      `rejected Organization 2: ${twin(1)}`,
      "rejected Organization 2: Unexpected attribute value(s)",
    ]);
  }));

const NO_NINES = `CREATE TRIGGER no_nines BEFORE UPDATE ON organization WHEN NEW.code = '9'
  BEGIN SELECT RAISE(ABORT, 'no nines'); END`;

Deno.test("a row that the database refuses has not reached its object", () =>
  withWorld(async (loading) => {
    await loading.load("Organization", "name,code\nA,1\nB,1\n", { reconciliationkeys: "name" });
    const opened = new DatabaseSync(loading.database);
    opened.exec(NO_NINES);
    opened.close();
    const csv = "name,code\nA,9\nA,2\nA,3\nB,9\nB,1\nB,2\n";
    const { rows } = await loading.load("Organization", csv, { reconciliationkeys: "name" });
    assertEquals(rows.map((row) => row.replace(/because of .*/, "…")), [
      "rejected Organization 2: the database refused the row …",
      'updated Organization 2 code="1"->"2"',
      `rejected Organization 2: ${twin(1)}`,
      "rejected Organization 3: the database refused the row …",
      "unchanged Organization 3",
      `rejected Organization 3: ${twin(4)}`,
    ]);
  }));

Deno.test("an object that is found through an external key, in the middle of thousands", () =>
  withWorld(async (loading) => {
    await loading.load("Organization", "name\nAcme\nBeta\n", { reconciliationkeys: "name" });
    const fillers = Array.from({ length: 1500 }, (_, index) => `L${index},Beta,Town ${index}\n`).join("");
    const csv = `name,org_id->name,city\nHQ,Acme,Paris\nHQ,Beta,Lyon\n${fillers}HQ,acme,Lille\nHQ,Acme,Paris\n`;
    const rows = await settles(loading, "Location", csv, { reconciliationkeys: "name,org_id->name" });
    assertEquals([rows[1502], rows[1503]], [`rejected Location 1: ${twin(0)}`, "unchanged Location 1"]);
  }));

const withTeams = preparedWorld(async ({ load }) => {
  await load("Person", "name,first_name,org_id\nAnn,A,1\nBob,B,1\n", { reconciliationkeys: "name" });
});

Deno.test("fault 34: a second list of links for one object does not take back the first", () =>
  withTeams(async (loading) => {
    const csv = "name,org_id,persons_list\nT,1,person_id->name:Ann\nT,1,person_id->name:Bob\nT,1,person_id->name:Ann\n";
    assertEquals(await settles(loading, "Team", csv, { reconciliationkeys: "name" }), [
      "created Team 4",
      `rejected Team 4: ${twin(0)}`,
      "unchanged Team 4",
    ]);
    assertEquals(loading.query("SELECT team_id, person_id FROM lnkpersontoteam"), ["4 2"]);
  }));

/** Persons know each other: a link is seen from both of its ends. */
const FRIENDS = {
  name: "friends",
  languages: ["EN US"],
  classes: {
    Person: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        knows: { kind: "link_set", link_class: "Knowing", key_to_this: "who", key_to_remote: "whom" },
        known_by: { kind: "link_set", link_class: "Knowing", key_to_this: "whom", key_to_remote: "who" },
      },
    },
    Knowing: {
      friendly_name: "{who} {whom}",
      attributes: {
        who: { kind: "external_key", target: "Person", null: false, on_delete: "cascade" },
        whom: { kind: "external_key", target: "Person", null: false, on_delete: "cascade" },
        since: { kind: "integer" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("a row does not take back what another one has said of a link from its other end", () =>
  withModel(FRIENDS, async (loading) => {
    await loading.load("Person", "name\nAnn\nBob\nCid\n");
    const rows = await settles(
      loading,
      "Person",
      "name,knows,known_by\nAnn,whom->name:Bob;since:1,\nBob,,\nBob,,who->name:Ann;since:2\nBob,,who->name:Ann;since:1\n" +
        "Cid,,who->name:Ann\n",
    );
    assertEquals(rows.map((row) => row.replace(/ knows=.*/, "")), [
      "updated Person 1",
      `rejected Person 2: ${twin(0)}`,
      `rejected Person 2: ${twin(0)}`,
      "unchanged Person 2",
      `rejected Person 3: ${twin(0)}`,
    ]);
    assertEquals(loading.query("SELECT who, whom, since FROM knowing"), ["1 2 1"]);
  }));

Deno.test("with twins=last that is allowed, and counted", () =>
  withModel(FRIENDS, async ({ load, query }) => {
    await load("Person", "name\nAnn\nBob\n");
    const csv = "name,knows,known_by\nAnn,whom->name:Bob,\nBob,,\nNew,,who->name:Ann\n";
    const { rows, run } = await load("Person", csv, { twins: "last" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["updated", "updated", "created"]);
    assertEquals(JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "").counts.warnings, 2);
    assertEquals(query("SELECT who, whom FROM knowing"), ["1 3"]);
  }));

/** A shelf goes with its hook, and a box then stands nowhere. */
const HOOKS = {
  name: "hooks",
  languages: ["EN US"],
  classes: {
    Thing: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        hook: { kind: "external_key", target: "Hanging", on_delete: "set_null" },
        hooks: { kind: "link_set", link_class: "Hanging", key_to_this: "thing", key_to_remote: "wall" },
      },
    },
    Wall: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Hanging: {
      friendly_name: "{thing} {wall}",
      attributes: {
        thing: { kind: "external_key", target: "Thing", null: false, on_delete: "cascade" },
        wall: { kind: "external_key", target: "Wall", null: false, on_delete: "cascade" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("a row does not empty by on_delete what an earlier row has said", () =>
  withModel(HOOKS, async (loading) => {
    await loading.load("Wall", "name\nNorth\n");
    await loading.load("Thing", "name,hooks\nA,wall->name:North\nB,\n");
    const rows = await loading.load("Thing", "name,hook,hooks\nB,1,\nA,,\n");
    assertEquals(rows.rows, [
      "updated Thing 2 hook=null->1",
      "rejected Thing 1: removing links would empty 'hook' of Thing::2, which an earlier row has loaded",
    ]);
    const alone = await loading.load("Thing", "name,hooks\nB,\nA,\n");
    assertEquals(alone.rows.map((row) => row.split(" ").slice(0, 3).join(" ")), [
      "unchanged Thing 2",
      "updated Thing 1",
    ]);
  }));

Deno.test("users: another password in a later row is a twin, the same one is unchanged, an empty one too", () =>
  withWorld(async ({ load, print }) => {
    const csv =
      "login,password,profile_list\nann,Secret_1,profileid:3\nann,Secret_2,profileid:3\nann,Secret_1,profileid:3\n" +
      "ann,,profileid:3\nann,,profileid:1\n";
    assertEquals((await load("UserLocal", csv)).rows, [
      "created UserLocal 2",
      `rejected UserLocal 2: ${twin(0)}`,
      "unchanged UserLocal 2",
      "unchanged UserLocal 2",
      `rejected UserLocal 2: ${twin(0)}`,
    ]);
    const login = { auth_user: "ann", auth_pwd: "Secret_1", simulate: "1" };
    const run = await print("Organization", "name\nA\n", login);
    assert(!run.stderr.includes("wrong credentials"), describeRun(run));
  }));

Deno.test("a case log takes the entry of the first row; the same again adds nothing", () =>
  withWorld(async (loading) => {
    await loading.load("UserLocal", "login,password,profile_list\nann,Secret_1,profileid:3\n");
    assertEquals(
      (await settles(loading, "UserLocal", "login,log\nann,first\nann,first\nann,\nann,second\n")).map((row) =>
        row.replace(/ log=.*/, "")
      ),
      [
        "updated UserLocal 2",
        "unchanged UserLocal 2",
        "unchanged UserLocal 2",
        `rejected UserLocal 2: ${twin(0)}`,
      ],
    );
  }));

Deno.test("a simulation tells the same twins, of objects that it would create too", () =>
  withWorld(async ({ print, query }) => {
    const csv = "name,code\nNew,1\nMy Company/Department,2\nNew,2\nNew,1\nMy Company/Department,3\n";
    const told = async (simulate: string, twins: string) => {
      const { stdout } = await print("Organization", csv, { reconciliationkeys: "name", simulate, twins });
      return stdout.replace(/#Simulate: .*/, "").replaceAll(/;Organization;\d+;/g, ";Organization;_;");
    };
    const simulated = [await told("1", "error"), await told("1", "last")];
    assertEquals(query("SELECT COUNT(*) FROM organization"), ["1"]);
    assertStringIncludes(simulated[0] ?? "", `2;Issue: ${twin(0)};Organization;_;"New";"2"`);
    assertStringIncludes(simulated[1] ?? "", "#Warnings: 3");
    assertEquals(await told("0", "error"), simulated[0]);
  }));

Deno.test("JSON tells the earlier row by its number and line", () =>
  withWorld(async ({ load }) => {
    const { run } = await load("Organization", "name,code\nA,1\nA,2\n", { reconciliationkeys: "name" });
    const row = JSON.parse(run.stdout.split("\n")[1] ?? "");
    assertEquals([row.status, row.messages], ["rejected", [{ kind: "twin", record: 0, line: 2, text: twin(0) }]]);
  }));
