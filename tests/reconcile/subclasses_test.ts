/** Objects that are loaded through a parent class keep the rules of their own class. */
import { assertEquals } from "@std/assert";
import { withModel, withWorld } from "../helpers/loading.ts";

/** A cat allows less than an animal, and in its note more; a dog is an animal without rules of its own. */
const ANIMALS = {
  name: "animals",
  languages: ["EN GB"],
  classes: {
    Keeper: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Animal: {
      abstract: true,
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        food: { kind: "string" },
        size: { kind: "enum", values: ["small", "big"] },
        chip: { kind: "string", length: 20 },
        keeper_id: { kind: "external_key", target: "Keeper" },
        note: { kind: "string", null: false, default: "x" },
      },
    },
    Cat: {
      parent: "Animal",
      attributes: {
        food: { null: false, default: "fish" },
        size: { values: ["small"] },
        chip: { length: 5 },
        keeper_id: { null: false },
        note: { null: true },
      },
    },
    Dog: { parent: "Animal", attributes: {} },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("a cell is held against the attribute of the object's own class", () =>
  withModel(ANIMALS, async ({ load, objects }) => {
    await load("Keeper", "name\nAnn\n");
    await load("Cat", "name,keeper_id,food\nTom,1,milk\n");
    await load("Dog", "name,keeper_id,food\nRex,1,meat\n");
    const rows = async (column: string, cell: string) =>
      (await load("Animal", `name,${column}\nTom,${cell}\nRex,${cell}\n`)).rows;
    const isNull = (code: string) => `Unexpected value for attribute '${code}': Null not allowed`;
    const bad = (...cells: string[]) => `Unexpected attribute value(s) | ${cells.join(" | ")}`;
    assertEquals(await rows("food", ""), [
      `rejected Cat 1: ${bad(`food: '' is an invalid value. ${isNull("food")}`)}`,
      'updated Dog 2 food="meat"->""',
    ]);
    assertEquals(await rows("size", "big"), [
      `rejected Cat 1: ${
        bad(
          "size: 'big' is an invalid value. Unexpected value for attribute 'size': Value not allowed [big], expected small",
        )
      }`,
      'updated Dog 2 size=null->"big"',
    ]);
    assertEquals(await rows("chip", "123456"), [
      `rejected Cat 1: ${
        bad(
          "chip: '123456' is an invalid value. Unexpected value for attribute 'chip': String too long (found 6, limited to 5)",
        )
      }`,
      'updated Dog 2 chip=""->"123456"',
    ]);
    const keyIsNull = "keeper_id: Invalid value for attribute. Null not allowed";
    assertEquals(await rows("keeper_id", ""), [
      `rejected Cat 1: ${bad(keyIsNull, `keeper_id: '' is an invalid value. ${isNull("keeper_id")}`)}`,
      "updated Dog 2 keeper_id=1->null",
    ]);
    assertEquals(await rows("keeper_id->name", "<NULL>"), [`rejected Cat 1: ${bad(keyIsNull)}`, "unchanged Dog 2"]);
    assertEquals(await rows("note", ""), [
      'updated Cat 1 note="x"->""',
      `rejected Dog 2: ${bad(`note: '' is an invalid value. ${isNull("note")}`)}`,
    ]);
    assertEquals(objects("Animal", "name,food,size,chip,keeper_id,note"), ["Tom,milk,,,1,", "Rex,,big,123456,0,x"]);
  }));

Deno.test("a key that can never be written creates nothing: the next run would create it again", () =>
  withWorld(async ({ load, objects }) => {
    await load("Person", "name,first_name,org_id,status\nOld,O,1,inactive\n");
    const csv = "name,first_name,org_id,obsolescence_flag\nOld,O,1,yes\nOld,P,1,no\nNew,N,1,no\n";
    const notFound = (name: string) =>
      `rejected: failed to reconcile: no 'Person' object was found by name '${name}', obsolescence_flag 'no', ` +
      "and a new one could not be given obsolescence_flag. Correct it, or name other reconciliation keys";
    assertEquals((await load("Person", csv, { reconciliationkeys: "name,obsolescence_flag" })).rows, [
      "unchanged Person 2",
      notFound("Old"),
      notFound("New"),
    ]);
    assertEquals(objects("Person", "id").length, 2);
  }));

Deno.test("keys of every kind: decimal, boolean, date-time", () =>
  withModel("library.jsonc", async ({ load }) => {
    await load("Book", "isbn,title,price,reference_only\n1,One,12.5,yes\n2,Two,1.0,no\n");
    const rows = async (modelClass: string, csv: string, keys: string) =>
      (await load(modelClass, csv, { reconciliationkeys: keys, twins: "last" })).rows;
    assertEquals(await rows("Book", "price,pages\n12.50,1\n1.00,2\n+012.5,3\n12.51,4\n", "price"), [
      "updated Book 1 pages=0->1",
      "updated Book 2 pages=0->2",
      "updated Book 1 pages=1->3",
      "rejected: Unexpected value for attribute 'Book title' (title) : Null not allowed",
    ]);
    assertEquals(await rows("Book", "reference_only,pages\nYES,5\n0,6\nmaybe,7\n", "reference_only"), [
      "updated Book 1 pages=3->5",
      "updated Book 2 pages=2->6",
      // What is wrong with the key's cell is told, too.
      "rejected: failed to reconcile | reference_only: 'maybe' is an invalid value. " +
      "Unexpected value for attribute 'reference_only': no match found, check spelling. " +
      "Expected yes or no, true or false, t or f, y or n, 1 or 0, on or off",
    ]);
    await load("Loan", "item_id->title,reader,lent_on,returned_at\nOne,a@b.co,2024-02-29,2024-03-01 08:00:00\n");
    assertEquals(await rows("Loan", "returned_at,note\n2024-3-1 08:00:00,x\n1.3.2024,x\n", "returned_at"), [
      'updated Loan 1 note=""->"x"',
      "rejected: wrong date format | returned_at: '1.3.2024' is an invalid value. Expected format: 2022-10-23 16:25:33",
    ]);
  }));

Deno.test("a text that only a class below may hold is found through the class above", () => {
  const classes = {
    Base: { attributes: { name: { kind: "string", null: false, length: 10 }, note: { kind: "string" } } },
    One: { parent: "Base", attributes: { name: { length: 100 } } },
    Ref: { attributes: { name: { kind: "string", null: false }, base_id: { kind: "external_key", target: "Base" } } },
  };
  const long = "a name of thirty-six characters: ünï";
  return withModel({ name: "lengths", classes }, async ({ load }) => {
    const keys = { reconciliationkeys: "name" };
    assertEquals((await load("One", `name\n${long}\n`, keys)).rows, ["created One 1"]);
    assertEquals((await load("Ref", `name,base_id->name\nr,${long}\n`, keys)).rows, ["created Ref 1"]);
    assertEquals((await load("Base", `name,note\n${long},n\n`, keys)).rows, ['updated One 1 note=""->"n"']);
  });
});
