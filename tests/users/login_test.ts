import { assert, assertEquals } from "@std/assert";
import { logIn, loginRefusal, type LoginRequest, type LoginResult, type LoginWorld } from "../../lib/users/login.ts";
import type { FailedAttempts, LoginFailures } from "../../lib/store/failed_logins.ts";
import { hashPassword } from "../../lib/users/password.ts";
import { objectId } from "../helpers/object_id.ts";
import { type PlainObject, plainObjects, userModel } from "./user_world.ts";

const CHEAP = { n: 16, r: 1, p: 1 };
const REFUSED: LoginResult = { ok: false, reason: "refused" };

/** Failures in memory, that remember how often they were written. */
class CountedFailures implements LoginFailures {
  readonly kept = new Map<string, FailedAttempts>();
  writes = 0;

  read(login: string): Promise<FailedAttempts | null> {
    return Promise.resolve(this.kept.get(login) ?? null);
  }

  write(login: string, next: (before: FailedAttempts | null) => FailedAttempts): Promise<boolean> {
    this.writes++;
    this.kept.set(login, next(this.kept.get(login) ?? null));
    return Promise.resolve(true);
  }

  clear(login: string): Promise<boolean> {
    this.writes++;
    return Promise.resolve(this.kept.delete(login));
  }
}

function user(id: number, login: string, more: PlainObject["values"] = {}): PlainObject {
  const password = hashPassword("good", CHEAP);
  return { class: "UserLocal", id, values: { login, password, status: "enabled", language: "FR FR", ...more } };
}

function link(id: number, linkClass: string, values: PlainObject["values"]): PlainObject {
  return { class: linkClass, id, values };
}

const OBJECTS: readonly PlainObject[] = [
  user(1, "admin", { contactid: 7 }),
  user(2, "plain", { language: "XX YY" }),
  user(3, "gone", { status: "disabled" }),
  user(4, "broken", { password: "good" }),
  user(5, "empty", { password: null, status: null }),
  { class: "Person", id: 7, values: { friendlyname: "Claude Monet" } },
  link(1, "URP_UserProfile", { userid: 1, profileid: 1 }),
  link(2, "URP_UserProfile", { userid: 1, profileid: 3 }),
  link(3, "URP_UserProfile", { userid: 2, profileid: 3 }),
  link(1, "URP_UserOrg", { userid: 2, allowed_org_id: 4 }),
  link(2, "URP_UserOrg", { userid: 2, allowed_org_id: 2 }),
];

/** A world whose clock the test moves. */
function world(failures = new CountedFailures()): LoginWorld & { readonly failures: CountedFailures } {
  const model = userModel({ persons: true, organizations: true });
  return { model, objects: plainObjects(OBJECTS), failures, now: () => new Date(1_000_000), cost: CHEAP };
}

const request = (login: string, password = "good"): LoginRequest => ({ login, password });

/** With the stamp of the account, whatever it is. */
function withStamp(result: LoginResult): LoginResult {
  return result.ok ? { ...result, user: { ...result.user, stamp: "" } } : result;
}

Deno.test("a user logs in, and is known by their person, language, profiles and organisations", async () => {
  assertEquals(withStamp(await logIn(request("admin"), world())), {
    ok: true,
    user: {
      id: objectId(1),
      login: "admin",
      name: "Claude Monet",
      language: "FR FR",
      stamp: "",
      profiles: [1, 3],
      allowedOrganizations: null,
    },
  });
});

Deno.test("a user without person goes by the login, an unknown language becomes the model's first", async () => {
  assertEquals(withStamp(await logIn(request("plain"), world())), {
    ok: true,
    user: {
      id: objectId(2),
      login: "plain",
      name: "plain",
      language: "EN US",
      stamp: "",
      profiles: [3],
      allowedOrganizations: [4, 2].map(objectId),
    },
  });
});

Deno.test("a model without persons and organisations has users all the same", async () => {
  const model = userModel({ persons: false, organizations: false });
  const result = await logIn(request("plain"), { ...world(), model });
  assert(result.ok);
  assertEquals(result.user.name, "plain");
  assertEquals(result.user.allowedOrganizations, null);
});

Deno.test("a login is matched without case and shown as it is stored", async () => {
  const result = await logIn(request("ADMIN"), world());
  assert(result.ok);
  assertEquals(result.user.login, "admin");
});

const WRONG: readonly (readonly [string, string, string])[] = [
  ["a wrong password", "admin", "wrong"],
  ["an empty password", "admin", ""],
  ["an unknown login", "nobody", "good"],
  ["an empty login", "", "good"],
  ["a disabled user", "gone", "good"],
  ["a stored password that cannot be read", "broken", "good"],
  ["no stored password", "empty", ""],
];

