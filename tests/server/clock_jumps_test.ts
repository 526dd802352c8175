/** A clock that jumps, as after a sleep or when it is set: nobody is locked out or let in, and limits of time are no matter of the clock. */
import { assertEquals } from "@std/assert";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { formPost } from "./post.ts";
import { withServed } from "./served.ts";

const YEAR = 365 * 24 * 3600 * 1000;
const BEGIN = Date.parse("2026-03-29T00:59:59Z");

Deno.test("imports and logins go on while the clock jumps years ahead and back", async () => {
  let now = BEGIN;
  await withServed({ now: () => new Date(now) }, async ({ post, get, entries }) => {
    for (const jump of [0, 10 * YEAR, -20 * YEAR, 3600_000, -3600_000]) {
      now += jump;
      assertEquals((await post(formPost(ORGANIZATIONS, ONE_ROW))).status, 200, `${jump}`);
      assertEquals((await post(formPost({ ...ORGANIZATIONS, auth_pwd: "wrong" }, ONE_ROW))).status, 401, `${jump}`);
      assertEquals((await get("/healthz")).status, 200, `${jump}`);
    }
    assertEquals(entries().every(({ seconds }) => Number(seconds) >= 0 && Number(seconds) < 60), true);
  });
});

Deno.test("a wait for failed logins outlasts no clock that is set back, and ends when it is set ahead", async () => {
  let now = BEGIN;
  await withServed({ now: () => new Date(now) }, async ({ post }) => {
    const right = formPost(ORGANIZATIONS, ONE_ROW);
    const wrong = formPost({ ...ORGANIZATIONS, auth_pwd: "wrong" }, ONE_ROW);
    const fail = async () => {
      for (let time = 0; time < 5; time++) await post(wrong);
      assertEquals((await post(right)).status, 429);
    };
    await fail();
    now -= YEAR;
    assertEquals((await post(right)).status, 200);
    await fail();
    now += 2000;
    assertEquals((await post(right)).status, 200);
  });
});
