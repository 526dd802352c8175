/** Links that stay keep the attributes that their item does not name, seen from either end (SPEC 14). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { preparedModel, withModel, withWorld } from "../helpers/loading.ts";

const named = (more = {}) => ({
  reconciliation_keys: ["name"],
  attributes: { name: { kind: "string", null: false }, ...more },
});
const set = (to: string, remote: string) => ({
  kind: "link_set",
  link_class: "Share",
  key_to_this: to,
  key_to_remote: remote,
});

/** Devices and persons, whose links have attributes of every kind that may be lost; persons know persons. */
const MODEL = {
  name: "shares",
  languages: ["EN US"],
  classes: {
    Role: named(),
    Device: named({ keepers: set("device_id", "person_id") }),
    Person: named({
      devices: set("person_id", "device_id"),
      knows: { kind: "link_set", link_class: "Known", key_to_this: "who", key_to_remote: "whom" },
      known_by: { kind: "link_set", link_class: "Known", key_to_this: "whom", key_to_remote: "who" },
    }),
    Share: {
      friendly_name: "{device_id} {person_id}",
      attributes: {
        device_id: { kind: "external_key", target: "Device", null: false },
        person_id: { kind: "external_key", target: "Person", null: false },
        share: { kind: "integer", null: false, default: 100 },
        part: { kind: "decimal", digits: 5, decimals: 2 },
        since: { kind: "date" },
        level: { kind: "enum", values: ["low", "high"], null: false, default: "low" },
        role_id: { kind: "external_key", target: "Role" },
        note: { kind: "string", null: false, default: "none" },
      },
    },
    Known: {
      friendly_name: "{who} {whom}",
      attributes: {
        who: { kind: "external_key", target: "Person", null: false },
        whom: { kind: "external_key", target: "Person", null: false },
        how: { kind: "string" },
      },
    },
  },
};

const SHARES = "SELECT device_id, person_id, share, part, since, level, role_id, note FROM share ORDER BY id";
const FULL = "share:50;part:1.5;since:2024-02-03;level:high;role_id->name:Boss;note:mine";

const withShare = preparedModel(MODEL, async (loading) => {
  await loading.load("Role", "name\nBoss\n");
  await loading.load("Person", "name\nAnn\nBob\n");
  await loading.load("Device", `name,keepers\nL1,person_id->name:Ann;${FULL}\n`);
  assertEquals(loading.query(SHARES), ["1 1 50 1.5 2024-02-03 high 1 mine"]);
});

for (
  const [end, modelClass, csv, more] of [
    ["one end", "Device", "name,keepers\nL1,person_id->name:Ann", "|person_id->name:Bob"],
    ["the other end", "Person", "name,devices\nAnn,device_id->name:L1", "|device_id->name:L2"],
  ] as const
) {
  Deno.test(`nothing is lost that an item does not name: numbers, dates, enumerations, external keys, from ${end}`, () =>
    withShare(async ({ load, query, everything }) => {
      await load("Device", "name\nL2\n");
      const stored = everything();
      assertEquals((await load(modelClass, `${csv}\n`)).rows, [`unchanged ${modelClass} 1`]);
      assertEquals(everything(), stored);
      const { rows: [row = ""] } = await load(modelClass, `${csv};share:60${more}\n`);
      assert(row.startsWith(`updated ${modelClass} 1 `), row);
      const [kept, added = ""] = query(SHARES);
      assertEquals(kept, "1 1 60 1.5 2024-02-03 high 1 mine");
      assertEquals(added.slice(4), "100 - - low - none");
    }));

  Deno.test(`what an item names as empty is emptied, from ${end}`, () =>
    withShare(async ({ load, query }) => {
      await load(modelClass, `${csv};part:;since:;role_id:0\n`);
      assertEquals(query(SHARES), ["1 1 50 - - high - mine"]);
    }));
}

