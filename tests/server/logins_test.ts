/** Who guesses passwords over HTTP learns nothing, and has to wait. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { runProgram } from "../../lib/program.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import type { Answer } from "./http_client.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { basic, formPost, type Post } from "./post.ts";
import { serve, type Served, serving, withServed } from "./served.ts";

function postAs(auth_user: string, auth_pwd: string, headers: Readonly<Record<string, string>> = {}): Post {
  const post = formPost({ ...ORGANIZATIONS, auth_user, auth_pwd }, ONE_ROW);
  return { ...post, headers: { ...post.headers, ...headers } };
}

function withoutDate({ head, text }: Answer): string {
  return head.replace(/^Date: .*\r\n/mi, "") + text;
}

Deno.test("an unknown user and a wrong password get the same answer, with either way to log in", () =>
  withServed({}, async ({ post }) => {
    const answers = [await post(postAs("admin", "wrong")), await post(postAs("nobdy", "admin"))];
    assertEquals(answers.map(({ status }) => status), [401, 401]);
    const alike = answers.map((answer) => withoutDate(answer).replace(/'(admin|nobdy)'/, "'…'"));
    assertEquals(alike[0], alike[1]);
    const { auth_user: _user, auth_pwd: _password, ...others } = ORGANIZATIONS;
    for (const login of ["admin", "nobdy"]) {
      const form = formPost(others, ONE_ROW);
      const answer = await post({ ...form, headers: { ...form.headers, ...basic(login, "wrong") } });
      assertEquals(withoutDate(answer), withoutDate(answers[login === "admin" ? 0 : 1]!));
      assertMatch(answer.headers.get("www-authenticate") ?? "", /^Basic realm=/);
    }
  }));

Deno.test("an unknown user and a wrong password take the same time, with hashes as they are in earnest", () =>
  withScratch(async (scratch) => {
    await initInEarnest(scratch);
    await serving(scratch, { passwordCost: null }, async ({ post }) => {
      const shortest = { admin: Infinity, nobdy: Infinity, malformed: Infinity };
      for (let time = 0; time < 4; time++) {
        for (const login of ["admin", "nobdy"] as const) {
          const begin = performance.now();
          assertEquals((await post(postAs(login, "wrong"))).status, 401);
          shortest[login] = Math.min(shortest[login], performance.now() - begin);
        }
        const begin = performance.now();
        await post({ ...postAs("admin", "wrong"), headers: { "Content-Type": "text/html" } });
        shortest.malformed = Math.min(shortest.malformed, performance.now() - begin);
      }
      const ratio = shortest.admin / shortest.nobdy;
      assert(ratio > 0.5 && ratio < 2, JSON.stringify(shortest));
      // What costs no hash tells whether one was measured at all.
      assert(Math.min(shortest.admin, shortest.nobdy) > 3 * shortest.malformed, JSON.stringify(shortest));
    });
  }));

async function initInEarnest({ path }: Scratch): Promise<void> {
  const exitCode = await runProgram(["init", `--db=${path("world.db")}`, "--admin_user=admin", "--admin_pwd=admin"], {
    stdin: new Blob([]).stream(),
    stdout: new CollectedText(),
    stderr: new CollectedText(),
    env: () => undefined,
    now: () => new Date(),
    giveUpNetwork: () => {},
  });
  assertEquals(exitCode, 0);
}

/** A clock that stands still until it is set. */
class Clock {
  #now = new Date("2026-01-01T00:00:00Z").getTime();
  readonly now = () => new Date(this.#now);
  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

const PROXY = ["--proxies=127.0.0.1"];

function from(address: string): Record<string, string> {
  return { "X-Forwarded-For": address };
}

Deno.test("after 5 wrong passwords an account has to wait, from wherever, and beyond a restart", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    const clock = new Clock();
    const options = { parameters: PROXY, now: clock.now };
    await serving(scratch, options, async ({ post }) => {
      for (let time = 0; time < 5; time++) {
        assertEquals((await post(postAs("admin", "wrong", from(`192.0.2.${time}`)))).status, 401);
      }
      await assertMustWait(await post(postAs("Admin", "admin", from("192.0.2.77"))));
    });
    const again = await serve(scratch, options);
    await assertMustWait(await again.post(postAs("admin", "admin", from("192.0.2.78"))));
    clock.pass(2);
    assertEquals((await again.post(postAs("admin", "admin", from("192.0.2.78")))).status, 200);
    await again.stop();
  }));

function assertMustWait({ status, headers, text }: Answer): void {
  assertEquals(status, 429, text);
  assertMatch(headers.get("retry-after") ?? "", /^[1-9][0-9]*$/);
  assertEquals(headers.get("csvrecon-exit-code"), "77");
}

Deno.test("after 20 wrong logins an address has to wait, whatever the login, and beyond a restart; others have not", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    const options = { parameters: PROXY, now: new Clock().now };
    await serving(scratch, options, async ({ post }) => {
      for (let time = 0; time < 20; time++) {
        assertEquals((await post(postAs(`user${time}`, "wrong", from("192.0.2.1")))).status, 401);
      }
      await assertMustWait(await post(postAs("admin", "admin", from("192.0.2.1"))));
      // What the client itself puts in front of the proxy's word changes nothing.
      await assertMustWait(await post(postAs("admin", "admin", from("198.51.100.5, 192.0.2.1"))));
      assertEquals((await post(postAs("admin", "admin", from("192.0.2.2")))).status, 200);
    });
    await serving(scratch, options, async ({ post }) => {
      await assertMustWait(await post(postAs("admin", "admin", from("192.0.2.1"))));
    });
  }));

Deno.test("who is no trusted proxy cannot say that it is another address", () =>
  withServed({ now: new Clock().now }, async (served: Served) => {
    for (let time = 0; time < 20; time++) {
      assertEquals((await served.post(postAs(`user${time}`, "wrong", from(`192.0.2.${time}`)))).status, 401);
    }
    assertMustWait(await served.post(postAs("admin", "admin", from("198.51.100.1"))));
    assert(served.entries().every(({ client }) => client === "127.0.0.1"));
  }));

Deno.test("50 guesses at once are heard no more than one after another", () =>
  withServed({ parameters: PROXY, now: new Clock().now }, async ({ post }) => {
    const guesses = Array.from({ length: 50 }, (_, time) => post(postAs("admin", "wrong", from(`192.0.2.${time}`))));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    assertEquals(statuses.filter((status) => status === 401).length, 5);
    assertEquals(statuses.filter((status) => status === 429).length, 45);
  }));