for (const [what, login, password] of WRONG) {
  Deno.test(`${what} is refused like any other and counts as a failure`, async () => {
    const here = world();
    assertEquals(await logIn(request(login, password), here), REFUSED);
    assertEquals([...here.failures.kept], [[login, { failures: 1, blockedUntil: 0 }]]);
  });
}

Deno.test("a good login after no failure writes nothing", async () => {
  const here = world();
  assert((await logIn(request("admin"), here)).ok);
  assertEquals(here.failures.writes, 0);
});

Deno.test("a good login clears the failures before it", async () => {
  const here = world();
  for (let failure = 0; failure < 4; failure++) await logIn(request("admin", "wrong"), here);
  assert((await logIn(request("admin"), here)).ok);
  assertEquals([...here.failures.kept], []);
});

Deno.test("after 5 failures in a row the right password has to wait too, and longer after each further failure", async () => {
  const failures = new CountedFailures();
  const at = (seconds: number, password: string) =>
    logIn(request("admin", password), { ...world(failures), now: () => new Date(1_000_000 + seconds * 1000) });
  for (let failure = 0; failure < 5; failure++) assertEquals(await at(0, "wrong"), REFUSED);
  assertEquals(await at(0, "good"), { ok: false, reason: "backing_off", seconds: 1 });
  assertEquals(await at(0.999, "good"), { ok: false, reason: "backing_off", seconds: 1 });
  assertEquals(await at(1, "wrong"), REFUSED);
  assertEquals(await at(1, "wrong"), { ok: false, reason: "backing_off", seconds: 2 });
  assertEquals(await at(3, "wrong"), REFUSED);
  assertEquals(await at(4.5, "good"), { ok: false, reason: "backing_off", seconds: 3 });
  assert((await at(7, "good")).ok);
  assertEquals(await at(7, "wrong"), REFUSED);
  assertEquals(failures.kept.get("admin"), { failures: 1, blockedUntil: 0 });
});

Deno.test("an attempt during the wait neither counts nor makes it longer", async () => {
  const here = world();
  for (let failure = 0; failure < 5; failure++) await logIn(request("admin", "wrong"), here);
  const before = here.failures.writes;
  for (let attempt = 0; attempt < 9; attempt++) await logIn(request("admin", "wrong"), here);
  assertEquals(here.failures.writes, before);
});

Deno.test("another spelling of a login is no way around the wait, and other logins do not wait", async () => {
  const here = world();
  for (const login of ["admin", "Admin", "ADMIN", "aDmin", "adMin"]) await logIn(request(login, "wrong"), here);
  assertEquals(await logIn(request("admiN"), here), { ok: false, reason: "backing_off", seconds: 1 });
  assert((await logIn(request("plain"), here)).ok);
});

Deno.test("a login that does not exist has to wait like one that does", async () => {
  const here = world();
  for (let failure = 0; failure < 5; failure++) await logIn(request("nobody"), here);
  assertEquals(await logIn(request("nobody"), here), { ok: false, reason: "backing_off", seconds: 1 });
});

Deno.test("a refused login ends the run with 77 and the reference's words", () => {
  const stop = loginRefusal({ ok: false, reason: "refused" }, "admin");
  assertEquals(stop.exitCode, 77);
  assertEquals(stop.messages, [{ text: "Access restricted or wrong credentials ('admin')" }]);
});

Deno.test("a login that must wait is told for how long", () => {
  const stop = loginRefusal({ ok: false, reason: "backing_off", seconds: 16 }, "admin");
  assertEquals(stop.exitCode, 77);
  assertEquals(stop.messages.map((message) => message.text), [
    "Access restricted or wrong credentials ('admin')",
    "Too many failed logins in a row: try again in 16 s",
  ]);
});

Deno.test("a refusal takes as long for an unknown login as for a wrong password", async () => {
  const cost = { n: 2 ** 12, r: 8, p: 1 };
  const known = { class: "UserLocal", id: 1, values: { login: "known", password: hashPassword("good", cost) } };
  const shortest = async (login: string) => {
    const durations: number[] = [];
    for (let time = 0; time < 5; time++) {
      const here = { ...world(), objects: plainObjects([known]), cost };
      const begin = performance.now();
      await logIn(request(login, "wrong"), here);
      durations.push(performance.now() - begin);
    }
    return Math.min(...durations);
  };
  const ratio = await shortest("unknown") / await shortest("known");
  // Without a dummy hash it would be a hundredth.
  assert(ratio > 0.3 && ratio < 3, `unknown : known = ${ratio}`);
});
