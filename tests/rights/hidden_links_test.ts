/** A link with an end out of sight is hidden whichever class it is looked for in: that of the link set, one above it, one below it. */
import { assert, assertEquals } from "@std/assert";
import { preparedModel } from "../helpers/loading.ts";

const NAME = { kind: "string", null: false };
const key = (target: string) => ({ kind: "external_key", target });
const named = (attributes = {}) => ({ reconciliation_keys: ["name"], attributes: { name: NAME, ...attributes } });

const LABELLED = {
  name: "labelled",
  languages: ["EN US"],
  organizations: { class: "Org" },
  classes: {
    Org: { ...named(), organization: "id" },
    Thing: {
      ...named({
        org: key("Org"),
        labels: { kind: "link_set", link_class: "Label", key_to_this: "thing", key_to_remote: "tag" },
      }),
      organization: "org",
    },
    Tag: named(),
    Remark: { ...named(), abstract: true },
    Comment: { parent: "Remark", attributes: {} },
    Label: { parent: "Remark", attributes: { thing: key("Thing"), tag: key("Tag") } },
    LongLabel: { parent: "Label", attributes: {} },
    Use: named({ remark: key("Remark") }),
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 5, name: "All", bulk_write: ["Org", "Thing", "Tag", "Remark", "Use"] },
  ],
};

const HERE = { auth_user: "here", auth_pwd: "Passw0rd-here", reconciliationkeys: "id" };

/** Labels 1 and 2 of a thing that `here` sees, 3 and 4 of one out of sight; 5 is a comment. */
const withLabels = preparedModel(LABELLED, async (loading) => {
  const { load } = loading;
  await load("Org", "name\nHere\nThere\n");
  await load("Thing", "name,org\nA,1\nB,2\n");
  await load("Tag", "name\nT\n");
  for (const thing of [1, 2]) {
    await load("Label", `name,thing,tag\nl${thing},${thing},1\n`);
    await load("LongLabel", `name,thing,tag\nm${thing},${thing},1\n`);
  }
  await load("Comment", "name\nc\n");
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nhere,Passw0rd-here,profileid:5,allowed_org_id:1\n",
  );
});

const ROWS = "id,name\n1,x1\n2,x2\n3,x3\n4,x4\n5,x5\n";
const hidden = (modelClass: string, id: number) =>
  `rejected: failed to reconcile: no '${modelClass}' object was found by id '${id}', ` +
  "and a new one could not be given an id. Correct it, or name other reconciliation keys";

for (const [modelClass, seen] of [["Remark", [1, 2, 5]], ["Label", [1, 2]], ["LongLabel", [2]]] as const) {
  Deno.test(`links to what is out of sight are none as objects of ${modelClass}`, () =>
    withLabels(async ({ load, objects }) => {
      const { rows } = await load(modelClass, ROWS, HERE);
      rows.forEach((row, index) => {
        if (seen.some((id) => id === index + 1)) assert(row.startsWith("updated "), row);
        else assertEquals(row, hidden(modelClass, index + 1));
      });
      assertEquals(objects("Remark", "name").slice(2, 4), ["l2", "m2"]);
    }));
}

Deno.test("nor does a key to the class above find them", () =>
  withLabels(async ({ load }) => {
    const csv = "name,remark->name\na,l1\nb,l2\nc,m2\nd,c\n";
    const { rows } = await load("Use", csv, { ...HERE, reconciliationkeys: "name" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["created", "rejected:", "rejected:", "created"]);
  }));
