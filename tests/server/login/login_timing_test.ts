/** How long a refusal takes tells nobody which logins there are: a statistic over the network, beside `login_work_test.ts`, which counts the work. */
import { assert, assertEquals } from "@std/assert";
import { ONE_ROW, ORGANIZATIONS } from "../own_requests.ts";
import { formPost } from "../post.ts";
import { withServed } from "../served.ts";

/** Cheaper than the program's own, and still most of the time that a login takes. */
const COST = { n: 2 ** 12, r: 8, p: 1 };
const ROUNDS = 25;

/** Kinds of login that are refused, and how long each took, in milliseconds. */
const KINDS = ["there", "there_disabled", "nobody"] as const;

Deno.test("a wrong password, a disabled user and an unknown login are refused in the same time", async () => {
  let now = Date.now();
  await withServed({ now: () => new Date(now), passwordCost: COST }, async ({ post }) => {
    const users = "login,password,status,profile_list\n" +
      "there,Right-Passw0rd,enabled,profileid:3\nthere_disabled,Right-Passw0rd,disabled,profileid:3\n";
    const fields = { ...ORGANIZATIONS, class: "UserLocal", reconciliationkeys: "login" };
    assertEquals((await post(formPost(fields, users))).status, 200);
    const times = new Map(KINDS.map((kind) => [kind, [] as number[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of KINDS) {
        // Nobody is slowed down for failures before.
        now += 120_000;
        const request = formPost({ ...ORGANIZATIONS, auth_user: kind, auth_pwd: "Wrong-Passw0rd" }, ONE_ROW);
        const begin = performance.now();
        assertEquals((await post(request)).status, 401);
        times.get(kind)?.push(performance.now() - begin);
      }
    }
    const quartiles = KINDS.map((kind) => lowerQuartile(times.get(kind) ?? []));
    const [least, most] = [Math.min(...quartiles), Math.max(...quartiles)];
    assert(most < 1.4 * least + 1, `lower quartiles in milliseconds: ${quartiles}`);
  });
});

/** What other work of the machine adds is mostly above it. */
function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? NaN;
}
