/** External keys to the class itself. */
import { assertEquals } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";

const KEYS = { reconciliationkeys: "name" };

/** The sentence of the reference, golden b-key-hier-loop. */
function loop(id: number): string {
  return `Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [${id}]`;
}

Deno.test("a hierarchy of several levels in one file, parents first", () =>
  withWorld(async ({ load, objects }) => {
    const csv = "name,parent_id->name\nTop,\nLeft,Top\nRight,top\nLow,LEFT\nDeep,Low\n";
    const { rows } = await load("Organization", csv, KEYS);
    assertEquals(rows, [2, 3, 4, 5, 6].map((id) => `created Organization ${id}`));
    assertEquals(objects("Organization", "id,name,parent_id,parent_name").slice(1), [
      "2,Top,0,",
      "3,Left,2,Top",
      "4,Right,2,Top",
      "5,Low,3,Left",
      "6,Deep,5,Low",
    ]);
    assertEquals((await load("Organization", csv, KEYS)).rows.slice(1, 2), [
      "unchanged Organization 3",
    ]);
  }));

Deno.test("a child before its parent is refused, and there is no second pass", () =>
  withWorld(async ({ load }) => {
    const noMatch = "No match for value 'Top'. Some possible 'Organization' value(s): My Company/Department";
    assertEquals((await load("Organization", "name,parent_id->name\nLow,Top\nTop,\nLow,Top\n", KEYS)).rows, [
      `rejected: Unexpected attribute value(s) | parent_id: ${noMatch}`,
      "created Organization 2",
      "created Organization 3",
    ]);
  }));

Deno.test("parents by id, by two attributes, and by a mixture", () =>
  withWorld(async ({ load, objects }) => {
    await load("Organization", "name,code\nTop,1\nTop,2\n", { reconciliationkeys: "code" });
    const csv = "name,parent_id,parent_id->name,parent_id->code\nA,3,,2\nB,3,Top,2\nC,2,top,1\n";
    const { rows } = await load("Organization", csv, KEYS);
    assertEquals(rows.map((row) => row.slice(0, 22)), [
      "rejected: Unexpected a",
      "created Organization 4",
      "created Organization 5",
    ]);
    assertEquals(objects("Organization", "id,parent_id").slice(-2), ["4,3", "5,2"]);
  }));

Deno.test("an update must not make an object its own ancestor", () =>
  withWorld(async ({ load, objects }) => {
    await load("Organization", "name,parent_id->name\nTop,\nMid,Top\nLow,Mid\n", KEYS);
    const csv = "name,parent_id->name\nTop,Mid\nTop,Low\nMid,Mid\nMid,Low\nLow,Top\nMid,Low\nMid,\nTop,Mid\n";
    assertEquals((await load("Organization", csv, { ...KEYS, twins: "last" })).rows, [
      `rejected Organization 2: ${loop(3)}`,
      `rejected Organization 2: ${loop(4)}`,
      `rejected Organization 3: ${loop(3)}`,
      `rejected Organization 3: ${loop(4)}`,
      "updated Organization 4 parent_id=3->2",
      "updated Organization 3 parent_id=2->4",
      "updated Organization 3 parent_id=4->null",
      "updated Organization 2 parent_id=null->3",
    ]);
    assertEquals(objects("Organization", "name,parent_name").slice(1), ["Top,Mid", "Mid,", "Low,Top"]);
  }));

Deno.test("the label in the sentence is the user's", () =>
  withWorld(async ({ load, print }) => {
    await load("Organization", "name,parent_id->name\nTop,\nLow,Top\n", KEYS);
    await load("UserLocal", "login,password,language,profile_list\nfr,fr,FR FR,profileid:1\n");
    const french = { ...KEYS, auth_user: "fr", auth_pwd: "fr" };
    const { rows } = await load("Organization", "name,parent_id->name\nTop,Low\n", french);
    assertEquals(rows, [
      "rejected Organization 2: Unexpected value for attribute 'Organisation Parent' (parent_id) : Value not allowed [3]",
    ]);
    const details = await print("Organization", "name,parent_id->name\nTop,Low\n", KEYS);
    assertEquals(details.stdout.split("\n").at(-2), `0;Issue: ${loop(3)};Organization;2;3;"Top"`);
  }));

Deno.test("a key to the class itself that is no hierarchy may form a circle", () =>
  withWorld(async ({ load, objects }) => {
    const csv = "name,first_name,org_id,manager_id->name\nAnn,A,1,\nBob,B,1,Ann\nAnn,A,1,Bob\nCid,C,1,\nCid,C,1,Cid\n";
    await load("Person", csv, { ...KEYS, twins: "last" });
    assertEquals(objects("Person", "id,manager_id").slice(1), ["2,3", "3,2", "4,4"]);
  }));
