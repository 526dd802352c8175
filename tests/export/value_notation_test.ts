/** What an export writes with the signs and words of a file loads back with them (SPEC 16). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { exportClass, loadBack } from "../helpers/exporting.ts";
import { withModel } from "../helpers/loading.ts";
import { MODEL } from "../run/value_model.ts";

const ROWS = "tag,name,price,quantity,bought,note,keepers\n" +
  "A1,NULL,1234.5,-2147483648,2024-01-02,a NULL,person_id->email:ann@example.org;share:1234.5;since:2024-02-03\n" +
  "A2,,,,,,\nA3,\\N,-0.01,1000,2024-12-31,x,\n";

const NOTATIONS: readonly Readonly<Record<string, string>>[] = [
  { decimal_sign: "," },
  { decimal_sign: ",", grouping_sign: ".", null_words: "NULL, \\N", separator: ";" },
  { grouping_sign: ",", null_words: "\\N" },
  { decimal_sign: ",", grouping_sign: "space", date_format: "j. F Y, G:i", separator: "tab" },
  { grouping_sign: "'", null_words: "NULL", date_format: "Y-m-d\\TH:i:s", separator: "tab", qualifier: "" },
  { charset: "CP850", decimal_sign: "," },
  { separator: "||" },
  { separator: ";1;", qualifier: "'" },
];

for (const notation of NOTATIONS) {
  Deno.test(`an export with ${JSON.stringify(notation)} loads back as unchanged`, () =>
    withModel(MODEL, async (loading) => {
      await loading.load("Person", "email,name\nann@example.org,Ännchen\n");
      await loading.load("Device", ROWS);
      const exported = await exportClass(loading, "Device", notation);
      assertEquals(exported.run.exitCode, 0, exported.run.stderr);
      const { statuses, others } = await loadBack(loading);
      assertEquals({ statuses, others }, { statuses: { unchanged: 3 }, others: [] });
    }));
}

Deno.test("cells that end with a part of a separator of several characters load back as unchanged", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Person", "email,name\nann@example.org,x|\nbob@example.org,||\ncid@example.org,|\n");
    const { text } = await exportClass(loading, "Person", { separator: "||", columns: "name,email" });
    assertStringIncludes(text, '"x|"||ann@example.org');
    assertEquals((await loadBack(loading)).statuses, { unchanged: 3 });
  }));

Deno.test("a text of several lines that is a word for nothing is in no cell: that is told", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Device", "tag,name,note\nA1,NULL,NULL\n");
    const { run, text } = await exportClass(loading, "Device", { null_words: "NULL", columns: "tag,name,price,note" });
    assertEquals(run.exitCode, 1);
    assertStringIncludes(run.stderr, "Column 'note' of Device 1: nothing that this separator and qualifier can write");
    assertEquals(text.split("\n")[1], 'A1,"NULL ",NULL,"NULL"');
  }));

Deno.test("by a decimal key objects of others are found in the signs of the file", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Priced", "price,name\n1234.50,x\n");
    const signs = { decimal_sign: ",", grouping_sign: "." };
    const { rows } = await loading.load("Order", 'code,priced_id->price\nO1,"1.234,50"\n', signs);
    assertEquals(rows, ["created Order 1"]);
    const exported = await exportClass(loading, "Order", signs);
    assertStringIncludes(exported.text, '"1.234,50"');
    const { statuses } = await loadBack(loading);
    assertEquals(statuses, { unchanged: 1 });
  }));
