/** Strangers who guess at an account lock nobody out of it who has logged in from where they are, and guess no faster for that. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import type { Answer } from "./http_client.ts";
import { ONE_ROW } from "./own_requests.ts";
import { basic, multipartPost, type Post } from "./post.ts";
import { type Served, serving, withServed } from "./served.ts";

class Clock {
  #now = new Date("2026-01-01T00:00:00Z").getTime();
  readonly now = () => new Date(this.#now);
  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

const PROXY = ["--proxies=127.0.0.1"];
const DAY = 24 * 60 * 60;

/** @param address null: the proxy does not say */
function postAs(login: string, password: string, address: string | null): Post {
  const { headers = {}, ...post } = multipartPost(
    { class: "Organization", reconciliationkeys: "name" },
    ONE_ROW,
    "a.csv",
  );
  const forwarded = address === null ? {} : { "X-Forwarded-For": address };
  return { ...post, headers: { ...headers, ...basic(login, password), ...forwarded } };
}

async function status({ post }: Served, login: string, password: string, address: string | null): Promise<number> {
  return (await post(postAs(login, password, address)) as Answer).status;
}

/** Guesses from many addresses. @returns how many were heard */
async function guess(served: Served, count: number, network = "198.51.100"): Promise<number> {
  let heard = 0;
  for (let at = 0; at < count; at++) {
    if (await status(served, "admin", `guess ${at}`, `${network}.${at}`) === 401) heard++;
  }
  return heard;
}

Deno.test("whoever was let in from an address is let in again while strangers guess, and they are heard no more than before", () =>
  withServed({ parameters: PROXY, now: new Clock().now }, async (served) => {
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
    assertEquals(await guess(served, 12), 5);
    assertEquals(await status(served, "Admin", "admin", "192.0.2.1"), 200);
    // A good login of theirs gives the strangers no new guesses.
    assertEquals(await guess(served, 3, "203.0.113"), 0);
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
    // From elsewhere nobody knows who it is.
    assertEquals(await status(served, "admin", "admin", "192.0.2.2"), 429);
  }));

Deno.test("who was let in guesses no more than others, and locks nobody out but their own address", () =>
  withServed({ parameters: PROXY, now: new Clock().now }, async (served) => {
    for (const address of ["192.0.2.1", "192.0.2.2"]) {
      assertEquals(await status(served, "admin", "admin", address), 200);
    }
    const statuses: number[] = [];
    for (let time = 0; time < 7; time++) statuses.push(await status(served, "admin", "wrong", "192.0.2.1"));
    assertEquals(statuses, [401, 401, 401, 401, 401, 429, 429]);
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 429);
    assertEquals(await status(served, "admin", "admin", "192.0.2.2"), 200);
    assertEquals(await status(served, "admin", "admin", "192.0.2.3"), 200);
  }));

Deno.test("the waits of a known address double and end as those of strangers, and a good login ends them", () => {
  const clock = new Clock();
  return withServed({ parameters: PROXY, now: clock.now }, async (served) => {
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
    for (const wait of [0, 0, 0, 0, 0, 1, 2, 4, 8]) {
      clock.pass(wait);
      assertEquals(await status(served, "admin", "wrong", "192.0.2.1"), 401);
    }
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 429);
    clock.pass(16);
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
    for (let time = 0; time < 4; time++) assertEquals(await status(served, "admin", "wrong", "192.0.2.1"), 401);
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
  });
});

Deno.test("that an address is known outlives the server, but not three months; the waits of strangers outlive it too", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    const clock = new Clock();
    const options = { parameters: PROXY, now: clock.now };
    await serving(scratch, options, async (served) => {
      assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
      assertEquals(await guess(served, 6), 5);
    });
    await serving(scratch, options, async (served) => {
      assertEquals(await status(served, "admin", "admin", "192.0.2.2"), 429);
      assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
    });
    clock.pass(91 * DAY);
    await serving(scratch, options, async (served) => {
      assertEquals(await guess(served, 6), 5);
      assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 429);
    });
  }));

Deno.test("a client that comes every day stays known", () => {
  const clock = new Clock();
  return withServed({ parameters: PROXY, now: clock.now }, async (served) => {
    for (let time = 0; time < 5; time++) {
      assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
      clock.pass(50 * DAY);
    }
    assertEquals(await guess(served, 6), 5);
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
  });
});

Deno.test("an address is known for the login that was good there and no other; of IPv6 the whole network is", () =>
  withServed({ parameters: PROXY, now: new Clock().now }, async (served) => {
    assertEquals(await status(served, "admin", "admin", "2001:db8:0:1::7"), 200);
    for (let time = 0; time < 5; time++) {
      assertEquals(await status(served, "other", "wrong", `2001:db8:0:${time + 2}::1`), 401);
    }
    assertEquals(await status(served, "other", "wrong", "2001:db8:0:1::7"), 429);
    assertEquals(await guess(served, 6), 5);
    assertEquals(await status(served, "admin", "admin", "2001:db8:0:1:ffff::9"), 200);
    assertEquals(await status(served, "admin", "admin", "2001:db8:0:9::7"), 429);
  }));

Deno.test("who comes from an address that nobody knows is a stranger, and makes no address known", () =>
  withServed({ parameters: PROXY, now: new Clock().now }, async (served) => {
    assertEquals(await status(served, "admin", "admin", null), 200);
    assertEquals(await guess(served, 6), 5);
    assertEquals(await status(served, "admin", "admin", null), 429);
    assertEquals(clientsOf(served), []);
  }));

Deno.test("guesses over HTTP lock nobody out of the command line", () =>
  withServed({ parameters: PROXY, now: new Clock().now }, async (served) => {
    assertEquals(await guess(served, 6), 5);
    served.scratch.write("a.csv", "name,code\nA,A\n");
    const args = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--class=Organization", "--csvfile=a.csv"];
    assertEquals((await served.scratch.run([...args, "--no_localize=1"])).exitCode, 0);
  }));

Deno.test("a wrong password makes no address known, and a known one is written once a day", () => {
  const clock = new Clock();
  return withServed({ parameters: PROXY, now: clock.now }, async (served) => {
    assertEquals(await status(served, "admin", "wrong", "192.0.2.1"), 401);
    assertEquals(clientsOf(served), []);
    for (let time = 0; time < 3; time++) {
      assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
      clock.pass(60);
    }
    assertEquals(clientsOf(served), [["admin\t192.0.2.1", 0, new Date("2026-01-01T00:00:00Z").getTime()]]);
    clock.pass(DAY);
    assertEquals(await status(served, "admin", "admin", "192.0.2.1"), 200);
    assertEquals(clientsOf(served).map(([, , written]) => written), [clock.now().getTime()]);
  });
});

function clientsOf({ database }: Served): unknown[][] {
  const opened = new DatabaseSync(database, { readOnly: true });
  const rows = opened.prepare("SELECT client, failures, written FROM known_client ORDER BY client").all();
  opened.close();
  return rows.map((row) => [row["client"], row["failures"], row["written"]]);
}
