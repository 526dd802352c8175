/** A user who is limited to some organisations: what they do not see is not matched, not found, not named, and left alone. */
import { assert, assertEquals } from "@std/assert";
import { type Loading, preparedWorld, withModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

/** Organizations: Visible 2 with Sub 3 below it, Secret 4. Persons: hidden 2, Olga 3, Sam 4. Teams: hidden 5, Mixed 6. */
const withSecrets = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code,parent_id->name\nVisible,V,\nSub,S,Visible\nSecretOrg,SecretCode,\n");
  const persons =
    "name,first_name,org_id->name,email,employee_number\nSecretPerson,SecretFirst,SecretOrg,secret@s.org,77\n" +
    "Olga,O,Visible,o@v.org,7\nSam,S,Sub,s@v.org,8\n";
  await load("Person", persons, { reconciliationkeys: "name" });
  await load("Location", "name,city,org_id->name\nSecretPlace,SecretCity,SecretOrg\n", { reconciliationkeys: "name" });
  const teams =
    "name,org_id->name,persons_list\nSecretTeam,SecretOrg,person_id:2\nMixed,Visible,person_id:2|person_id:3\n";
  await load("Team", teams, { reconciliationkeys: "name" });
  const users = "login,password,profile_list,allowed_org_list\nlim,lim,profileid:3,allowed_org_id:2\n" +
    "both,both,profileid:1,allowed_org_id:2\n";
  await load("UserLocal", users);
});

const LIMITED = { auth_user: "lim", auth_pwd: "lim" };
const hiddenMatch = (modelClass: string) =>
  `the reconciliation keys match a '${modelClass}' object not visible with your current profile`;

/** What becomes of rows that the limited user loads. */
async function limited({ load }: Loading, modelClass: string, csv: string, keys: string): Promise<readonly string[]> {
  return (await load(modelClass, csv, { ...LIMITED, reconciliationkeys: keys })).rows;
}

const noId = (id: string) =>
  `rejected: failed to reconcile: no 'Organization' object was found by id '${id}', ` +
  "and a new one could not be given an id. Correct it, or name other reconciliation keys";

Deno.test("objects of the allowed organisations and of those below them are matched, others still count", () =>
  withSecrets(async (loading) => {
    const csv = "name,function\nOlga,x\nSam,x\nSecretPerson,x\n";
    assertEquals(await limited(loading, "Person", csv, "name"), [
      'updated Person 3 function=""->"x"',
      'updated Person 4 function=""->"x"',
      `rejected: ${hiddenMatch("Person")}`,
    ]);
    assertEquals(await limited(loading, "Organization", "name,code\nsecretorg,x\nSub,x\n", "name"), [
      `rejected: ${hiddenMatch("Organization")}`,
      'updated Organization 3 code="S"->"x"',
    ]);
    assertEquals(await limited(loading, "Organization", "id,code\n4,x\n1,x\n", "id"), [
      noId("4"),
      noId("1"),
    ]);
  }));

Deno.test("an object that was created out of sight is not created again", () =>
  withSecrets(async (loading) => {
    assertEquals(await limited(loading, "Organization", "name,code\nNew,1\nNew,2\n", "name"), [
      "created Organization 5",
      `rejected: ${hiddenMatch("Organization")}`,
    ]);
    assertEquals(await limited(loading, "Organization", "name,parent_id\nBelow,2\nBelow,3\nLow,6\n", "name"), [
      "created Organization 6",
      "rejected Organization 6: Row 0 (line 2) is this object already, with other values",
      "created Organization 7",
    ]);
  }));

Deno.test("an organisation that a row moves out of sight is out of sight for the next", () =>
  withSecrets(async (loading) => {
    assertEquals(await limited(loading, "Organization", "name,parent_id\nSub,\nSub,2\n", "name"), [
      "updated Organization 3 parent_id=2->null",
      `rejected: ${hiddenMatch("Organization")}`,
    ]);
  }));

