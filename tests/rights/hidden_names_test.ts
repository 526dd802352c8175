/** No message names what a limited user may not see, nor tells whether an id exists that they may not see. */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { type Loading, preparedWorld, withModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

/**
 * Organizations: Visible 2, HiddenOrg 3. Persons: HiddenPerson 2, Olga 3 whose manager and location are hidden, Peter 6. Teams:
 * HiddenTeam 4 with HiddenPerson and Olga, Open 5.
 */
const withHidden = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nVisible,V\nHiddenOrg,H\n");
  await load(
    "Person",
    "name,first_name,org_id->name,email\nHiddenPerson,HiddenFirst,HiddenOrg,h@hidden.org\nOlga,O,Visible,o@v.org\n",
    { reconciliationkeys: "name" },
  );
  await load(
    "Team",
    "name,org_id->name,persons_list\nHiddenTeam,HiddenOrg,person_id:2|person_id:3\nOpen,Visible,\n",
    { reconciliationkeys: "name" },
  );
  await load("Location", "name,org_id->name,city\nHiddenPlace,HiddenOrg,HiddenCity\n", { reconciliationkeys: "name" });
  const olga = "name,org_id->name,manager_id->name,location_id->name\nOlga,Visible,HiddenPerson,HiddenPlace\n";
  await load("Person", olga, { reconciliationkeys: "name" });
  await load("Person", "name,first_name,org_id->name\nPeter,P,Visible\n", { reconciliationkeys: "name" });
  await load("Server", "name,org_id->name\nHiddenServer,HiddenOrg\nWeb,Visible\n", { reconciliationkeys: "name" });
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:3,allowed_org_id:2\n",
  );
});

const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

/** What a limited user may try, with `?` where ids and names of hidden objects go, and the hidden one for it. */
const PROBES: readonly (readonly [string, string, string, number | string])[] = [
  ["Person", "name,org_id\nOlga,?\n", "name", 3],
  ["Person", "name,manager_id\nOlga,?\n", "name", 2],
  ["Person", "name,location_id\nOlga,?\n", "name", 1],
  ["Person", "name,org_id,org_id->name\nOlga,?,Visible\n", "name", 3],
  ["Person", "id,function\n?,x\n", "id", 2],
  ["Contact", "id,function\n?,x\n".replace("function", "email"), "id", 2],
  ["Organization", "id,code\n?,x\n", "id", 3],
  ["Organization", "name,parent_id\nVisible,?\n", "name", 3],
  ["Location", "org_id,name\n?,Place\n", "org_id,name", 3],
  ["Team", "name,persons_list\nOpen,person_id:?\n", "name", 2],
  ["Team", "name,persons_list\nOpen,person_id->id:?\n", "name", 2],
  ["Server", "name,location_id\nWeb,?\n", "name", 1],
  ["Person", "name,manager_id->manager_name\nPeter,?\n", "name", "HiddenPerson"],
  ["Person", "name,manager_id->location_name\nPeter,?\n", "name", "HiddenPlace"],
  ["Person", "name,manager_id->manager_id_friendlyname\nPeter,?\n", "name", "HiddenFirst HiddenPerson"],
  ["Person", "manager_id_friendlyname,function\n?,x\n", "manager_id_friendlyname", "HiddenFirst HiddenPerson"],
  ["Team", "name,persons_list\nOpen,person_id->manager_name:?\n", "name", "HiddenPerson"],
  ["lnkPersonToTeam", "team_id,person_id\n5,?\n", "team_id,person_id", 2],
  ["lnkPersonToTeam", "team_id,person_id\n?,3\n", "team_id,person_id", 4],
];

function probe({ print }: Loading, modelClass: string, csv: string, keys: string, output: string) {
  return print(modelClass, csv, { ...LIMITED, reconciliationkeys: keys, output, simulate: "1" });
}

Deno.test("a hidden id or name is told of as one that does not exist", () =>
  withHidden(async (loading) => {
    for (const [modelClass, csv, keys, hidden] of PROBES) {
      for (const output of ["details", "json"]) {
        const ask = async (guess: number | string) => {
          const run = await probe(loading, modelClass, csv.replace("?", String(guess)), keys, output);
          const rows = output === "json" ? run.stdout.split("\n")[0] : run.stdout.slice(run.stdout.indexOf("\nLine;"));
          assert([0, 1].includes(run.exitCode), describeRun(run));
          // Some kinds of problems have the word in their names.
          const told = (run.stdout + run.stderr).replaceAll(/"kind":"\w+"/g, "").replaceAll(String(guess), "?");
          assertFalse(/Hidden/i.test(told), describeRun(run));
          return rows?.replaceAll(new RegExp(`\\b(${hidden}|987)\\b`, "g"), "?");
        };
        assertEquals(await ask(hidden), await ask(987), `${modelClass} ${csv} tells whether ${hidden} exists`);
      }
    }
  }));

