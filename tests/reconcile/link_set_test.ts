/** Link sets: the cell is the whole list. */
import { assertEquals } from "@std/assert";
import { type Loading, preparedWorld, withModel } from "../helpers/loading.ts";

const withTeams = preparedWorld(async ({ load }) => {
  const persons = "name,first_name,org_id\nAnn,A,1\nBob,B,1\nCid,C,1\nCid,D,1\n";
  await load("Person", persons, { reconciliationkeys: "first_name" });
  await load("ContactType", "name\nBoss\nWorker\n");
  await load("Team", "name,org_id,persons_list\nBlue,1,person_id:2;role_id:37|person_id:3\nRed,1,\n");
});

const LINKS = "SELECT id, person_id, role_id FROM lnkpersontoteam WHERE team_id = 6 ORDER BY id";

/** What becomes of Blue with these cells, one row each. */
async function blue({ load }: Loading, ...cells: string[]): Promise<readonly string[]> {
  const rows = cells.map((cell) => `Blue,"${cell}"\n`).join("");
  return (await load("Team", `name,persons_list\n${rows}`, { reconciliationkeys: "name", twins: "last" })).rows;
}

/** How the change of Blue's list is told. */
function changed(before: string, after: string): string {
  return `updated Team 6 persons_list=${JSON.stringify(before)}->${JSON.stringify(after)}`;
}

/** Why a cell is refused. */
function refused(cell: string, why: string): string {
  return `rejected Team 6: Unexpected attribute value(s) | persons_list: '${cell}' is an invalid value. ` +
    `Failed to process input: ${why}`;
}

const ANN = "'person_id:2';'role_id:37'";
const BOB = "'person_id:3';'role_id:0'";
const CID = "'person_id:4';'role_id:0'";

Deno.test("the list is replaced: what is missing goes, what is new comes, what stays keeps its link's id", () =>
  withTeams(async (loading) => {
    assertEquals(loading.query(LINKS), ["1 2 37", "2 3 -"]);
    assertEquals(await blue(loading, "person_id:3|person_id:4"), [changed(`${ANN}|${BOB}`, `${BOB}|${CID}`)]);
    assertEquals(loading.query(LINKS), ["2 3 -", "3 4 -"]);
    assertEquals(await blue(loading, ""), [changed(`${BOB}|${CID}`, "")]);
    assertEquals(loading.query(LINKS), []);
    assertEquals(await blue(loading, "person_id:3"), [changed("", BOB)]);
    assertEquals(loading.query(LINKS), ["4 3 -"]);
  }));

Deno.test("the same list is unchanged: in any order, by any attributes, twice the same object, in the shown form", () =>
  withTeams(async (loading) => {
    const cells = [
      "person_id:2;role_id:37|person_id:3",
      "person_id:3|role_id:37;person_id:2",
      "person_id->name:bob|person_id->first_name:A;role_id->name:boss",
      "person_id:3|person_id:3|person_id:2;role_id:37",
      `${ANN}|${BOB}`,
      " person_id: 3 | person_id :2 ; role_id: 37 ",
      "person_id:3;role_id:0|person_id:2;role_id:37",
    ];
    assertEquals(await blue(loading, ...cells), cells.map(() => "unchanged Team 6"));
    assertEquals(loading.query(LINKS), ["1 2 37", "2 3 -"]);
  }));

// Contradictory items for one partner are an error (SPEC 14).
Deno.test("items for one object that disagree refuse the row; those that add to each other are one", () =>
  withTeams(async (loading) => {
    const cell = "person_id:3;role_id:37|person_id->name:bob;role_id:38";
    const why = "Two items for Person::3 (person_id) disagree: role_id is '37' and '38'. Leave one of them out";
    assertEquals(await blue(loading, cell), [refused(cell, why)]);
    assertEquals(loading.query(LINKS), ["1 2 37", "2 3 -"]);
    const none = "person_id:3;role_id:37|person_id:3;role_id:0";
    assertEquals(await blue(loading, none), [refused(none, why.replace("38", "0"))]);
    assertEquals(await blue(loading, "person_id:2|person_id:3|person_id->name:bob;role_id:38"), [
      changed(`${ANN}|${BOB}`, `${ANN}|'person_id:3';'role_id:38'`),
    ]);
  }));

// Links that stay keep the attributes that their item does not name (SPEC 14).
Deno.test("an attribute of a link is changed in place, and stays when it is left out", () =>
  withTeams(async (loading) => {
    assertEquals(await blue(loading, "person_id:2;role_id->name:Worker|person_id:3"), [
      changed(`${ANN}|${BOB}`, `'person_id:2';'role_id:38'|${BOB}`),
    ]);
    assertEquals(await blue(loading, "person_id:2|person_id:3"), ["unchanged Team 6"]);
    assertEquals(await blue(loading, "person_id:2;role_id:|person_id:3"), [
      changed(`'person_id:2';'role_id:38'|${BOB}`, `'person_id:2';'role_id:0'|${BOB}`),
    ]);
    assertEquals(loading.query(LINKS), ["1 2 -", "2 3 -"]);
  }));