Deno.test("external keys find visible objects only, and name visible ones only", () =>
  withSecrets(async (loading) => {
    const seen = (target: string, examples: string) =>
      `There are some '${target}' objects not visible with your current profile. Some possible '${target}' value(s): ${examples}`;
    const bad = (key: string, text: string) => `rejected Person 3: Unexpected attribute value(s) | ${key}: ${text}`;
    const by = async (key: string, column: string, cell: string) =>
      (await limited(loading, "Person", `name,${column}\nOlga,${cell}\n`, "name"))[0]?.replace(` | ${key}: '`, " | '");
    assertEquals(await by("org_id", "org_id->name", "SecretOrg"), bad("org_id", seen("Organization", "Sub, Visible")));
    assertEquals(
      await by("manager_id", "manager_id->email", "nobody@x.co"),
      bad("manager_id", seen("Person", "o@v.org, s@v.org")),
    );
    const byId = await by("org_id", "org_id", "4");
    const notFound = "is an invalid value. Unexpected value for attribute 'org_id': Target object not found";
    assertEquals(byId, `${bad("org_id", seen("Organization", "3, 2"))} | '4' ${notFound} (Organization::4)`);
    assertEquals((await by("org_id", "org_id", "99"))?.replaceAll("99", "4"), byId, "tells whether a hidden id exists");
    const none = "There are no 'Location' objects found with your current profile.";
    assertEquals(await by("location_id", "location_id->city", "SecretCity"), bad("location_id", none));
    assertEquals(await by("org_id", "org_id->name", "Sub"), "updated Person 3 org_id=2->3");
  }));

Deno.test("links to hidden objects are left alone, whatever becomes of the others", () =>
  withSecrets(async (loading) => {
    const links = "SELECT person_id FROM lnkpersontoteam WHERE team_id = 6 ORDER BY person_id";
    const shown = (...ids: number[]) => JSON.stringify(ids.map((id) => `'person_id:${id}';'role_id:0'`).join("|"));
    assertEquals(await limited(loading, "Team", "name,persons_list\nMixed,person_id:3\nMixed,person_id:4\n", "name"), [
      "unchanged Team 6",
      "rejected Team 6: Row 0 (line 2) is this object already, with other values",
    ]);
    assertEquals(await limited(loading, "Team", "name,persons_list\nMixed,person_id:4\n", "name"), [
      `updated Team 6 persons_list=${shown(3)}->${shown(4)}`,
    ]);
    assertEquals(loading.query(links), ["2", "4"]);
    assertEquals(
      await limited(loading, "Team", "name,persons_list\nMixed,\nMixed,person_id->name:SecretPerson\n", "name"),
      [
        `updated Team 6 persons_list=${shown(4)}->""`,
        "rejected Team 6: Unexpected attribute value(s) | persons_list: 'person_id->name:SecretPerson' is an invalid value. " +
        "Failed to process input: Found no match: ext_key = person_id, reconciliation = name=SecretPerson",
      ],
    );
    assertEquals(loading.query(links), ["2"]);
  }));

Deno.test("no report names what is hidden", () =>
  withSecrets(async ({ print }) => {
    const files: readonly (readonly [string, string, string])[] = [
      ["Organization", "id,name\n4,x\n", "id"],
      ["Person", "org_id,name,first_name,employee_number\n2,a,a,77\n4,a,a,1\n99,a,a,1\n", "name"],
      ["Person", "email,location_id->name,manager_id->name,org_id->code\no@v.org,x,x,x\no@v.org,,,\n", "email"],
      ["Person", "friendlyname,function\nO Olga,x\nNobody,x\n", "friendlyname"],
      ["Team", "name,org_id,persons_list\nMixed,2,person_id:2\nMixed,2,person_id:5\nMixed,3,\n", "name"],
      ["lnkPersonToTeam", "team_id,person_id\n6,2\n5,3\n6,3\n", "team_id,person_id"],
      ["Contact", "name,org_id->name\nOlga,x\nx,\n", "name"],
    ];
    for (const [modelClass, csv, keys] of files) {
      for (const output of ["details", "json"]) {
        const run = await print(modelClass, csv, { ...LIMITED, reconciliationkeys: keys, output });
        assert(run.exitCode <= 1, describeRun(run));
        assert(!/secret/i.test(run.stdout + run.stderr), describeRun(run));
      }
    }
  }));

