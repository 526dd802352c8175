/** Users who see only some organisations: an export has what they see, tells nothing of the rest, and loads back as unchanged. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertLoadsBack, exportClass, loadBack, runExport } from "../helpers/exporting.ts";
import { type Loading, preparedWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { TWIN_MODEL, withTwins } from "../rights/twins.ts";

/** As in `reconcile/hidden_objects_test.ts`, with a boss and a place that one of the visible persons may not see. */
const withSecrets = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code,parent_id->name\nVisible,V,\nSub,S,Visible\nSecretOrg,SecretCode,\n");
  const persons = "name,first_name,org_id->name,email\nSecretPerson,F,SecretOrg,s@s.org\nOlga,O,Visible,o@v.org\n" +
    "Sam,S,Sub,s@v.org\n";
  await load("Person", persons, { reconciliationkeys: "name" });
  await load("Location", "name,org_id->name\nSecretPlace,SecretOrg\n", { reconciliationkeys: "name" });
  const moved = "name,manager_id->name,location_id->name\nOlga,SecretPerson,SecretPlace\nSam,Olga,\n";
  await load("Person", moved, { reconciliationkeys: "name" });
  const teams =
    "name,org_id->name,persons_list\nSecretTeam,SecretOrg,person_id:2\nMixed,Visible,person_id:2|person_id:3\n";
  await load("Team", teams, { reconciliationkeys: "name" });
  const users = "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:3,allowed_org_id:2\n";
  await load("UserLocal", users);
});

const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

Deno.test("a limited user's export has the objects that they see, and loads back as unchanged", () =>
  withSecrets(async (loading) => {
    const stored = objectsOf(loading);
    for (const modelClass of ["Organization", "Person", "Team", "Contact", "Location"]) {
      const { text, run } = await assertLoadsBack(loading, modelClass, LIMITED);
      assert(!/secret/i.test(text + run.stderr), `${text}\n${run.stderr}`);
    }
    assertEquals(objectsOf(loading), stored);
  }));

function objectsOf({ everything }: Loading): string[] {
  return everything().filter((row) => !row.startsWith("csvrecon_") && !row.startsWith("known_client"));
}

Deno.test("a column is left out, and said, where a key refers to what the user may not see: its id is nowhere", () =>
  withSecrets(async (loading) => {
    const { text, run } = await exportClass(loading, "Person", LIMITED);
    const [header = ""] = text.split("\n");
    assert(!header.includes("manager_id") && !header.includes("location_id"), header);
    assertStringIncludes(run.stderr, "csvrecon: Left out: manager_id: some of its objects are not visible to the user");
    const all = (await exportClass(loading, "Person", {})).text;
    assertStringIncludes(all, "manager_id->name");
  }));

Deno.test("whoever names such a column gets empty cells, and is told that an import would lose the keys", () =>
  withSecrets(async (loading) => {
    const columns = "name,manager_id->name,manager_id,manager_id_friendlyname,location_id";
    const { run, text } = await exportClass(loading, "Person", { ...LIMITED, columns });
    assertExit(run, 1);
    const names = "name,manager_id->name,manager_id,manager_id_friendlyname,location_id";
    assertEquals(text, `${names}\nOlga,,,,\nSam,Olga,3,O Olga,\n`);
    assertStringIncludes(run.stderr, "Column 'manager_id' of Person 3: the object that it refers to is not visible");
  }));

Deno.test("what is hidden behind a second arrow is told as what is hidden behind the first", () =>
  withSecrets(async (loading) => {
    const columns =
      "name,manager_id->name,manager_id->manager_id->name,manager_id->manager_id,manager_id->org_id->name";
    const { run, text } = await exportClass(loading, "Person", { ...LIMITED, columns });
    assertExit(run, 1);
    assertEquals(text, `${columns}\nOlga,,,,\nSam,Olga,,,Visible\n`);
    for (const column of ["manager_id->name", "manager_id->manager_id->name", "manager_id->org_id->name"]) {
      assertStringIncludes(run.stderr, `Column '${column}' of `);
    }
    assertStringIncludes(
      run.stderr,
      "Column 'manager_id->manager_id->name' of 2 objects, the first Person 3: the object",
    );
    // What all of them may see loads back.
    const { text: seen } = await assertLoadsBack(loading, "Team", {
      ...LIMITED,
      columns: "name,org_id->parent_id->name,org_id->name",
    });
    assertEquals(seen, "name,org_id->parent_id->name,org_id->name\nMixed,,Visible\n");
  }));

