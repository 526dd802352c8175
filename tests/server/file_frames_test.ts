/** What a file has around its rows, over HTTP: as everywhere (SPEC 16). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formPost, multipartPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = {
  auth_user: "admin",
  auth_pwd: "admin",
  class: "Rack",
  reconciliationkeys: "name",
  no_localize: "1",
  skip_lines: "1",
  comment_sign: "#",
  footer_lines: "1",
  header: "name, org_id, nb_u, zzz",
  short_rows: "fill",
  separator: "||",
  escape_sign: "\\",
  ignore_columns: "zzz",
};

const CSV = 'Racks "\n# x\nR\\||1||1||4||x\nR2||1\nR3||1||x||\nTotal||||7\n';

Deno.test("posted files have what the client says around their rows, and rows in error come back so", () =>
  withServed({}, async ({ post }) => {
    const { status, text } = await post(formPost({ ...FIELDS, output: "details" }, CSV));
    assertEquals(status, 200, text);
    assertStringIncludes(text, "#Skip Lines: 1\n");
    assertStringIncludes(text, '"R||1"');
    assertStringIncludes(text, "#Issues: 1\n#Warnings: 0\n#Created: 2\n");
    const rejects = await post(multipartPost({ ...FIELDS, output: "rejects" }, CSV, "a.csv"));
    assert(rejects.text.startsWith('Racks "\n'), rejects.text);
    assertStringIncludes(rejects.text, "R3||1||x|| ||5||rejected||");
    assert(rejects.text.endsWith("Total||||7\n"), rejects.text);
    const wrong = await post(formPost({ ...FIELDS, skip_lines: "many" }, CSV));
    assertEquals(wrong.status, 400);
  }));
