/** The parameter `empty_cells` (SPEC 16): `keep` changes nothing by an empty cell, and gives a new object the default. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withModel, withWorld } from "../helpers/loading.ts";
import { MODEL } from "./value_model.ts";

const KEEP = { empty_cells: "keep" };
const COLUMNS = "tag,name,price,quantity,leased,bought,seen,status,level,maker_id->name,note,keepers";
const FIELDS = "tag,name,price,quantity,leased,bought,seen,status,level,maker_id,note";
const FULL = "A1,pc,10,2,yes,2024-01-02,2024-01-02 10:00:00,used,7,Acme,text,person_id->email:ann@example.org";

Deno.test("empty cells change nothing, of whatever kind; <NULL> empties all the same", () =>
  withModel(MODEL, async ({ load, objects, query }) => {
    await load("Maker", "name\nAcme\n");
    await load("Person", "email,name\nann@example.org,Ann\n");
    await load("Device", `${COLUMNS}\n${FULL}\n`);
    const kept = "A1,pc,10.00,2,yes,2024-01-02,2024-01-02 10:00:00,used,7,1,text";
    assertEquals(objects("Device", FIELDS), [kept]);
    const empty = `${COLUMNS}\nA1,,,,,,,,,,,\n`;
    assertEquals((await load("Device", empty, KEEP)).rows, ["unchanged Device 1"]);
    assertEquals((await load("Device", `${COLUMNS}\nA1," ","",,,,,,,"",,""\n`, KEEP)).rows, ["unchanged Device 1"]);
    assertEquals(objects("Device", FIELDS), [kept]);
    const some = await load("Device", `${COLUMNS}\nA1,,12.5,,,,,,,,,\n`, KEEP);
    assertEquals(some.rows, ["updated Device 1 price=10->12.5"]);
    const nulls = `${COLUMNS}\nA1,<NULL>,<NULL>,NULL,,<NULL>,,,,<NULL>,,<NULL>\n`;
    const emptied = await load("Device", nulls, { ...KEEP, null_words: "NULL" });
    assertEquals(emptied.rows[0]?.startsWith("updated Device 1"), true, emptied.rows[0]);
    assertEquals(objects("Device", FIELDS), ["A1,,,,yes,,2024-01-02 10:00:00,used,7,0,text"]);
    assertEquals(query("SELECT count(*) FROM keeping"), ["0"]);
  }));

Deno.test("a new object gets the defaults, or is in error where it needs a value and there is none", () =>
  withModel(MODEL, async ({ load, print, objects }) => {
    await load("Maker", "name\nAcme\n");
    const { rows } = await load("Device", `${COLUMNS}\nB1,,,,,,,,,,,\nB2,x,,,,,,used,,Acme,,\n`, KEEP);
    assertEquals(rows, ["created Device 1", "created Device 2"]);
    assertEquals(objects("Device", "tag,status,level,maker_id"), ["B1,stock,5,0", "B2,used,5,1"]);
    assertEquals((await load("Device", `${COLUMNS}\nB1,,,,,,,,,,,\n`, KEEP)).rows, ["unchanged Device 1"]);
    const erased = await load("Device", "tag,level\nB3,\n");
    assertStringIncludes(erased.rows[0] ?? "", "Null not allowed");
    const { stdout } = await print("Device", "tag,level,status\nB4,,\n", KEEP);
    assertStringIncludes(stdout, 'created;Device;3;"B4";5;"stock"');

    const items = await load("Item", "code,owner_id->name,price\nI1,,1\nI2,Acme,2\n", KEEP);
    assertStringIncludes(items.rows[0] ?? "", "rejected");
    assertEquals(items.rows[1], "created Item 1");
    const again = await load("Item", "code,owner_id->name,price\nI2,,3\n", KEEP);
    assertEquals(again.rows, ["updated Item 1 price=2->3"]);
    const byId = await load("Item", "code,owner_id\nI2,\n", KEEP);
    assertEquals(byId.rows, ["unchanged Item 1"]);
    assertStringIncludes((await load("Item", "code,owner_id\nI2,0\n", KEEP)).rows[0] ?? "", "rejected");
  }));

Deno.test("an empty reconciliation key looks for the empty value, and a new object has it: the next run finds it", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = "price,kind,name\n1,,x\n";
    const keys = { ...KEEP, reconciliationkeys: "price, kind" };
    assertEquals((await load("Priced", csv, keys)).rows, ["created Priced 1"]);
    assertEquals((await load("Priced", csv, keys)).rows, ["unchanged Priced 1"]);
    assertEquals(objects("Priced", "price,kind,name"), ["1.00,,x"]);
    assertEquals((await load("Priced", "price,kind\n2,\n", { ...KEEP, reconciliationkeys: "price" })).rows, [
      "created Priced 2",
    ]);
    assertEquals(objects("Priced", "price,kind"), ["1.00,", "2.00,usual"]);
  }));

Deno.test("rows about one object that say nothing of a value do not contradict each other", () =>
  withModel(MODEL, async ({ load }) => {
    const csv = "tag,name,quantity\nC1,pc,1\nC1,,1\nC1,other,\n";
    const { rows } = await load("Device", csv, KEEP);
    assertEquals(rows.slice(0, 2), ["created Device 1", "unchanged Device 1"]);
    assertStringIncludes(rows[2] ?? "", "is this object already");
    const erase = await load("Device", "tag,name\nC2,pc\nC2,\n");
    assertStringIncludes(erase.rows[1] ?? "", "is this object already");
  }));

Deno.test("an account keeps its profiles and its person", () =>
  withWorld(async ({ load }) => {
    const columns = "login,password,language,profile_list\n";
    await load("UserLocal", `${columns}keeper,s3cret,EN US,profileid->name:Administrator\n`, {
      reconciliationkeys: "login",
    });
    const { rows } = await load("UserLocal", `${columns}keeper,,,\n`, { ...KEEP, reconciliationkeys: "login" });
    assertEquals(rows[0]?.startsWith("unchanged"), true, rows[0]);
    const added = await load("UserLocal", `${columns}keeper2,,EN US,\n`, { ...KEEP, reconciliationkeys: "login" });
    assertStringIncludes(added.rows[0] ?? "", "rejected");
  }));
