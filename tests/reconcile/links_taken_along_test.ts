/** Links that go take along others, or empty keys, by `on_delete`: what a row says that it has written is there all the same. */
import { assert, assertEquals } from "@std/assert";
import { type Loading, withModel } from "../helpers/loading.ts";

const key = (target: string, more = {}) => ({ kind: "external_key", target, ...more });
const named = (attributes = {}) => ({
  reconciliation_keys: ["name"],
  attributes: { name: { kind: "string", null: false }, ...attributes },
});
const set = (links: string) => ({
  kind: "link_set",
  link_class: links,
  key_to_this: "thing",
  key_to_remote: "tag",
});

/** Labels and stamps hang on labels, and a thing has its mark among labels. */
function modelWith(onDelete: "cascade" | "set_null", ofMark = onDelete) {
  const after = key("Label", { on_delete: onDelete });
  const links = { friendly_name: "{tag}", attributes: { thing: key("Thing"), tag: key("Tag"), after } };
  return {
    name: "labels",
    languages: ["EN US"],
    classes: {
      Thing: named({ mark: key("Label", { on_delete: ofMark }), labels: set("Label"), stamps: set("Stamp") }),
      Tag: named(),
      Label: links,
      Stamp: links,
    },
  };
}

/** A has label 1, label 3 that hangs on it, and a stamp that does; B has label 2. */
function withLabels(model: Record<string, unknown>, use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(model, async (loading) => {
    await loading.load("Tag", "name\nT1\nT2\nT3\n");
    await loading.load("Thing", "name,labels\nA,tag:1\nB,tag:1\n");
    await loading.load("Thing", "name,labels,stamps\nA,tag:1|tag:2;after:1,\n");
    await loading.load("Thing", "name,stamps\nA,tag:1;after:1\n");
    assertEquals(stored(loading), ["1:-", "2:-", "Label 1 1 1 -", "Label 2 2 1 -", "Label 3 1 2 1", "Stamp 1 1 1 1"]);
    await use(loading);
  });
}

function stored({ query }: Loading): string[] {
  return [
    ...query("SELECT id || ':' || COALESCE(mark, '-') FROM Thing"),
    ...["Label", "Stamp"].flatMap((links) =>
      query(`SELECT '${links}', id, thing, tag, after FROM ${links} ORDER BY id`)
    ),
  ];
}

const KEYS = { reconciliationkeys: "name" };
const BY_FOREIGN_KEY = "the database refused the row because of a foreign key";

for (const onDelete of ["cascade", "set_null"] as const) {
  const model = modelWith(onDelete);
  const refused: readonly (readonly [string, string])[] = [
    ["a link that hangs on one that goes", "name,labels\nA,tag:2;after:1\n"],
    ["a link of another link set that hangs on it", "name,labels,stamps\nA,tag:2,tag:1;after:1\n"],
    ["an external key to a link that goes", "name,mark,labels\nB,2,\n"],
  ];
  for (const [what, csv] of refused) {
    Deno.test(`${what} is refused (${onDelete})`, () =>
      withLabels(model, async (loading) => {
        const before = stored(loading);
        const { rows, run } = await loading.load("Thing", csv, KEYS);
        assert(rows[0]?.startsWith("rejected") && rows[0].includes(BY_FOREIGN_KEY), rows[0]);
        assertEquals(run.exitCode, 1);
        assertEquals(stored(loading), before);
      }));
  }

  Deno.test(`links that are kept and hang on nothing that stays are there (${onDelete})`, () =>
    withLabels(model, async (loading) => {
      const { rows } = await loading.load("Thing", "name,labels,stamps\nA,tag:2,tag:1\n", KEYS);
      assert(rows[0]?.startsWith("updated"), rows[0]);
      const links = stored(loading).slice(2).map((one) => one.replace(/ \d+/, ""));
      assertEquals(links, ["Label 2 1 -", "Label 1 2 -", "Stamp 1 1 -"]);
      const again = await loading.load("Thing", "name,labels,stamps\nA,tag:2,tag:1\n", KEYS);
      assertEquals(again.rows, ["unchanged Thing 1"]);
    }));
}

Deno.test("an external key that the file keeps is not emptied; one that it changes may lose its link", () =>
  withLabels(modelWith("set_null"), async (loading) => {
    await loading.load("Thing", "name,mark\nB,2\n", KEYS);
    const { rows } = await loading.load("Thing", "name,mark,labels\nB,2,\nB,3,\n", KEYS);
    assertEquals(
      rows[0],
      "rejected Thing 2: removing links would empty 'mark' of Thing::2, the very object that the row updates",
    );
    assert(rows[1]?.startsWith("updated Thing 2 mark=2->3 "), rows[1]);
    assertEquals(stored(loading).slice(0, 2), ["1:-", "2:3"]);
  }));

Deno.test("a row cannot hang its object on a link that goes with all that hangs on it", () =>
  withLabels(modelWith("set_null", "cascade"), async (loading) => {
    const { rows } = await loading.load("Thing", "name,mark,labels\nB,2,\n", KEYS);
    assert(rows[0]?.includes(BY_FOREIGN_KEY), rows[0]);
    assertEquals(stored(loading).slice(0, 2), ["1:-", "2:-"]);
  }));

Deno.test("a link of a class below is logged as what it is, with all that it had", () => {
  const model = modelWith("set_null");
  const long = { parent: "Label", friendly_name: "{tag}", attributes: { more: { kind: "string" } } };
  return withModel({ ...model, classes: { ...model.classes, LongLabel: long } }, async ({ load, query }) => {
    await load("Tag", "name\nT1\n");
    await load("Thing", "name\nA\n");
    await load("LongLabel", "thing,tag,more\n1,1,m\n", { reconciliationkeys: "thing,tag" });
    await load("Thing", "name,labels\nA,tag:1;after:1\n", KEYS);
    await load("Thing", "name,labels\nA,\n", KEYS);
    const told = "class, operation, attribute, old_value, new_value";
    assertEquals(query(`SELECT ${told} FROM change_op WHERE change > 3 AND class != 'Thing'`), [
      "LongLabel update after - 1",
      "LongLabel delete thing 1 -",
      "LongLabel delete tag 1 -",
      "LongLabel delete after 1 -",
      "LongLabel delete more m -",
    ]);
  });
});
