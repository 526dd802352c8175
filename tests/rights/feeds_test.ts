/** Feeds give nobody a right that they have not: limited users, classes of others, accounts (SPEC 7 and 17). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { SHOP } from "../changes/shop_model.ts";
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { commentOf, FEED_MODEL, feedFile, goneIn, names } from "../run/feed_world.ts";

const EVE: Parameters = { auth_user: "eve", auth_pwd: "secret" };
const FREELY: Parameters = { gone_limit: "100%" };

/** Boxes of two organisations; Eve sees one of them. */
async function twoOrganizations(loading: Loading): Promise<void> {
  await loading.load("Org", names("north", "south"));
  await loading.load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\neve,secret,profileid->name:Loader,allowed_org_id->name:north\n",
  );
  await feedFile(loading, "Box", "name,org->name,size\na,north,1\nb,north,1\nc,south,1\nd,south,1\n");
}

for (const way of [{ gone: "report" }, { gone: "update", gone_set: "size=9" }, { gone: "delete" }]) {
  Deno.test(`a limited user's feed with gone=${way.gone} leaves alone, and does not count, what they may not see`, () =>
    withModel(SHOP, async (loading) => {
      await twoOrganizations(loading);
      const hidden = "SELECT f.object_id, f.missed_since, f.mark FROM csvrecon_feed_object AS f WHERE f.object_id > 2";
      const before = [...loading.query(hidden), ...loading.query("SELECT name, size FROM box WHERE id > 2")];
      const { rows } = await loading.load("Box", "name\na\n", { ...EVE, source: "hr", ...way, ...FREELY });
      assertEquals(rows.length, 2);
      assertStringIncludes(rows[1] ?? "", "Box 2");
      assertEquals([...loading.query(hidden), ...loading.query("SELECT name, size FROM box WHERE id > 2")], before);
      // One of the two that she sees is more than 49 %, of all it would be less.
      await feedFile(loading, "Box", "name\na\nb\nc\nd\n", { source: "other" });
      const held = await feedFile(loading, "Box", "name\na\n", { ...EVE, source: "other", ...way, gone_limit: "49%" });
      assertStringIncludes(held.stdout, "1 of the 2 objects");
    }));
}

Deno.test("what goes along needs the right to its class", () =>
  withModel(FEED_MODEL, async (loading) => {
    await loading.load("UserLocal", "login,password,profile_list\neve,secret,profileid->name:Persons\n");
    await feedFile(loading, "Person", names("a", "b"));
    await loading.load("Badge", "name,person->name\nb1,a\n");
    const { rows } = await loading.load("Person", names("z"), { ...EVE, source: "hr", gone: "delete", ...FREELY });
    assertEquals(rows.slice(1), [
      "gone: rejected Person 1: deleting it would delete Badge::1, and you are not allowed to perform a bulk update of objects " +
      "of class Badge",
      "gone: deleted Person 2",
    ]);
    const refused = await feedFile(loading, "Badge", names("b1"), { ...EVE, source: "hr", gone: "delete" });
    assertExit(refused, 77);
  }));

Deno.test("nobody deletes the last administrator, nor themselves, nor takes away their rights, by a feed", () =>
  withModel(FEED_MODEL, async (loading) => {
    const head = "login,password,profile_list\n";
    const admin = "profileid->name:Administrator";
    await feedFile(loading, "UserLocal", `${head}x,secret,${admin}\ny,secret,${admin}\n`, {
      reconciliationkeys: "login",
    });
    await feedFile(loading, "UserLocal", "login\nadmin\nx\n", { source: "all" });
    const asX = { auth_user: "x", auth_pwd: "secret" };
    const own = await goneIn(loading, "UserLocal", "login\nz\n", { ...asX, source: "none", gone: "delete" });
    assertEquals(own, []);
    const params = { ...asX, gone: "delete", ...FREELY };
    const { rows } = await loading.load("UserLocal", `${head}y,secret,${admin}\n`, { ...params, source: "all" });
    // The other feed still has `x`.
    assertEquals(rows.slice(1), ["gone: deleted UserLocal 1"]);
    for (const way of [{ gone: "delete" }, { gone: "update", gone_set: "status=disabled" }]) {
      const own = await loading.load("UserLocal", `${head}y,secret,${admin}\n`, {
        ...asX,
        ...way,
        ...FREELY,
        source: "hr",
      });
      assertEquals(own.rows.slice(1).map((row) => row.slice(0, 26)), ["gone: rejected UserLocal 2"]);
    }
    assertEquals(loading.objects("UserLocal", "login,status"), ["x,enabled", "y,enabled"]);
  }));

Deno.test("gone_set writes no link set that its user may not write, and no account beyond their rights", () =>
  withModel(FEED_MODEL, async (loading) => {
    await loading.load("UserLocal", "login,password,profile_list\neve,secret,profileid->name:Persons\n");
    await feedFile(loading, "UserLocal", "login\nadmin\n");
    const run = await feedFile(loading, "UserLocal", "login\neve\n", {
      gone: "update",
      gone_set: "status=disabled",
      ...FREELY,
    });
    assertExit(run, 1);
    assertEquals(commentOf(run, "Gone issues"), "1");
    assertEquals(loading.objects("UserLocal", "login,status"), ["admin,enabled", "eve,enabled"]);
  }));
