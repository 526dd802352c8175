/** What rows may do, over HTTP: as everywhere (SPEC 17). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { formPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = {
  auth_user: "admin",
  auth_pwd: "admin",
  class: "Organization",
  reconciliationkeys: "code",
  no_localize: "1",
};

Deno.test("posted rows are passed over or refused for what they find", () =>
  withServed({}, async ({ post, entries }) => {
    const csv = "name,code\nA,1\nB,2\n";
    const skipped = await post(formPost({ ...FIELDS, on_missing: "skip" }, csv));
    assertStringIncludes(skipped.text, "#On Missing: skip\n");
    assertStringIncludes(skipped.text, "#Skipped: 2\n");
    const created = await post(formPost({ ...FIELDS, on_found: "error" }, csv));
    assertStringIncludes(created.text, "#Created: 2\n");
    const refused = await post(formPost({ ...FIELDS, on_found: "error" }, csv));
    assertStringIncludes(refused.text, "#Issues: 2\n");
    const wrong = await post(formPost({ ...FIELDS, links: "some" }, csv));
    assertEquals(wrong.status, 400);
    assertStringIncludes(wrong.text, "#Wrong links 'some': expected one of replace, add, remove");
    assertEquals(entries().map(({ skipped }) => skipped), [2, 0, 0, undefined]);
  }));