Deno.test("one bad item refuses the row, and nothing of it is written", () =>
  withTeams(async (loading) => {
    const wrong: readonly (readonly [string, string])[] = [
      ["person_id:4|person_id:99", "Found no match: ext_key = person_id, reconciliation = id=99"],
      ["person_id:04", "Found no match: ext_key = person_id, reconciliation = id=04"],
      ["person_id->name:Nope", "Found no match: ext_key = person_id, reconciliation = name=Nope"],
      [
        "person_id->name:Cid",
        "Found several matches: ext_key = person_id, reconciliation = name=Cid: 2 objects (Person::4, Person::5)",
      ],
      [
        "person_id->name:Cid;person_id->first_name:B",
        "Found no match: ext_key = person_id, reconciliation = name=Cid, first_name=B",
      ],
      [
        "Person_id:2",
        "Wrong attribute code for link attribute specification: class = lnkPersonToTeam, attcode = Person_id",
      ],
      ["person_id->nope:2", "Wrong attribute code for link attribute specification: class = Person, attcode = nope"],
      [
        "team_id:6;person_id:2",
        "Wrong attribute code for link attribute specification: class = lnkPersonToTeam, attcode = team_id",
      ],
      ["role_id:37", "Missing value for mandatory attribute(s): person_id"],
      ["person_id:0", "Missing value for mandatory attribute(s): person_id"],
      ["Ann", "Wrong format for link attribute specification: value = Ann"],
      ["person_id:2;role_id:1", "Found no match: ext_key = role_id, reconciliation = id=1"],
    ];
    const csv = wrong.map(([cell]) => `Blue,${cell},blue@x.co\n`).join("");
    const { rows } = await loading.load("Team", `name,persons_list,email\n${csv}`, { reconciliationkeys: "name" });
    assertEquals([...rows], wrong.map(([cell, why]) => refused(cell, why)));
    assertEquals(loading.query(LINKS), ["1 2 37", "2 3 -"]);
    assertEquals(loading.objects("Team", "email"), ["", ""]);
  }));

Deno.test("<NULL> empties a list as an empty cell does, and a new object may have one", () =>
  withTeams(async ({ load, query }) => {
    const csv = "name,org_id,persons_list\nBlue,1,<NULL>\nBlue,1,\nGreen,1,<NULL>\nWhite,1,person_id->name:Ann\n";
    assertEquals((await load("Team", csv, { reconciliationkeys: "name" })).rows, [
      changed(`${ANN}|${BOB}`, ""),
      "unchanged Team 6",
      "created Team 8",
      "created Team 9",
    ]);
    assertEquals(query("SELECT team_id, person_id FROM lnkpersontoteam"), ["9 2"]);
  }));

Deno.test("a list counts as one changed column beside others", () =>
  withTeams(async ({ print }) => {
    const run = await print("Team", "name,persons_list,email\nBlue,person_id:3,b@x.co\n", {
      reconciliationkeys: "name",
    });
    assertEquals(run.stdout.split("\n").at(-2), `0;updated 2 cols;Team;6;"Blue";"${BOB}";"b@x.co"`);
  }));

Deno.test("an object that an earlier row of the file created is found by a link set", () =>
  withTeams(async ({ load, query }) => {
    const csv =
      "name,org_id,functionalcis_list\nOne,1,\nTwo,1,functionalci_id->name:One\nOne,1,functionalci_id->name:TWO\n";
    assertEquals(
      (await load("ApplicationSolution", csv, { twins: "last" })).rows.map((row) =>
        row.split(" ").slice(0, 3).join(" ")
      ),
      [
        "created ApplicationSolution 1",
        "created ApplicationSolution 2",
        "updated ApplicationSolution 1",
      ],
    );
    const links =
      "SELECT applicationsolution_id, functionalci_id FROM lnkapplicationsolutiontofunctionalci ORDER BY id";
    assertEquals(query(links), ["2 1", "1 2"]);
  }));

Deno.test("two link sets of a row may hold the same link, seen from both ends", () =>
  withTeams(async ({ load, query }) => {
    await load("ApplicationSolution", "name,org_id\nSelf,1\n");
    const csv = "name,functionalcis_list,applicationsolution_list\nSelf,functionalci_id:1,applicationsolution_id:1\n";
    assertEquals((await load("ApplicationSolution", csv)).rows.map((row) => row.slice(0, 29)), [
      "updated ApplicationSolution 1",
    ]);
    const links = "SELECT applicationsolution_id, functionalci_id FROM lnkapplicationsolutiontofunctionalci";
    assertEquals(query(links), ["1 1"]);
    assertEquals((await load("ApplicationSolution", csv)).rows, ["unchanged ApplicationSolution 1"]);
  }));

