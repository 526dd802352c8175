/** Issue 12: HTTP clients never saw what to do, as hints went to standard error only; and `/` said only that nothing is there. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { bytesOf, formPost, multipartPost, rawPost } from "./post.ts";
import { withServed } from "./served.ts";

/** What is posted in place of what would be right, and what the answer then holds besides its first line. */
const CASES:
  readonly (readonly [what: string, fields: Record<string, string>, csv: string, status: number, hint: string])[] = [
    [
      "an unknown class",
      { class: "Organisation" },
      "name\nA\n",
      400,
      "#Hint: Did you mean Organization? Class names are",
    ],
    ["another program's parameter", { "dry-run": "1" }, "name\nA\n", 400, "#Hint: simulate is for: 1: change nothing"],
    ["a misspelt parameter", { simulat: "1" }, "name\nA\n", 400, "#Hint: The parameters are those of an import"],
    ["an unknown key", { reconciliationkeys: "code" }, "name\nA\n", 400, "#Hint: "],
    ["bytes of another charset", {}, "name\nH\xe4user\n", 400, "#Hint: "],
    ["a cell that is never closed", {}, 'name\n"open\n', 400, "#Hint: Close it, double it"],
    ["nothing", {}, "", 400, "#Hint: The first line that is not blank names the columns"],
    ["a path", { csvfile: "/etc/passwd" }, "name\nA\n", 400, "#Hint: Paths and the database are the server's"],
  ];

for (const [what, fields, csv, status, hint] of CASES) {
  Deno.test(`what to do is a part of the answer: ${what}`, () =>
    withServed({}, async (served) => {
      const data = Uint8Array.from(csv, (character) => character.charCodeAt(0));
      for (
        const way of [
          formPost,
          (all: Record<string, string>, bytes: Uint8Array) => multipartPost(all, bytes, "a.csv"),
          rawPost,
        ]
      ) {
        const answer = await served.post(way({ ...ORGANIZATIONS, ...fields }, data));
        assertEquals(answer.status, status, answer.text);
        const lines = answer.text.split("\n");
        assert(lines.some((line) => line.startsWith(hint)), answer.text);
        assert(!lines[0]?.startsWith("#Hint: "), answer.text);
        assert(!answer.text.includes(served.scratch.folder), answer.text);
      }
    }));
}

Deno.test("in JSON a hint is a field, as it is on the command line, and no line", () =>
  withServed({}, async (served) => {
    const answer = await served.post(formPost({ ...ORGANIZATIONS, class: "Organisation", output: "json" }, ONE_ROW));
    assertEquals(answer.text.split("\n").length, 2);
    assertStringIncludes(JSON.parse(answer.text).messages[0].hint, "Did you mean Organization?");
  }));

Deno.test("a wrong login is told nothing more, and a report has no hints", () =>
  withServed({}, async (served) => {
    const wrong = await served.post(formPost({ ...ORGANIZATIONS, auth_pwd: "wrong", class: "Organisation" }, ONE_ROW));
    assertEquals([wrong.status, wrong.text], [401, "Access restricted or wrong credentials ('admin')\n"]);
    const done = await served.post(formPost(ORGANIZATIONS, ONE_ROW));
    assertEquals([done.status, done.text.includes("#Hint")], [200, false]);
  }));

Deno.test("on the command line standard output has no hints: they are on standard error", () =>
  withServed({}, async ({ scratch }) => {
    scratch.write("a.csv", "name\nA\n");
    const run = await scratch.run([
      "--db=world.db",
      "--auth_user=admin",
      "--auth_pwd=admin",
      "--class=Organisation",
      "--csvfile=a.csv",
    ]);
    assertEquals([run.exitCode, run.stdout], [64, "#Unknown class: 'Organisation'\n"]);
    assertStringIncludes(run.stderr, "Did you mean Organization?");
  }));

Deno.test("/ says what this is and where the docs are, to everybody the same, and nothing of this server", () =>
  withServed({}, async (served) => {
    const answer = await served.get("/");
    assertEquals([answer.status, answer.headers.get("content-type")], [200, "text/plain; charset=utf-8"]);
    assertEquals(answer.headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    for (const word of ["csvrecon serve", "/import", "docs/http.md", "https://jsr.io/@csvrecon/csvrecon"]) {
      assertStringIncludes(answer.text, word);
    }
    for (const secret of ["world.db", "itop", String(served.port), "admin"]) {
      assert(!answer.text.includes(secret), secret);
    }
    const other = await served.get("/?class=Person&x=<script>", { "accept": "text/html", "accept-language": "fr" });
    assertEquals([other.status, other.text], [200, answer.text]);
    const posted = await served.post({ path: "/", headers: {}, body: bytesOf("") });
    assertEquals([posted.status, posted.headers.get("allow")], [405, "GET, HEAD"]);
  }));

Deno.test("what is sent where nothing is says where imports go", () =>
  withServed({}, async (served) => {
    const answer = await served.get("/nowhere");
    assertEquals(answer.status, 404);
    assertStringIncludes(answer.text, "#There is nothing at this address\n#Hint: An import is posted to /import");
  }));
