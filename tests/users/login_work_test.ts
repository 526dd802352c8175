/** A refused login does the same work, and so takes the same time, whatever is wrong with it. */
import { assert, assertEquals } from "@std/assert";
import { logIn, type LoginWorld } from "../../lib/users/login.ts";
import { hashPassword, type PasswordCost, verifyPassword } from "../../lib/users/password.ts";
import { plainObjects, userModel } from "./user_world.ts";

const CHEAP = { n: 16, r: 1, p: 1 };

const IS_DONE = () => Promise.resolve(true);

function world(cost: PasswordCost, more: Partial<LoginWorld> = {}): LoginWorld {
  const password = hashPassword("r1ght-one", cost);
  const user = (id: number, login: string, status: string, stored: string | null = password) => ({
    class: "UserLocal",
    id,
    values: { login, status, password: stored, language: "EN US" },
  });
  const objects = plainObjects([
    user(1, "here", "enabled"),
    user(2, "off", "disabled"),
    user(3, "odd", "enabled", "no hash"),
    user(4, "none", "enabled", null),
  ]);
  const failures = { read: () => Promise.resolve(null), write: IS_DONE, clear: IS_DONE };
  return {
    model: userModel({ persons: false, organizations: false }),
    objects,
    failures,
    now: () => new Date(0),
    cost,
    ...more,
  };
}

/** Logins that are refused, each for a reason of its own. */
const REFUSED: readonly (readonly [string, string])[] = [
  ["nobody", "r1ght-one"],
  ["here", "wrong"],
  ["here", ""],
  ["off", "r1ght-one"],
  ["off", "wrong"],
  ["odd", "no hash"],
  ["none", ""],
];

Deno.test("every refused login works out one hash, with the same cost", async () => {
  const work: string[][] = [];
  for (const [login, password] of REFUSED) {
    const costs: string[] = [];
    const verify = (clear: string, stored: string) => {
      costs.push(stored.split("$").slice(0, 4).join("$"));
      return verifyPassword(clear, stored);
    };
    assertEquals(await logIn({ login, password }, world(CHEAP, { verify })), { ok: false, reason: "refused" });
    work.push(costs);
  }
  assertEquals(work, REFUSED.map(() => ["scrypt$16$1$1"]));
});

Deno.test("the time of a refused login does not tell whether the user exists", async () => {
  // Long against all else that a login does, and short enough not to be interrupted in each of the rounds.
  const tried = world({ n: 2 ** 8, r: 8, p: 1 });
  const times = REFUSED.map((): number[] => []);
  for (let round = 0; round < 80; round++) {
    for (const [index, [login, password]] of REFUSED.entries()) {
      const begin = performance.now();
      await logIn({ login, password }, tried);
      times[index]?.push(performance.now() - begin);
    }
  }
  // The least is what it takes when nothing else runs; without the hash it would be a hundredth.
  const least = times.map((all) => Math.min(...all));
  assert(Math.max(...least) < 3 * Math.min(...least), `ms: ${least.map((one) => one.toFixed(2)).join(", ")}`);
});

Deno.test("a right password does not get past failures that were counted while it was looked at", async () => {
  const attempts = [null, { failures: 5, blockedUntil: 7_000 }];
  const failures = { read: () => Promise.resolve(attempts.shift() ?? null), write: IS_DONE, clear: IS_DONE };
  assertEquals(await logIn({ login: "here", password: "r1ght-one" }, world(CHEAP, { failures })), {
    ok: false,
    reason: "backing_off",
    seconds: 7,
  });
});
