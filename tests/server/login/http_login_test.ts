import { assert, assertEquals } from "@std/assert";
import { HttpLogin } from "../../../lib/server/login/http_login.ts";
import { openOwnStore } from "../../../lib/databases/open_store.ts";
import type { LoginResult } from "../../../lib/users/login.ts";
import { verifyPasswordLater } from "../../../lib/users/password.ts";
import { type Loading, withWorld } from "../../helpers/loading.ts";
import { DatabaseSync } from "node:sqlite";

interface HttpWorld {
  readonly loading: Loading;
  /** The clock, in milliseconds. */
  time: number;
  /** What happens before a password is checked. */
  beforeCheck: (password: string) => Promise<void>;
  logIn(login: string, password: string, address?: string | null): Promise<string>;
  /** A server that is started anew. */
  restart(): Promise<void>;
}

function withLogin(use: (world: HttpWorld) => Promise<void>): Promise<void> {
  return withWorld(async (loading) => {
    const { database } = loading;
    const store = openOwnStore(database, { busyTimeoutSeconds: 0 });
    const model = await store.model();
    const make = () =>
      new HttpLogin({
        store,
        model,
        now: () => new Date(world.time),
        passwordCost: { n: 16, r: 1, p: 1 },
        verify: async (password, stored) => {
          await world.beforeCheck(password);
          return await verifyPasswordLater(password, stored);
        },
      });
    const world: HttpWorld = {
      loading,
      time: Date.UTC(2026, 0, 1),
      beforeCheck: () => Promise.resolve(),
      logIn: async (login, password, address = "192.0.2.7") => told(await server.logIn({ login, password }, address)),
      async restart() {
        await server.close();
        server = make();
      },
    };
    let server = make();
    try {
      await use(world);
    } finally {
      await server.close();
      await store.close();
    }
  });
}

function told(result: LoginResult): string {
  if (result.ok) return `user ${result.user.id}`;
  return result.reason === "refused" ? "refused" : `wait ${result.seconds}`;
}

Deno.test("a good login is good, also the second time, and a wrong one is refused whatever is wrong", () =>
  withLogin(async ({ logIn }) => {
    assertEquals(await logIn("admin", "admin"), "user 1");
    assertEquals(await logIn("ADMIN", "admin"), "user 1");
    assertEquals(await logIn("admin", "Admin"), "refused");
    assertEquals(await logIn("nobody", "admin"), "refused");
  }));

Deno.test("a password that was right is no longer right when it is another", () =>
  withLogin(async ({ loading, logIn }) => {
    assertEquals(await logIn("admin", "admin"), "user 1");
    const { rows } = await loading.load("UserLocal", "login,password\nadmin,Another1\n", {
      reconciliationkeys: "login",
    });
    assertEquals(rows.length, 1);
    assertEquals(await logIn("admin", "admin"), "refused");
    assertEquals(await logIn("admin", "Another1"), "user 1");
  }));

Deno.test("the fifth failure in a row makes the login wait, of every address, and after a restart too", () =>
  withLogin(async (world) => {
    for (let failure = 0; failure < 5; failure++) assertEquals(await world.logIn("admin", "wrong"), "refused");
    assertEquals(await world.logIn("admin", "admin", "198.51.100.9"), "wait 1");
    await world.restart();
    assertEquals(await world.logIn("Admin", "admin", null), "wait 1");
    world.time += 1000;
    assertEquals(await world.logIn("admin", "admin"), "user 1");
  }));

Deno.test("guesses that come all at once are heard one after another: no more than five before the wait", () =>
  withLogin(async ({ logIn }) => {
    const guesses = Array.from({ length: 40 }, (_, guess) => logIn("admin", `guess ${guess}`, null));
    const answers = await Promise.all(guesses);
    assertEquals(answers.filter((answer) => answer === "refused").length, 5);
    assertEquals(answers.filter((answer) => answer === "wait 1").length, 35);
  }));

