/** Issue 12: of a parameter that a request gave twice the last value counted without a word. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { basic, bytesOf, multipartPost, type Post, rawPost } from "./post.ts";
import { withServed } from "./served.ts";
import { storedWithoutChance } from "./twin.ts";

const TYPE = { "Content-Type": "application/x-www-form-urlencoded" };
const DATA = "class=Organization&reconciliationkeys=name&csvdata=name%2Ccode%0ATwice%2CT%0A";

function form(body: string, query = ""): Post {
  return { path: `/import?${query}`, headers: { ...TYPE, ...basic("admin", "admin") }, body: bytesOf(body) };
}

/** The same fields, with one of them once more in the query. */
function withQuery(post: Post, query: string): Post {
  return { ...post, path: `${post.path ?? "/import"}${post.path?.includes("?") === true ? "&" : "?"}${query}` };
}

const CASES: readonly (readonly [what: string, post: Post, message: string])[] = [
  ["a form", form(`simulate=1&simulate=0&${DATA}`), "simulate is given twice, both times in the body"],
  ["a form, the second behind the data", form(`${DATA}&class=Person`), "class is given twice, both times in the body"],
  ["form and query", form(DATA, "class=Organization"), "class is given twice: in the query and in the body"],
  ["two spellings", form(`output=json&${DATA}&result=summary`), "output is given twice, both times in the body"],
  [
    "multipart and query",
    withQuery(multipartPost(ORGANIZATIONS, ONE_ROW, "a.csv"), "class=Organization"),
    "class is given twice: in the query and in the body",
  ],
  [
    "the query of a raw body",
    withQuery(rawPost(ORGANIZATIONS, ONE_ROW), "comment=a&comment=b"),
    "comment is given twice, both times in the query",
  ],
];

for (const [what, post, message] of CASES) {
  Deno.test(`a parameter given twice is refused: ${what}`, () =>
    withServed({}, async (served) => {
      const before = storedWithoutChance(served.database);
      const answer = await served.post(post);
      assertEquals(answer.status, 400, answer.text);
      assertStringIncludes(answer.text, message);
      assertEquals(storedWithoutChance(served.database), before);
    }));
}

Deno.test("a login given twice is refused before anybody is looked for, and no failure is counted", () =>
  withServed({}, async (served) => {
    const before = storedWithoutChance(served.database);
    for (const login of ["auth_user=admin&auth_user=bob&auth_pwd=x", "auth_user=bob&auth_pwd=x&auth_pwd=y"]) {
      const answer = await served.post({ path: "/import", headers: TYPE, body: bytesOf(`${login}&${DATA}`) });
      assertEquals(answer.status, 400, answer.text);
      assertStringIncludes(answer.text, "is given twice, both times in the body");
    }
    assertEquals(storedWithoutChance(served.database), before);
  }));

Deno.test("who has not logged in hears of the login, and of nothing that was given twice but of that", () =>
  withServed({}, async (served) => {
    const answer = await served.post({
      path: "/import",
      headers: TYPE,
      body: bytesOf(`auth_user=admin&auth_pwd=x&${DATA}&class=A`),
    });
    assertEquals(answer.status, 401, answer.text);
  }));
