/** `second_pass` over HTTP: a body comes once, and is kept for its second reading (SPEC 16). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { multipartPost, rawPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = {
  auth_user: "admin",
  auth_pwd: "admin",
  class: "Organization",
  reconciliationkeys: "code",
  second_pass: "parent_id",
  output: "details",
  no_localize: "1",
};
const TREE = "name,code,parent_id->code\nLow,low,mid\nMid,mid,top\nTop,top,\nBad,bad,nobody\nBehind,behind,bad\n";

Deno.test("a posted file is read twice, and who is behind a row in error is told so", () =>
  withServed({}, async ({ post }) => {
    const answer = await post(multipartPost(FIELDS, TREE, "tree.csv"));
    assertEquals([answer.status, answer.headers.get("csvrecon-exit-code")], [200, "1"]);
    assertStringIncludes(answer.text, "#Second Pass: parent_id");
    assertStringIncludes(answer.text, "No match for value 'bad': the row in line 5 has it, and is in error");
    assertStringIncludes(answer.text, "#Created: 3");
    const back = await post(rawPost({ ...FIELDS, output: "rejects" }, TREE));
    const mended = back.text.replace("bad,nobody", "bad,top");
    const again = await post(rawPost({ ...FIELDS, output: "summary" }, mended));
    assertStringIncludes(again.text, "#Created: 2");
    assertStringIncludes(again.text, "#Issues: 0");
  }));

Deno.test("a body that is longer than what is kept in memory is read twice, too", () =>
  withServed({}, async ({ post }) => {
    const rows = Array.from({ length: 3000 }, (_, index) => `Organization number ${index},c${index},c${index + 1}\n`);
    const csv = `name,code,parent_id->code\n${rows.join("")}Root,c3000,\n`;
    const { text } = await post(rawPost({ ...FIELDS, output: "summary" }, csv));
    assertStringIncludes(text, "#Created: 3001");
  }));

Deno.test("a key that cannot wait is refused over HTTP too", () =>
  withServed({}, async ({ post }) => {
    const { status, text } = await post(rawPost({ ...FIELDS, second_pass: "name" }, TREE));
    assertEquals(status, 400);
    assertStringIncludes(text, "'name' is no external key that a column of the file feeds");
  }));