/** Tools of a worker stand in slots, which hold one each; a shelf number is taken once in the whole house. */
const SLOTS = {
  name: "slots",
  languages: ["EN GB"],
  classes: {
    Worker: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        tools: { kind: "link_set", link_class: "ToolUse", key_to_this: "worker_id", key_to_remote: "tool_id" },
      },
    },
    Tool: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    ToolUse: {
      friendly_name: "{tool_id_friendlyname} / {slot}",
      unique: [
        { name: "slot", attributes: ["worker_id", "slot"], unless_empty: ["slot"], messages: "slot {slot} is taken" },
        {
          name: "shelf",
          attributes: ["shelf"],
          unless_empty: ["shelf"],
          messages: "shelf {shelf} holds a {tool_id_friendlyname}",
        },
      ],
      attributes: {
        worker_id: { kind: "external_key", target: "Worker", null: false, on_delete: "cascade" },
        tool_id: { kind: "external_key", target: "Tool", null: false, on_delete: "cascade" },
        slot: { kind: "integer" },
        shelf: { kind: "string" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("links keep the uniqueness rules of their class, and a row that would break one is in error", () =>
  withModel(SLOTS, async ({ load, query }) => {
    await load("Tool", "name\nHammer\nSaw\n");
    const csv = "name,tools\nAnn,tool_id:1;slot:1|tool_id:2;slot:1\nAnn,tool_id:1;slot:1;shelf:a|tool_id:2;slot:2\n" +
      "Bob,tool_id:1;slot:1;shelf:A\nBob,tool_id:1;slot:1;shelf:b\nBob,tool_id:2;shelf:B\nAnn,tool_id:2;slot:1;shelf:a\n";
    const { rows } = await load("Worker", csv, { twins: "last" });
    const bad = (cell: string, why: string) =>
      `Unexpected attribute value(s) | tools: '${cell}' is an invalid value. Failed to process input: ${why}`;
    assertEquals(rows.map((row) => row.replace(/ tools=.*/, "")), [
      `rejected: ${bad("tool_id:1;slot:1|tool_id:2;slot:1", "slot 1 is taken")}`,
      "created Worker 1",
      `rejected: ${bad("tool_id:1;slot:1;shelf:A", "shelf A holds a Hammer (ToolUse::1)")}`,
      "created Worker 2",
      "updated Worker 2",
      "updated Worker 1",
    ]);
    assertEquals(query("SELECT worker_id, tool_id, slot, shelf FROM tooluse ORDER BY id"), ["1 2 1 a", "2 2 - B"]);
  }));

Deno.test("an attribute of the target twice in one item is refused, be it 1,500 times", () =>
  withTeams(async (loading) => {
    const why = "Attribute given twice: class = Person, attcode = name";
    for (const cell of ["person_id->name:Ann;person_id->name:Ann", Array(1500).fill("person_id->name:a").join(";")]) {
      assertEquals(await blue(loading, cell), [refused(cell, why)]);
    }
    assertEquals(loading.query(LINKS), ["1 2 37", "2 3 -"]);
  }));

Deno.test("the same attributes of the target in another order find the same", () =>
  withTeams(async (loading) => {
    const cells = ["person_id->name:Cid;person_id->first_name:D", "person_id->first_name:D;person_id->name:Cid"];
    const cid = "'person_id:5';'role_id:0'";
    assertEquals(await blue(loading, ...cells), [changed(`${ANN}|${BOB}`, cid), "unchanged Team 6"]);
    const nobody = cells.map((cell) => cell.replace("Cid", "Zoe"));
    assertEquals(await blue(loading, ...nobody), [
      refused(nobody[0] ?? "", "Found no match: ext_key = person_id, reconciliation = name=Zoe, first_name=D"),
      refused(nobody[1] ?? "", "Found no match: ext_key = person_id, reconciliation = first_name=D, name=Zoe"),
    ]);
  }));

Deno.test("a target is looked for by 100 attributes at most", () => {
  const many = Array.from({ length: 1001 }, (_, index) => `x${index}`);
  const key = (target: string) => ({ kind: "external_key", target });
  const classes = {
    A: {
      attributes: {
        name: { kind: "string" },
        list: { kind: "link_set", link_class: "AB", key_to_this: "a", key_to_remote: "b" },
      },
    },
    B: { attributes: Object.fromEntries(["name", ...many].map((code) => [code, { kind: "string" }])) },
    AB: { friendly_name: "{a} {b}", attributes: { a: key("A"), b: key("B") } },
  };
  return withModel({ name: "wide", classes }, async ({ load }) => {
    await load("B", `name,${many[0]}\nb,1\n`, { reconciliationkeys: "name" });
    const cellOf = (count: number) =>
      many.slice(0, count).map((code, index) => `b->${code}:${index === 0 ? 1 : ""}`).join(";");
    const csv = `name,list\n${[100, 101, 1001].map((count) => `a${count},${cellOf(count)}\n`).join("")}`;
    const { rows } = await load("A", csv, { reconciliationkeys: "name" });
    const tooMany = "More than 100 attributes for one external key: ext_key = b";
    assertEquals(rows.map((row) => row.replace(/^rejected: .*: (?=More)/, "")), ["created A 1", tooMany, tooMany]);
  });
});
