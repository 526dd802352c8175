/** Parameters that name a path, the database or the server's own business: refused before anything else is looked at. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Answer } from "./http_client.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { basic, type Fields, formPost, multipartPost, type Post, rawPost } from "./post.ts";
import { type Served, withServed } from "./served.ts";
import { storedWithoutChance } from "./twin.ts";

const FORBIDDEN = [
  "csvfile",
  "param_file",
  "db",
  "auth_pwd_file",
  "busy_timeout",
  "access_log",
  "socket",
  "tls_key",
  "model",
  "admin_pwd_file",
];

const WAYS: readonly (readonly [string, (fields: Fields) => Post])[] = [
  ["form", (fields) => formPost(fields, ONE_ROW)],
  ["multipart", (fields) => multipartPost(fields, ONE_ROW, "a.csv")],
  ["query", (fields) => rawPost(fields, ONE_ROW)],
];

/** Without what changes with the second. */
function bytesOf({ head, text }: Answer): string {
  return head.replace(/^Date: .*\r\n/mi, "") + text;
}

Deno.test("forbidden parameters are refused in the same bytes, whatever their value and whoever asks", () =>
  withServed({}, async (served) => {
    const before = storedWithoutChance(served.database);
    const values = [served.database, "/nowhere/at/all", "-", "\u001b[31m"];
    for (const name of FORBIDDEN) {
      for (const [way, post] of WAYS) await assertRefusedAlike(served, `${name} in ${way}`, name, values, post);
    }
    assertEquals(storedWithoutChance(served.database), before);
  }));

async function assertRefusedAlike(
  { post }: Served,
  about: string,
  name: string,
  values: readonly string[],
  way: (fields: Fields) => Post,
): Promise<void> {
  const answers = new Set<string>();
  for (const value of values) {
    for (const login of [ORGANIZATIONS, {}, { auth_user: "admin", auth_pwd: "wrong" }]) {
      const answer = await post(way({ [name]: value, ...login }));
      assertEquals(answer.status, 400, `${about}: ${answer.text}`);
      answers.add(bytesOf(answer));
    }
  }
  assertEquals(answers.size, 1, about);
  assertStringIncludes([...answers].join(""), name, about);
}

Deno.test("a forbidden parameter behind the rows is refused too, and they are not written", () =>
  withServed({}, async ({ post, database }) => {
    const before = storedWithoutChance(database);
    const form = formPost(ORGANIZATIONS, ONE_ROW);
    const answer = await post({
      ...form,
      body: new TextEncoder().encode(new TextDecoder().decode(form.body) + "&db=x"),
    });
    assertEquals(answer.status, 400);
    assertEquals(storedWithoutChance(database), before);
  }));

Deno.test("a forbidden parameter is refused before the login is looked at, which then counts as no failure", () =>
  withServed({}, async ({ post, entries }) => {
    for (let time = 0; time < 10; time++) {
      const wrong = formPost({ csvfile: "/etc/passwd", ...ORGANIZATIONS, auth_pwd: "wrong" }, ONE_ROW);
      assertEquals((await post({ ...wrong, headers: { ...wrong.headers, ...basic("admin", "wrong") } })).status, 400);
    }
    assertEquals((await post(formPost(ORGANIZATIONS, ONE_ROW))).status, 200);
    assert(entries().slice(0, 10).every(({ status, user }) => status === 400 && user === undefined));
  }));
