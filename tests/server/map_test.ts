/** A map over HTTP: its text is posted; a path of the server never is. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { formPost, multipartPost } from "./post.ts";
import { withServed } from "./served.ts";

const FIELDS = { auth_user: "admin", auth_pwd: "admin", class: "Organization", output: "details", no_localize: "1" };
const MAP = JSON.stringify({
  columns: { "Title": "name" },
  make: { code: "{Title|upper|part: ,1}" },
  values: { status: { ja: "active" } },
});

/** On a cell of a million letters it would hold up all imports for minutes. */
const LONG_WORK = `{x${"|replace:a,b|replace:b,a".repeat(2000)}}`;

Deno.test("a posted map is used, in every way to post", () =>
  withServed({}, async ({ post }) => {
    const fields = { ...FIELDS, reconciliationkeys: "code" };
    const first = await post(formPost({ ...fields, mapdata: MAP }, "Title,status\nNorth wing,ja\n"));
    assertEquals(first.status, 200, first.text);
    assertStringIncludes(first.text, '"North wing";"active";"NORTH"');
    const second = await post(multipartPost({ ...fields, mapdata: MAP }, "Title,status\nNorth wing,ja\n", "a.csv"));
    assertStringIncludes(second.text, "#Unchanged: 1");
  }));

Deno.test("a path of the server is refused, and so are a wrong map and one that is too long", () =>
  withServed({}, async ({ post }) => {
    const path = await post(formPost({ ...FIELDS, map: "/etc/passwd" }, "name\nA\n"));
    assertEquals(path.status, 400);
    assertStringIncludes(path.text, "#Parameter map may not be given over HTTP");
    assertStringIncludes(path.text, "posted as mapdata");
    const wrong = await post(formPost({ ...FIELDS, mapdata: '{ "columns": { "name": 5 } }' }, "name\nA\n"));
    assertEquals(wrong.status, 400);
    assertStringIncludes(wrong.text, "#Map 'mapdata', $.columns.name: found a whole number. Expected a text");
    const lacking = await post(formPost({ ...FIELDS, mapdata: MAP }, "name\nA\n"));
    assertEquals(lacking.status, 400);
    assertStringIncludes(lacking.text, "$.columns.Title: the file has no column 'Title'");
    const heavy = await post(formPost({ ...FIELDS, mapdata: JSON.stringify({ make: { name: LONG_WORK } }) }, "x\nA\n"));
    assertStringIncludes(heavy.text, "$.make.name: found 4000 filters. Expected at most 100");
    const long = await post(formPost({ ...FIELDS, mapdata: `{${" ".repeat(70_000)}}` }, "name\nA\n"));
    assertEquals(long.status, 413);
    assertStringIncludes(long.text, "#The field 'mapdata' has more than 64 KiB");
  }));

Deno.test("what is wrong in places with long names is told in few words, before any login", () =>
  withServed({}, async ({ post }) => {
    const twice = Array.from({ length: 2000 }, () => '"a":0').join(",");
    const name = "x".repeat(25_000);
    for (
      const mapdata of [`{"${name}":{${twice}}}`, `{"columns":{"${name}":{${twice}}}}`, `{"${name}":1,"${name}":1}`]
    ) {
      const { status, text } = await post(formPost({ class: "Organization", mapdata }, "name\nA\n"));
      assertEquals(status, 401);
      assert(text.length < 20_000, `${text.length} characters`);
    }
  }));
