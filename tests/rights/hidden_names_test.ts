/** No message names what a limited user may not see, nor tells whether an id exists that they may not see. */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Loading, preparedWorld } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

/** Organizations: Visible 2, HiddenOrg 3. Persons: HiddenPerson 2, Olga 3. Teams: HiddenTeam 4 with both persons, Open 5. */
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
  await load("Server", "name,org_id->name\nHiddenServer,HiddenOrg\nWeb,Visible\n", { reconciliationkeys: "name" });
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:3,allowed_org_id:2\n",
  );
});

const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

/** What a limited user may try, with `?` where ids of hidden objects go, and the hidden id for it. */
const PROBES: readonly (readonly [string, string, string, number])[] = [
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
  ["lnkPersonToTeam", "team_id,person_id\n5,?\n", "team_id,person_id", 2],
  ["lnkPersonToTeam", "team_id,person_id\n?,3\n", "team_id,person_id", 4],
];

function probe({ print }: Loading, modelClass: string, csv: string, keys: string, output: string) {
  return print(modelClass, csv, { ...LIMITED, reconciliationkeys: keys, output, simulate: "1" });
}

Deno.test("a hidden id is told of as one that does not exist", () =>
  withHidden(async (loading) => {
    for (const [modelClass, csv, keys, hidden] of PROBES) {
      for (const output of ["details", "json"]) {
        const ask = async (id: number) => {
          const run = await probe(loading, modelClass, csv.replace("?", String(id)), keys, output);
          const rows = output === "json" ? run.stdout.split("\n")[0] : run.stdout.slice(run.stdout.indexOf("\nLine;"));
          assert([0, 1].includes(run.exitCode), describeRun(run));
          assertFalse(/Hidden/i.test(run.stdout + run.stderr), describeRun(run));
          return rows?.replaceAll(new RegExp(`\\b(${hidden}|987)\\b`, "g"), "?");
        };
        assertEquals(await ask(hidden), await ask(987), `${modelClass} ${csv} tells whether ${hidden} exists`);
      }
    }
  }));

Deno.test("a uniqueness rule does not name what only stands behind the object in the way", () =>
  withHidden(async (loading) => {
    // Link 1 is HiddenPerson in HiddenTeam, link 2 Olga in HiddenTeam: link 1 would become the same as 2.
    const run = await probe(loading, "lnkPersonToTeam", "id,person_id\n1,3\n", "id", "details");
    assertEquals(run.exitCode, 1, describeRun(run));
    assertFalse(/Hidden[A-Z]/.test(run.stdout + run.stderr), describeRun(run));
    assert(run.stdout.includes("it would duplicate a 'lnkPersonToTeam' object not visible"), describeRun(run));
  }));
