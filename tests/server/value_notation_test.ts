/** How a file writes values, over HTTP: as everywhere (SPEC 16). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { formPost, multipartPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = {
  auth_user: "admin",
  auth_pwd: "admin",
  class: "Rack",
  reconciliationkeys: "name",
  output: "details",
  no_localize: "1",
};

Deno.test("posted rows have the signs, the words for nothing and the empty cells that the client names", () =>
  withServed({}, async ({ post }) => {
    const csv = "name,org_id,nb_u,description\nR1,1,1.024,x\nR2,1,#N/A,\n";
    const fields = { ...FIELDS, grouping_sign: ".", decimal_sign: ",", null_words: "#N/A", empty_cells: "keep" };
    const { status, text } = await post(formPost(fields, csv));
    assertEquals(status, 200, text);
    assertStringIncludes(text, "#Decimal Sign: ,\n#Grouping Sign: .\n#Null Words: #N/A\n#Empty Cells: keep\n");
    assertStringIncludes(text, "0;created;Rack;");
    assertStringIncludes(text, "1;created;Rack;");
    const kept = await post(formPost(fields, "name,nb_u,description\nR1,,\n"));
    assertStringIncludes(kept.text, "0;unchanged;Rack;");
    const wrong = await post(formPost({ ...FIELDS, grouping_sign: "." }, csv));
    assertEquals(wrong.status, 400);
    assertStringIncludes(wrong.text, "#Wrong grouping_sign '.': it is the decimal sign");
  }));

Deno.test("a file in a code page of DOS is read, and its rows in error come back in it", () =>
  withServed({}, async ({ post }) => {
    const csv = Uint8Array.from("name,org_id,nb_u\nM\x81ller,1,x\n", (one) => one.charCodeAt(0));
    const fields = { ...FIELDS, charset: "IBM850" };
    const { status, text } = await post(multipartPost({ ...fields, output: "json" }, csv, "a.csv"));
    assertEquals(status, 200, text);
    assertStringIncludes(text, '"name":"Müller"');
    const rejects = await post(multipartPost({ ...fields, output: "rejects" }, csv, "a.csv"));
    assertStringIncludes(rejects.text, "M\ufffdller,1,x,2,");
  }));