Deno.test("conditions find nobody by what the user may not see", () =>
  withSecrets(async (loading) => {
    for (
      const where of [
        "manager_id=2",
        "manager_id->name=SecretPerson",
        "location_id->org_id=4",
        "location_id->name=SecretPlace",
        "manager_id->manager_id->name=SecretPerson",
        "manager_id->manager_id=2",
        "location_id->org_id->name=SecretOrg",
      ]
    ) {
      const { stdout } = await runExport(loading, "Person", { ...LIMITED, columns: "name", where });
      assertEquals(stdout, "name\n", where);
    }
    const { stdout } = await runExport(loading, "Person", { ...LIMITED, columns: "name", where: "manager_id=" });
    assertEquals(stdout, "name\nOlga\n");
  }));

Deno.test("links to what the user may not see are not written, and stay", () =>
  withSecrets(async (loading) => {
    const { text } = await exportClass(loading, "Team", { ...LIMITED, columns: "name,persons_list" });
    assertEquals(text, "name,persons_list\nMixed,'person_id->name:Olga'\n");
    const links = loading.query("SELECT team_id, person_id FROM lnkpersontoteam ORDER BY id");
    assertEquals((await loadBack(loading, LIMITED)).others, []);
    assertEquals(loading.query("SELECT team_id, person_id FROM lnkpersontoteam ORDER BY id"), links);
  }));

Deno.test("who may not load a class may not export it, nor link sets that they may not load", () =>
  withSecrets(async (loading) => {
    assertExit(await runExport(loading, "UserLocal", LIMITED), 77);
    assertExit(await runExport(loading, "Person", { ...LIMITED, auth_pwd: "wrong" }), 77);
    const refused = await runExport(loading, "Profile", LIMITED);
    assertExit(refused, 64);
    assertEquals(refused.stdout, "");
  }));

const classes: Readonly<
  Record<string, { readonly attributes: Readonly<Record<string, { kind: string; target?: string }>> }>
> = TWIN_MODEL.classes;

/** What may stand behind an arrow to a class, through further arrows too. */
function behind(modelClass: string, arrows: number): readonly string[] {
  return Object.entries(classes[modelClass]?.attributes ?? {}).flatMap(([code, { kind, target }]) => {
    if (kind === "link_set") return [];
    if (target === undefined || arrows === 0) return [code];
    return [code, ...behind(target, arrows - 1).map((one) => `${code}->${one}`)];
  });
}

/** Every column of a class of the twins' model, through its keys too. */
function allColumns(modelClass: string): string {
  const columns = Object.entries(classes[modelClass]?.attributes ?? {}).flatMap(([code, { kind, target }]) => {
    if (kind !== "external_key" || target === undefined) return [code];
    return [code, `${code}_friendlyname`, ...behind(target, 2).map((one) => `${code}->${one}`)];
  });
  return ["id", "friendlyname", ...columns].filter((name) => !REPEATED.includes(`${modelClass}.${name}`)).join();
}

/** External fields that are the same column as one through an arrow. */
const REPEATED = ["Place.next_name", "Place.next_org", "Shelf.place_secret", "Box.shelf_place", "Box.shelf_place_id"];

Deno.test("two databases that differ in hidden objects only give the same exports, notes and refusals", () =>
  withTwins(async ({ sameExport }) => {
    for (const modelClass of Object.keys(TWIN_MODEL.classes)) {
      assertExit(await sameExport(modelClass), 0);
      assertExit(await sameExport(modelClass, { no_localize: "0", reconciliationkeys: "id" }), 0);
      const all = await sameExport(modelClass, { columns: allColumns(modelClass) });
      assert(all.exitCode <= 1, all.stderr);
      assertStringIncludes(all.stdout, "\n");
    }
    for (
      const where of [
        "place=3",
        "place=4",
        "place->secret=s-one",
        "place_secret=s-two",
        "place->org=3",
        "place->next=1",
      ]
    ) {
      await sameExport("Shelf", { where, columns: "name,place,place_secret" });
    }
    for (
      const where of ["shelf->place=3", "shelf_place=4", "place->name=Dark", "shelf_place_id=3", "friendlyname<>x"]
    ) {
      await sameExport("Box", { where, columns: "name,friendlyname" });
    }
  }));