Deno.test("the twentieth failure from an address makes all logins from there wait, and from its IPv6 network", () =>
  withLogin(async (world) => {
    const from = (host: string) => `2001:db8:0:1::${host}`;
    for (let failure = 0; failure < 20; failure++) {
      assertEquals(await world.logIn(`nobody ${failure}`, "wrong", from(String(failure + 1))), "refused");
    }
    assertEquals(await world.logIn("admin", "admin", from("ffff")), "wait 1");
    assertEquals(await world.logIn("admin", "admin", "2001:db8:0:2::1"), "user 1");
    await world.restart();
    assertEquals(await world.logIn("admin", "admin", from("ffff")), "wait 1");
    world.time += 15 * 60 * 1000 + 1;
    assertEquals(await world.logIn("nobody", "wrong", from("1")), "refused");
    assertEquals(await world.logIn("admin", "admin", from("1")), "user 1");
  }));

Deno.test("guesses at many logins that come all at once from an address: no more than 20 are heard before the wait", () =>
  withLogin(async (world) => {
    const guesses = Array.from({ length: 50 }, (_, guess) => world.logIn(`user ${guess}`, "Summer2026"));
    const right = world.logIn("admin", "admin");
    const answers = await Promise.all(guesses);
    assertEquals(answers.filter((answer) => answer === "refused").length, 20);
    assertEquals(answers.filter((answer) => answer === "wait 1").length, 30);
    assertEquals(await right, "wait 1");
    assertEquals(await world.logIn("admin", "admin", "198.51.100.9"), "user 1");
    world.time += 1000;
    assertEquals(await world.logIn("admin", "admin"), "user 1");
  }));

Deno.test("a right guess that was looked at beside the twentieth wrong one is not heard either", () =>
  withLogin(async (world) => {
    for (let failure = 0; failure < 19; failure++) await world.logIn(`nobody ${failure}`, "wrong");
    let end = () => {};
    world.beforeCheck = (password) =>
      password === "admin" ? new Promise((resolve) => end = resolve) : Promise.resolve();
    const right = world.logIn("admin", "admin");
    assertEquals(await world.logIn("nobody", "wrong"), "refused");
    end();
    assertEquals(await right, "wait 1");
  }));

Deno.test("a wait begins when the failure was found, however long the guess waited to be looked at", () =>
  withLogin(async (world) => {
    for (let failure = 0; failure < 4; failure++) await world.logIn("admin", "wrong", null);
    for (let failure = 0; failure < 19; failure++) await world.logIn(`nobody ${failure}`, "wrong");
    world.beforeCheck = () => Promise.resolve(void (world.time += 10_000));
    assertEquals(await world.logIn("admin", "wrong"), "refused");
    assertEquals(await world.logIn("admin", "admin", null), "wait 1");
    assertEquals(await world.logIn("somebody", "wrong"), "wait 1");
  }));

Deno.test("a password that was right is remembered, but not for whoever was disabled since: to refuse takes its time", () =>
  withLogin(async (world) => {
    let checks = 0;
    world.beforeCheck = () => Promise.resolve(void checks++);
    assertEquals([await world.logIn("admin", "admin"), checks], ["user 1", 1]);
    assertEquals([await world.logIn("admin", "admin"), checks], ["user 1", 1]);
    const writer = new DatabaseSync(world.loading.database);
    writer.exec("UPDATE User SET status = 'disabled'");
    writer.close();
    assertEquals([await world.logIn("admin", "admin"), checks], ["refused", 2]);
  }));

Deno.test("failures count while another program holds the database, and are written down afterwards", () =>
  withLogin(async (world) => {
    const writer = new DatabaseSync(world.loading.database);
    writer.exec("BEGIN IMMEDIATE");
    for (let failure = 0; failure < 5; failure++) await world.logIn("admin", "wrong");
    assertEquals(await world.logIn("admin", "admin"), "wait 1");
    writer.exec("ROLLBACK");
    await world.restart();
    assertEquals(await world.logIn("admin", "admin"), "wait 1");
    const { failures } = writer.prepare("SELECT failures FROM login_failure").get() ?? {};
    writer.close();
    assert(failures === 5);
  }));
