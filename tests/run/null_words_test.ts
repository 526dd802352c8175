/** The parameter `null_words` (SPEC 16): cells that mean nothing, wherever they stand. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withModel, withWorld } from "../helpers/loading.ts";
import { MODEL } from "./value_model.ts";

const WORDS = { null_words: "NULL, \\N, #N/A" };

Deno.test("null words are nothing in cells of every kind, whole and in their case only", () =>
  withModel(MODEL, async ({ load, objects }) => {
    await load("Maker", "name\nAcme\n");
    const columns = "tag,name,price,quantity,leased,bought,status,maker_id->name,note";
    const first = await load("Device", `${columns}\nN1,x,1.5,2,yes,2024-01-02,used,Acme,y\n`);
    assertEquals(first.rows, ["created Device 1"]);
    const csv =
      `${columns}\nN1,NULL,\\N,#N/A,"NULL",NULL,NULL,\\N,NULL\nN2,null,,,,,,,Null word\nN3,NULL x,,,,,,,\\\\N\n`;
    const { rows } = await load("Device", csv, WORDS);
    assertEquals(rows[0]?.startsWith('updated Device 1 maker_id=1->null name="x"->""'), true, rows[0]);
    assertEquals(rows.slice(1), ["created Device 2", "created Device 3"]);
    const fields = "tag,name,price,quantity,leased,bought,status,note";
    assertEquals(objects("Device", fields), [
      "N1,,,,,,,",
      "N2,null,,,,,,Null word",
      "N3,NULL x,,,,,,\\\\N",
    ]);
    assertEquals((await load("Device", csv, WORDS)).rows.every((row) => row.startsWith("unchanged")), true);
    const without = await load("Device", "tag,name,quantity\nN1,NULL,\nN4,,NULL\n");
    assertEquals(without.rows[0], 'updated Device 1 name=""->"NULL"');
    assertStringIncludes(without.rows[1] ?? "", "Wrong format [NULL], expected a whole number");
  }));

Deno.test("a null word in a key is an empty key, in a mandatory cell an error; reports show the cell as it came", () =>
  withModel(MODEL, async ({ load, print }) => {
    const { rows, run } = await load("Device", "tag,name\nNULL,x\n", WORDS);
    assertStringIncludes(rows[0] ?? "", "tag: ");
    assertStringIncludes(rows[0] ?? "", "Null not allowed");
    const [line = ""] = run.stdout.split("\n");
    assertEquals(JSON.parse(line).cells, { tag: "NULL", name: "x" });
    const { stdout } = await print("Device", "tag,name\nNULL,x\n", { ...WORDS, output: "errors" });
    assertStringIncludes(stdout, "'NULL' is an invalid value");
    const ids = await load("Device", "id,name\nNULL,x\n", { ...WORDS, reconciliationkeys: "id" });
    assertStringIncludes(ids.rows[0] ?? "", "rejected: failed to reconcile");
  }));

Deno.test("null words empty link sets and keep passwords, as an empty cell does", () =>
  withModel(MODEL, async ({ load }) => {
    await load("Person", "email,name\nann@example.org,Ann\n");
    await load("Device", "tag,keepers\nA1,person_id->email:ann@example.org\n");
    assertEquals(
      (await load("Device", "tag,keepers\nA1,NULL\n", WORDS)).rows[0]?.startsWith("updated Device 1 "),
      true,
    );
  }));

Deno.test("null words keep passwords", () =>
  withWorld(async ({ load }) => {
    const user = (password: string, language: string) =>
      `login,password,language,profile_list\nnull-word,${password},${language},profileid->name:Administrator\n`;
    const columns = { reconciliationkeys: "login" };
    assertStringIncludes(
      (await load("UserLocal", user("NULL", "EN US"), { ...columns, ...WORDS })).rows[0] ?? "",
      "rejected",
    );
    assertEquals((await load("UserLocal", user("s3cret", "EN US"), columns)).rows[0]?.startsWith("created"), true);
    const kept = await load("UserLocal", user("NULL", "FR FR"), { ...columns, ...WORDS });
    assertStringIncludes(kept.rows[0] ?? "", 'language="EN US"->"FR FR"');
    assertEquals(kept.rows[0]?.includes("password"), false);
  }));

Deno.test("rows in error come back as they came, and load with the same words", () =>
  withModel(MODEL, async ({ load, scratch, objects }) => {
    const csv = 'tag,name,quantity\nA1,"NULL",x\nA2,NULL,1\n';
    await load("Device", csv, { ...WORDS, rejects: scratch.path("bad.csv") });
    assertStringIncludes(Deno.readTextFileSync(scratch.path("bad.csv")), 'A1,"NULL",x,');
    const mended = Deno.readTextFileSync(scratch.path("bad.csv")).replace(",x,", ",7,");
    assertEquals((await load("Device", mended, WORDS)).rows, ["created Device 2"]);
    assertEquals(objects("Device", "tag,name,quantity"), ["A2,,1", "A1,,7"]);
  }));
