/** The history shows no link that a search would not find. */
import { assertEquals } from "@std/assert";
import { toldEntries } from "../changes/asked_history.ts";
import { withModel } from "../helpers/loading.ts";

const NAMED = { name: { kind: "string", null: false } };
const LINK_OF = (target: string, keyToThis: string, keyToRemote: string) => ({
  reconciliation_keys: ["name"],
  organization: "org",
  attributes: {
    ...NAMED,
    org: { kind: "external_key", target: "Org" },
    links: { kind: "link_set", link_class: "Link", key_to_this: keyToThis, key_to_remote: keyToRemote },
    first: { kind: "external_key", target },
  },
});

/** Links have three ends: boxes and places each have a link set of them, to sheets and to boxes. */
const THREE_ENDS = {
  name: "three ends",
  languages: ["EN US"],
  organizations: { class: "Org" },
  classes: {
    Org: { organization: "id", reconciliation_keys: ["name"], attributes: NAMED },
    Box: LINK_OF("Place", "box", "sheet"),
    Place: LINK_OF("Box", "place", "box"),
    Sheet: { reconciliation_keys: ["name"], attributes: NAMED },
    Link: {
      friendly_name: "{box_friendlyname}",
      attributes: Object.fromEntries(
        ["Box", "Sheet", "Place"].map((target) => [target.toLowerCase(), { kind: "external_key", target }]),
      ),
    },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 2, name: "Loader", bulk_write: ["Org", "Box", "Place", "Sheet", "Link"] },
  ],
};

Deno.test("a link whose third end is hidden is in no link set", () =>
  withModel(THREE_ENDS, async (loading) => {
    const { load } = loading;
    const byName = { reconciliationkeys: "name" };
    await load("Org", "name\nIn\nOut\n");
    await load("Sheet", "name\ns\nt\n", byName);
    await load("Place", "name,org\nseen,1\nhidden,2\n", byName);
    await load("Box", "name,org\nb,1\n", byName);
    const user = "lim,L1m-Passw0rd,profileid:2,allowed_org_id:1";
    await load("UserLocal", `login,password,profile_list,allowed_org_list\n${user}\n`, { reconciliationkeys: "login" });
    await load("Box", "name,links\nb,sheet:1;place:2|sheet:2;place:1\n", byName);
    const told = await toldEntries(loading, { auth_user: "lim", auth_pwd: "L1m-Passw0rd", class: "Box", object: "1" });
    const expected = `update Box 1 links: null -> "'sheet:2';'place:1'"`;
    assertEquals(told.filter((entry) => entry.includes("links")), [expected]);
  }));