Deno.test("a mandatory attribute without a default is needed by a new link only", () => {
  const { note: _, ...attributes } = MODEL.classes.Share.attributes;
  const share = { ...MODEL.classes.Share, attributes: { ...attributes, note: { kind: "string", null: false } } };
  return withModel({ ...MODEL, classes: { ...MODEL.classes, Share: share } }, async ({ load, query }) => {
    await load("Person", "name\nAnn\nBob\n");
    await load("Device", "name,keepers\nL1,person_id:1;note:x\n");
    assertEquals((await load("Device", "name,keepers\nL1,person_id:1;share:7\n")).rows.length, 1);
    assertEquals(query("SELECT share, note FROM share"), ["7 x"]);
    const { rows: [row = ""] } = await load("Device", "name,keepers\nL1,person_id:1|person_id:2\n");
    assertStringIncludes(row, "Missing value for mandatory attribute(s): note");
    const { rows: [emptied = ""] } = await load("Device", "name,keepers\nL1,person_id:1;note:\n");
    assertStringIncludes(emptied, "Null not allowed");
  });
});

Deno.test("two items for one partner: the same is one item, other values are an error", () =>
  withShare(async ({ load, query }) => {
    const ok = await load("Device", "name,keepers\nL2,person_id->name:ann|person_id->name:ANN|person_id:1\n");
    assertEquals(ok.rows, ["created Device 2"]);
    const { rows: [row = ""], run } = await load(
      "Device",
      "name,keepers\nL3,person_id->name:Ann;share:10|person_id->name:ANN;share:20\n",
    );
    assertStringIncludes(row, "Two items for Person::1 (person_id) disagree: share is '10' and '20'");
    assertStringIncludes(run.stdout, '"link_problem":"link_items_disagree"');
    assertEquals(query("SELECT count(*) FROM share"), ["2"]);
  }));

Deno.test("link sets of one row that contradict each other over an object's link to itself are an error", () =>
  withShare(async ({ load, query, everything }) => {
    const contradictory = [
      "Ann,whom:1,\n",
      "Ann,,who:1\n",
      "Ann,whom:1;how:a,who:1;how:b\n",
      "Ann,whom:1|whom:2,who:2\n",
    ];
    const before = everything().filter((row) => row.startsWith("known"));
    for (const row of contradictory) {
      const { rows: [told = ""] } = await load("Person", `name,knows,known_by\n${row}`);
      assertStringIncludes(told, "The link to Person::1");
    }
    assertEquals(everything().filter((row) => row.startsWith("known")), before);
    const agreeing = "name,knows,known_by\nAnn,whom:1;how:a|whom:2,who:1\n";
    assert((await load("Person", agreeing)).rows[0]?.startsWith("updated Person 1 "));
    assertEquals(query("SELECT who, whom, how FROM known ORDER BY id"), ["1 1 a", "1 2 "]);
    assertEquals((await load("Person", agreeing)).rows, ["unchanged Person 1"]);
    const { rows: [gone = ""] } = await load("Person", "name,knows,known_by\nAnn,whom:2,who:1\n");
    assertStringIncludes(gone, "is a link of knows too");
    const empty = await load("Person", "name,knows,known_by\nAnn,,\n");
    assert(empty.rows[0]?.startsWith("updated Person 1 "), empty.rows[0]);
    assertEquals(query("SELECT count(*) FROM known"), ["0"]);
  }));

Deno.test("roles of a team stay, from the team and from its persons (built-in model)", () =>
  withWorld(async ({ load, query }) => {
    await load("ContactType", "name\nBoss\n");
    await load("Person", "name,first_name,org_id\nDoe,Jo,1\n", { reconciliationkeys: "name" });
    await load("Team", "name,org_id,persons_list\nOps,1,person_id->name:Doe;role_id->name:Boss\n");
    const roles = "SELECT role_id FROM lnkpersontoteam";
    const [role = ""] = query(roles);
    assert(role !== "-");
    const team = await load("Team", "name,persons_list\nOps,person_id->name:Doe\n", { reconciliationkeys: "name" });
    const person = await load("Person", "name,team_list\nDoe,team_id->name:Ops\n", { reconciliationkeys: "name" });
    assertEquals([...team.rows, ...person.rows].map((row) => row.split(" ")[0]), ["unchanged", "unchanged"]);
    assertEquals(query(roles), [role]);
  }));
