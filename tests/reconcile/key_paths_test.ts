/** Targets that are found behind two or three arrows: `Place->Parent->Name` (SPEC 16). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { explainRow } from "../helpers/explaining.ts";
import { type Loading, withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { withPlaces } from "./places.ts";

/** The German Main office has a cellar. */
function withCellar(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withPlaces(async (loading) => {
    await loading.load("Site", "name,town,up\nCellar,1,1\n");
    await use(loading);
  });
}

const SITES = "SELECT tag, site FROM device ORDER BY id";

Deno.test("two and three arrows find the target, by codes and by labels", () =>
  withCellar(async ({ load, query, print }) => {
    const codes =
      "tag,site->name,site->town->name,site->town->country->code\nA,Main,Frankfurt,DE\nB,Main,Frankfurt,PL\n";
    assertEquals((await load("Device", codes)).rows, ["created Device 1", "created Device 2"]);
    assertEquals(query(SITES), ["A 1", "B 2"]);
    const labels = "Tag,Place->Name,Place->Town->Name,Place->Town->Country->Code\nA,Main,Frankfurt,PL\n";
    assertEquals((await load("Device", labels, { no_localize: "0" })).rows, ["updated Device 1 site=1->2"]);
    const { stdout } = await print("Device", codes);
    assertStringIncludes(stdout, "#Columns: tag, site->name, site->town->name, site->town->country->code\n");
  }));

Deno.test("all columns under one arrow count together at each step: what is ambiguous there is not what the row may pick", () =>
  withCellar(async ({ load, query }) => {
    const { rows } = await load("Device", "tag,site->town->name\nA,Berlin\nB,Frankfurt\nC,Paris\nD,\n");
    assertEquals(rows[0], "created Device 1");
    assertStringIncludes(rows[1] ?? "", "rejected: ");
    assertStringIncludes(rows[1] ?? "", "Ambiguous: found 2 objects (Town::1, Town::2)");
    assertStringIncludes(rows[2] ?? "", "No match for value 'Paris'. Some possible 'Town' value(s): Berlin, Frankfurt");
    assertEquals(rows[3], "created Device 2");
    assertEquals(query(SITES), ["A 3", "D -"]);
  }));

Deno.test("what is empty behind the arrows looks for a target that has none there, as an empty id does", () =>
  withCellar(async ({ load, query }) => {
    const csv = "tag,site->name,site->up->name\nA,Cellar,Main\nB,Home,\nC,Cellar,\n";
    const { rows } = await load("Device", csv);
    assertStringIncludes(rows[0] ?? "", "Ambiguous: found 2 objects (Site::1, Site::2)");
    assertEquals(rows[1], "created Device 1");
    assertStringIncludes(rows[2] ?? "", "No match for value 'Cellar '");
    const by = "tag,site->name,site->up->name,site->up->town\nA,Cellar,Main,1\n";
    assertEquals((await load("Device", by)).rows, ["created Device 2"]);
    assertEquals(query(SITES), ["B 3", "A 4"]);
  }));

Deno.test("such a column may be a reconciliation key, and is named as one", () =>
  withCellar(async ({ load, print, query }) => {
    await load("Device", "tag,site\nA,1\nB,2\n");
    const csv = "tag,site->name,site->town->country->code\nX,Main,DE\n";
    const keys = { reconciliationkeys: "site->name,site->town->country->code" };
    const first = await load("Device", csv, keys);
    assertStringIncludes(first.rows[0] ?? "", "Ambiguous: found 2 objects (Town::1, Town::3)");
    const whole = "tag,site->name,site->town->name,site->town->country->code\nX,Main,Frankfurt,PL\n";
    assertEquals((await load("Device", whole, keys)).rows, ['updated Device 2 tag="B"->"X"']);
    assertStringIncludes(
      (await print("Device", whole, keys)).stdout,
      "#Reconciliation Keys: site (name,town->country->code)\n",
    );
    assertEquals(query(SITES), ["A 1", "X 2"]);
  }));

Deno.test("rows of the loaded class itself are found on the way as the rows before them have made them", () =>
  withCellar(async ({ load, query }) => {
    const csv = "name,town,up->name,up->up->name\nA,3,,\nB,3,A,\nC,3,B,A\nD,3,C,B\nE,3,C,A\n";
    const { rows } = await load("Site", csv, { reconciliationkeys: "name" });
    assertEquals(rows.slice(0, 4).map((row) => row.split(" ")[0]), ["created", "created", "created", "created"]);
    assertStringIncludes(rows[4] ?? "", "No match for value 'C A'");
    assertEquals(query("SELECT name, up FROM site WHERE name IN ('A', 'B', 'C', 'D') ORDER BY id"), [
      "A -",
      "B 5",
      "C 6",
      "D 7",
    ]);
  }));

Deno.test("four arrows are too many; an unknown step is told with the nearest name", () =>
  withCellar(async ({ print }) => {
    const four = await print("Device", "tag,site->up->town->country->code\nA,DE\n");
    assertExit(four, 64);
    assertStringIncludes(four.stdout + four.stderr, "Unknown column: 'site->up->town->country->code'");
    const step = await print("Device", "tag,site->twon->name\nA,Berlin\n");
    assertStringIncludes(step.stdout + step.stderr, "Did you mean 'site->town->name'?");
    const end = await print("Device", "tag,site->town->nmae\nA,Berlin\n");
    assertStringIncludes(end.stdout + end.stderr, "Did you mean 'site->town->name'?");
    const twice = await print("Device", "tag,site->town->name,Site->Town->Name\nA,Berlin,Berlin\n");
    assertStringIncludes(twice.stdout + twice.stderr, "#Two columns for one attribute");
  }));

Deno.test("explain tells each look-up on the way", () =>
  withCellar(async (loading) => {
    const csv = "tag,site->name,site->town->name,site->town->country->code\nA,Main,Frankfurt,PL\n";
    const { stdout } = await explainRow(loading, "Device", csv, 2);
    assertStringIncludes(stdout, "Country where");
    assertStringIncludes(stdout, "Town where");
    assertStringIncludes(stdout, "Site where");
  }));

Deno.test("a limited user is told nothing of what is hidden on the way", () =>
  withWorld(async ({ load, objects }) => {
    await load("Organization", "name\nOpen\nShut\n");
    await load("Location", "name,org_id->name\nHall,Shut\nHall,Open\n");
    await load("Person", "name,first_name,email,org_id->name\nLimited,Lee,lee@example.org,Open\n");
    await load(
      "UserLocal",
      "login,password,contactid->email,profile_list,allowed_org_list\nlee,secret-lee,lee@example.org,profileid->name:Configuration Manager,allowed_org_id->name:Open\n",
    );
    const csv = "name,org_id->name,location_id->name,location_id->org_id->name\nS1,Open,Hall,Shut\nS2,Open,Hall,Open\n";
    const { rows } = await load("Server", csv, { auth_user: "lee", auth_pwd: "secret-lee" });
    assert(rows[0]?.startsWith("rejected: ") === true, rows[0]);
    assert(!rows[0].includes("Shut"), rows[0]);
    assertEquals(rows[1]?.split(" ")[0], "created", rows[1]);
    assertEquals(objects("Server", "name"), ["S2"]);
  }));
