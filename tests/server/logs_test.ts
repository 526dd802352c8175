/** What a request can make the server say: nothing raw in a log or on a terminal, no password anywhere, no header of the client's making. */
import { assert, assertEquals } from "@std/assert";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { basic, type Fields, formPost, multipartPost, type Post, rawPost } from "./post.ts";
import { type Served, withServed } from "./served.ts";

/** Escapes of terminals in 7 and 8 bits, line breaks of every kind, a forged line, and marks of direction. */
const NASTY = 'x\u001b[2J\u009b31m\r\n{"status":200}\n\u0085\u2028\u0007\0\u202e"\\';

const SECRET = "Pass-w0rd-of-Nobody";

function nastyPosts(): Post[] {
  const everywhere: Fields = { class: NASTY, comment: NASTY, charset: NASTY, output: NASTY, reconciliationkeys: NASTY };
  const login = { auth_user: NASTY, auth_pwd: SECRET };
  const good = { auth_user: "admin", auth_pwd: "admin" };
  const form = formPost(ORGANIZATIONS, ONE_ROW);
  return [
    formPost({ ...login, class: "Organization" }, ONE_ROW),
    formPost({ ...good, ...everywhere }, ONE_ROW),
    formPost({ ...good, class: NASTY }, ONE_ROW),
    formPost({ ...good, [NASTY]: NASTY, class: "Organization" }, ONE_ROW),
    multipartPost({ ...good, class: "Organization" }, `${NASTY},name\na,b\n`, "\u001b[2J\u009b31m.csv"),
    rawPost({ ...good, ...everywhere }, NASTY),
    rawPost({ ...good, auth_pwd: SECRET, class: "Organization" }, ONE_ROW),
    { ...form, path: "/\u001b[2J" },
    { ...form, path: `/%1b[2J%0d%0aX?auth_pwd=${SECRET}` },
    { ...form, method: "\u001b[2J" },
    { ...form, headers: { ...form.headers, "X-Forwarded-For": "\u001b[2J" } },
    { ...form, headers: { ...form.headers, ...basic(NASTY, SECRET) }, body: new TextEncoder().encode("class=Person") },
    { ...form, headers: { "Content-Type": "\u001b[2J" } },
    { ...form, headers: { ...form.headers, "Content-Encoding": "\u009b31m" } },
  ];
}

Deno.test("nothing of a request reaches the access log or standard error raw, and no password reaches them at all", () =>
  withServed({ parameters: ["--proxies=127.0.0.1"] }, async (served) => {
    const posts = nastyPosts();
    for (const post of posts) await served.post(post);
    assertEquals(/[^\x20-\x7e\n]/.exec(served.log()), null);
    assertEquals(served.log().split("\n").length, posts.length + 1);
    assertEquals(served.entries().length, posts.length);
    assertEquals(served.stderr().split("\n").length, 2, served.stderr());
    for (const secret of [SECRET, "auth_pwd"]) {
      assert(!`${served.log()}${served.stderr()}`.includes(secret), `${secret} is in a log`);
    }
  }));

Deno.test("answers hold nothing that a terminal obeys, and no header of the client's making", () =>
  withServed({}, async ({ post }) => {
    for (const [index, nasty] of nastyPosts().entries()) {
      const { status, head, headers, text } = await post(nasty);
      const about = `post ${index}: ${JSON.stringify(head + text)}`;
      assert(status >= 400 && status < 500, about);
      // deno-lint-ignore no-control-regex -- control characters are what is searched for
      assertEquals(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/.exec(text), null, about);
      assertEquals(/[^\x20-\x7e\r\n]/.exec(head), null, about);
      assert(!headers.has("x") && !headers.has("set-cookie"), about);
    }
  }));

const PAGE = "<script>alert(1)</script>";

Deno.test("no answer can pass for a page, whatever of the request it repeats", () =>
  withServed({ parameters: ["--metrics=1"] }, async (served) => {
    const answers = [
      await served.post(formPost({ ...ORGANIZATIONS, class: PAGE }, ONE_ROW)),
      await served.post(formPost({ ...ORGANIZATIONS, output: "details" }, `name\n${PAGE}\n`)),
      await served.post(formPost({ ...ORGANIZATIONS, output: "json" }, `name\n${PAGE}\n`)),
      await served.post(formPost({ auth_user: PAGE, auth_pwd: "x", class: "Person" }, ONE_ROW)),
      await served.get("/healthz"),
      await served.get("/metrics"),
      await served.get(`/${PAGE}`),
      await served.get("/import"),
      await served.get("/import", { "Content-Length": "x" }),
    ];
    for (const { status, headers, head } of answers) {
      const type = headers.get("content-type") ?? "";
      assert(/^(text\/plain(; version=0\.0\.4)?|application\/jsonl); charset=utf-8$/.test(type), `${status} ${type}`);
      assertEquals(headers.get("x-content-type-options"), "nosniff", head);
      assertEquals(headers.get("cache-control"), "no-store", head);
      assertEquals(headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'", head);
      assertEquals(headers.get("x-frame-options"), "DENY", head);
      assertEquals(headers.get("access-control-allow-origin"), undefined, head);
    }
  }));

async function statusWith(served: Served, headers: Readonly<Record<string, string>>): Promise<number> {
  const form = formPost(ORGANIZATIONS, ONE_ROW);
  return (await served.post({ ...form, headers: { ...form.headers, ...headers } })).status;
}

Deno.test("a page of another site is refused, whoever is logged in", () =>
  withServed({}, async (served) => {
    const foreign = [
      { Origin: "http://evil.example" },
      { Origin: "null" },
      { Origin: "https://localhost.evil.example" },
      { Origin: "http://localhost:1" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "cross-site", Origin: "http://localhost" },
    ];
    for (const headers of foreign) assertEquals(await statusWith(served, headers), 403, JSON.stringify(headers));
    const own = [{}, { Origin: "http://localhost" }, { "Sec-Fetch-Site": "same-origin" }, { "Sec-Fetch-Site": "none" }];
    for (const headers of own) assertEquals(await statusWith(served, headers), 200, JSON.stringify(headers));
  }));

Deno.test("metrics are off unless they are asked for, and tell nothing of who or what", () =>
  withServed({}, async ({ get }) => {
    assertEquals((await get("/metrics")).status, 404);
  }));

Deno.test("metrics count requests, runs, rows and refused logins", () =>
  withServed({ parameters: ["--metrics=1"] }, async ({ get, post }) => {
    await post(formPost(ORGANIZATIONS, ONE_ROW));
    await post(formPost(ORGANIZATIONS, `${ONE_ROW}Other,B\n`));
    await post(formPost({ ...ORGANIZATIONS, auth_pwd: SECRET }, ONE_ROW));
    const { status, text } = await get("/metrics");
    assertEquals(status, 200);
    const lines = text.split("\n");
    for (
      const line of [
        'csvrecon_http_requests_total{status="200"} 2',
        'csvrecon_http_requests_total{status="401"} 1',
        'csvrecon_rows_total{status="created"} 2',
        'csvrecon_rows_total{status="unchanged"} 1',
        'csvrecon_rows_total{status="rejected"} 0',
        "csvrecon_refused_logins_total 1",
        'csvrecon_runs_total{exit_code="0"} 2',
      ]
    ) assert(lines.includes(line), `${line} is not in\n${text}`);
    assert(!text.includes("admin") && !text.includes("Organization"), text);
  }));