Deno.test("a link is hidden when one of its ends is", () =>
  withHidden(async (loading) => {
    // Link 1 is HiddenPerson in HiddenTeam, link 2 Olga in HiddenTeam.
    const { load, query } = loading;
    const before = query("SELECT * FROM lnkpersontoteam");
    const params = { ...LIMITED, reconciliationkeys: "id" };
    const failed = (id: number) =>
      `rejected: failed to reconcile: no 'lnkPersonToTeam' object was found by id '${id}', ` +
      "and a new one could not be given an id. Correct it, or name other reconciliation keys";
    assertEquals((await load("lnkPersonToTeam", "id,person_id\n1,3\n2,3\n", params)).rows, [failed(1), failed(2)]);
    assertEquals((await load("lnkPersonToTeam", "id,team_id\n1,5\n2,5\n", params)).rows, [failed(1), failed(2)]);
    assertEquals(query("SELECT * FROM lnkpersontoteam"), before);
    const csv = "team_id,person_id\n5,3\n5,3\n";
    assertEquals((await load("lnkPersonToTeam", csv, { ...params, reconciliationkeys: "team_id,person_id" })).rows, [
      "created lnkPersonToTeam 3",
      "unchanged lnkPersonToTeam 3",
    ]);
  }));

const PLACES = {
  name: "places",
  organizations: { class: "Org" },
  classes: {
    Org: { organization: "id", reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Place: {
      organization: "org",
      reconciliation_keys: ["name"],
      attributes: { name: { kind: "string", null: false }, org: { kind: "external_key", target: "Org" } },
    },
    Shelf: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        place: { kind: "external_key", target: "Place" },
        place_name: { kind: "external_field", key: "place", attribute: "name" },
      },
    },
    Box: {
      friendly_name: "{name} {shelf_place}",
      unique: [{ name: "tag", attributes: ["tag"], messages: "{tag} stands in {shelf_place} already" }],
      attributes: {
        name: { kind: "string" },
        tag: { kind: "string" },
        shelf: { kind: "external_key", target: "Shelf" },
        shelf_place: { kind: "external_field", key: "shelf", attribute: "place_name" },
      },
    },
    Item: {
      unique: [{ name: "tag", attributes: ["tag"], messages: "{tag} is in {place_name} already" }],
      attributes: {
        tag: { kind: "string" },
        place: { kind: "external_key", target: "Place" },
        place_name: { kind: "external_field", key: "place", attribute: "name" },
        name: { kind: "string" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }, {
    id: 2,
    name: "Items",
    bulk_write: ["Item", "Box"],
  }],
};

Deno.test("a uniqueness rule does not name what only stands behind the object in the way", () =>
  withModel(PLACES, async ({ load }) => {
    await load("Org", "name\nIn\nOut\n");
    await load("Place", "name,org\nOpen,1\nHiddenPlace,2\n");
    await load("Item", "name,tag,place\na,1,1\nb,2,2\n", { reconciliationkeys: "name" });
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:2,allowed_org_id:1\n",
    );
    const { rows } = await load("Item", "name,tag\nc,1\nd,2\n", { ...LIMITED, reconciliationkeys: "name" });
    assertEquals(rows, [
      "rejected: 1 is in Open already (Item::1)",
      "rejected: it would duplicate a 'Item' object not visible with your current profile",
    ]);
  }));

Deno.test("nor what stands behind that, be it in a rule's sentence or in the name of a new object", () =>
  withModel(PLACES, async ({ load, print }) => {
    await load("Org", "name\nIn\nOut\n");
    await load("Place", "name,org\nOpen,1\nHiddenPlace,2\n");
    await load("Shelf", "name,place\nopen,1\nhidden,2\n");
    await load("Box", "name,tag,shelf\na,1,1\nb,2,2\n", { reconciliationkeys: "name" });
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:2,allowed_org_id:1\n",
    );
    const params = { ...LIMITED, reconciliationkeys: "name" };
    assertEquals((await load("Box", "name,tag\nc,1\nd,2\n", params)).rows, [
      "rejected: 1 stands in Open already (Box::1)",
      "rejected: it would duplicate a 'Box' object not visible with your current profile",
    ]);
    const csv = "name,shelf,shelf->place_name,friendlyname\ne,1,Open,E OPEN\nf,2,,f\n";
    const keys = { reconciliationkeys: "name,friendlyname" };
    const { stdout } = await print("Box", csv, { ...params, ...keys, output: "details" });
    assertStringIncludes(stdout, "#Created: 1");
    assertStringIncludes(stdout, "e Open");
    assertFalse(stdout.includes("HiddenPlace"), stdout);
  }));

/** Organisations have a main place, which is in one of them. */
const SEATS = {
  name: "seats",
  organizations: { class: "Org", parent: "parent" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        parent: { kind: "external_key", target: "Org", hierarchical: true },
        seat: { kind: "external_key", target: "Place" },
      },
    },
    Place: PLACES.classes.Place,
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }, { id: 2, name: "Orgs", bulk_write: ["Org"] }],
};

Deno.test("an object that a row takes out of sight is not found by the next one", () =>
  withModel(SEATS, async ({ load }) => {
    await load("Org", "name,parent\nTop,\nBelow,1\n");
    await load("Place", "name,org\nThere,2\n");
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:2,allowed_org_id:1\n",
    );
    const { rows } = await load("Org", "name,parent,seat->name\nBelow,1,There\nBelow,,There\nTop,,There\n", {
      ...LIMITED,
      twins: "last",
    });
    assertEquals(rows.map((row) => row.replace(/:.*/, "")), [
      "updated Org 2 seat=null->1",
      "updated Org 2 parent=1->null",
      "rejected Org 1",
    ]);
  }));
