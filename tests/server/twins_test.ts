/** Twins, rows without a key and a foreign id over HTTP: as everywhere (SPEC 14). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { formPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = {
  auth_user: "admin",
  auth_pwd: "admin",
  class: "Organization",
  reconciliationkeys: "code",
  output: "details",
  no_localize: "1",
};

Deno.test("posted rows that say otherwise than an earlier one are in error, and warned of with twins=last", () =>
  withServed({}, async ({ post }) => {
    const csv = "id,name,code\n,A,1\n,B,1\n99,C,2\n,D,\n,E,\n";
    const error = await post(formPost(FIELDS, csv));
    assertEquals(error.status, 200);
    assertStringIncludes(error.text, "1;Issue: Row 0 (line 2) is this object already, with other values;");
    assertStringIncludes(error.text, "4;Issue: the reconciliation keys are empty ('code')");
    assertStringIncludes(error.text, "1 row with an id that is not that of the object, in line 4");
    assertStringIncludes(error.text, "#Warnings: 1");
    const last = await post(formPost({ ...FIELDS, twins: "last" }, csv));
    assertStringIncludes(last.text, "#Twins: last");
    assertStringIncludes(last.text, "1;updated 1 cols;Organization;");
    assertStringIncludes(last.text, "#Warnings: 2");
    const wrong = await post(formPost({ ...FIELDS, twins: "first" }, csv));
    assertEquals(wrong.status, 400);
    assertStringIncludes(wrong.text, "#Wrong twins 'first': expected one of error, last");
  }));

Deno.test("a computed column is refused over HTTP too", () =>
  withServed({}, async ({ post }) => {
    const { status, text } = await post(formPost(FIELDS, "code,friendlyname\n1,A\n"));
    assertEquals(status, 400);
    assertStringIncludes(text, "#Column 'friendlyname' is computed and cannot be written");
  }));