Deno.test("a limited administrator leaves accounts alone that see what they do not see", () =>
  withSecrets(async ({ load, query }) => {
    await load("UserLocal", "login,allowed_org_list\nlim,allowed_org_id:2|allowed_org_id:4\n");
    const both = { auth_user: "both", auth_pwd: "both" };
    const { rows } = await load(
      "UserLocal",
      "login,allowed_org_list\nlim,allowed_org_id:3\nlim,allowed_org_id:4\n",
      both,
    );
    assertEquals(rows.map((row) => row.slice(0, 19)), ["rejected UserLocal ", "rejected UserLocal "]);
    assertEquals(query("SELECT allowed_org_id FROM urp_userorg WHERE userid = 2 ORDER BY 1"), ["2", "4"]);
  }));

/** Rooms belong to houses; the door code of a room is unique in all of them. */
const HOUSES = {
  name: "houses",
  languages: ["EN GB"],
  organizations: { class: "House" },
  classes: {
    House: {
      reconciliation_keys: ["name"],
      organization: "id",
      attributes: { name: { kind: "string", null: false } },
    },
    Room: {
      reconciliation_keys: ["name"],
      organization: "house_id",
      unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"], messages: "{name} opens with {code}" }],
      attributes: {
        name: { kind: "string", null: false },
        code: { kind: "string" },
        house_id: { kind: "external_key", target: "House", null: false },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("a uniqueness rule that a hidden object breaks does not name it", () =>
  withModel(HOUSES, async ({ load }) => {
    await load("House", "name\nHere\nThere\n");
    await load("Room", "name,code,house_id->name\nSecretRoom,1,There\nHall,2,Here\n");
    await load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,lim,profileid:1,allowed_org_id->name:Here\n",
    );
    const csv = "name,code,house_id\nA,1,1\nB,2,1\nHall,1,1\n";
    const hidden = "it would duplicate a 'Room' object not visible with your current profile";
    assertEquals((await load("Room", csv, LIMITED)).rows, [
      `rejected: ${hidden}`,
      "rejected: Hall opens with 2 (Room::2)",
      `rejected Room 2: ${hidden}`,
    ]);
    assertEquals((await load("Room", "name,code,house_id\nA,1,1\n")).rows, [
      "rejected: SecretRoom opens with 1 (Room::1)",
    ]);
  }));

/** A box belongs to the organisation of the box that it stands in. */
const BOXES = {
  name: "boxes",
  languages: ["EN GB"],
  organizations: { class: "Org" },
  classes: {
    Org: { organization: "id", reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Box: {
      organization: "outer_org",
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        note: { kind: "string" },
        org_id: { kind: "external_key", target: "Org" },
        outer_id: { kind: "external_key", target: "Box", hierarchical: true },
        outer_org: { kind: "external_field", key: "outer_id", attribute: "org_id" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }, { id: 2, name: "All", bulk_write: ["Org", "Box"] }],
};

Deno.test("an object that an earlier row brings to sight is found, though no column refers to that row's", () =>
  withModel(BOXES, async ({ load }) => {
    await load("Org", "name\nSeen\nHidden\n");
    await load("Box", "name,org_id,outer_id->name\nouter,2,\ninner,1,outer\n");
    await load("UserLocal", "login,password,profile_list,allowed_org_list\nlim,lim,profileid:2,allowed_org_id:1\n");
    assertEquals((await load("Box", "name,note\ninner,x\n", LIMITED)).rows, [`rejected: ${hiddenMatch("Box")}`]);
    assertEquals((await load("Box", "name,note,org_id->name\nouter,x,Seen\ninner,x,Seen\n", LIMITED)).rows, [
      'updated Box 1 org_id=null->1 note=""->"x"',
      'updated Box 2 note=""->"x"',
    ]);
  }));
