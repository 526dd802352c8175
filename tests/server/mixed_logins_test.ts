/** Requests that bring more than one login, or parts of several, along. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { Answer } from "./http_client.ts";
import { basic, bytesOf } from "./post.ts";
import { type Served, withServed } from "./served.ts";

const DATA = "class=Organization&reconciliationkeys=name&csvdata=name%2Ccode%0ADemo%2CDEMO%0A";

function posted(
  { post }: Served,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  query = "",
): Promise<Answer> {
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  return post({ path: `/import?${query}`, headers: { ...type, ...headers }, body: bytesOf(body) });
}

/** Who made the last change by its parameters; and whose failures are counted. */
function stored(
  { database }: Served,
): { readonly login: unknown; readonly changes: number; readonly failed: unknown[] } {
  const opened = new DatabaseSync(database, { readOnly: true });
  const { parameters } = opened.prepare("SELECT parameters FROM change ORDER BY id DESC LIMIT 1").get() ?? {};
  const changes = Number(opened.prepare("SELECT count(*) AS n FROM change").get()?.["n"]);
  const failed = opened.prepare("SELECT login FROM login_failure ORDER BY login").all().map((row) => row["login"]);
  opened.close();
  return { login: JSON.parse(String(parameters))["auth_user"], changes, failed };
}

Deno.test("a login behind the rows that is another than the one that was checked is refused, and nothing is written", () =>
  withServed({}, async (served) => {
    const before = stored(served).changes;
    for (
      const more of [
        "auth_user=bob&auth_pwd=admin",
        "auth_user=bob",
        "auth_pwd=wrong",
        "auth_user=admin&auth_pwd=wrong",
        "auth-user=bob",
      ]
    ) {
      const answer = await posted(served, `${DATA}&${more}`, basic("admin", "admin"));
      assertEquals(answer.status, 400, more);
      assertStringIncludes(answer.text, "#A login came behind csvdata");
    }
    assertEquals(stored(served).changes, before);
    assertEquals(stored(served).failed, []);
  }));

Deno.test("the login that was checked may be said again, and is what the change log keeps", () =>
  withServed({}, async (served) => {
    const again = `${DATA}&auth_user=admin`;
    assertEquals((await posted(served, again, basic("admin", "admin"))).status, 200);
    assertEquals(stored(served).login, "admin");
    assertEquals((await posted(served, `auth_user=ADMIN&auth_pwd=admin&${DATA}`, basic("bob", "x"))).status, 200);
  }));

Deno.test("login and password are taken from one place: nobody's password is tried for somebody else's name", () =>
  withServed({}, async (served) => {
    // Whole only behind the rows: till then nobody knows who posts, whatever the header says.
    const late = await posted(served, `auth_user=admin&${DATA}&auth_pwd=admin`, basic("bob", "x"));
    assertEquals([late.status, stored(served).login, stored(served).failed], [200, "admin", []]);
    const before = stored(served).changes;
    // A name without a password, or the reverse, over a place that has both.
    const halves = [
      await posted(served, `auth_user=bob&${DATA}`, basic("admin", "admin")),
      await posted(served, `auth_pwd=admin&${DATA}`, basic("admin", "wrong")),
      await posted(served, DATA, basic("admin", "admin"), "auth_user=bob"),
    ];
    assertEquals(halves.map(({ status }) => status), [401, 401, 401]);
    assertEquals([stored(served).changes, stored(served).failed], [before, []]);
    // Query and body are one form.
    assertEquals((await posted(served, `auth_pwd=admin&${DATA}`, {}, "auth_user=admin")).status, 200);
    // A login in both is none: nobody guesses which one was meant (issue 12, repeated parameters).
    for (const query of ["auth_user=bob&auth_pwd=x", "auth_user=bob"]) {
      const twice = await posted(served, `auth_user=admin&auth_pwd=admin&${DATA}`, {}, query);
      assertEquals(twice.status, 400);
      assertStringIncludes(twice.text, "#Parameter auth_user is given twice: in the query and in the body");
    }
    // Both win over the header.
    assertEquals((await posted(served, DATA, basic("bob", "x"), "auth_user=admin&auth_pwd=admin")).status, 200);
    assertEquals(stored(served).failed, []);
  }));
