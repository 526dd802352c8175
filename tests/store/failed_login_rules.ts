/** Failed logins are counted, and forgotten in time. */
import { assertEquals } from "@std/assert";
import type { FailedAttempts, WrittenFailures } from "../../lib/store/failed_logins.ts";
import type { Suite, World } from "./suite.ts";

const HOUR = 60 * 60 * 1000;

function failures(count: number, blockedUntil = 0): FailedAttempts {
  return { failures: count, blockedUntil };
}

function write(all: WrittenFailures, counted: string, count: number): Promise<boolean> {
  return all.write(counted, () => failures(count));
}

function byLogin({ opened }: World, now = () => 0): WrittenFailures {
  return opened.store.failedLogins("login", now);
}

export function failedLoginRules(suite: Suite): void {
  suite.test("failures are kept for each login until they are cleared", async (world) => {
    const logins = byLogin(world);
    assertEquals(await logins.read("ada"), null);
    assertEquals(await write(logins, "ada", 4), true);
    await write(logins, "bob", 1);
    await logins.write("ada", () => failures(5, 17_000_000_000_000));
    assertEquals(await logins.read("ada"), failures(5, 17_000_000_000_000));
    assertEquals(await logins.clear("ada"), true);
    assertEquals(await logins.read("ada"), null);
    assertEquals(await logins.read("bob"), failures(1));
    assertEquals(await logins.clear("nobody"), true);
  });

  suite.test("whoever writes is told what was there before, whoever wrote it", async (world) => {
    const [here, there] = [byLogin(world), world.opened.another().failedLogins("login", () => 0)];
    for (const logins of [here, there, here, there]) {
      await logins.write("ada", (before) => failures((before?.failures ?? 0) + 1));
    }
    assertEquals([await here.read("ada"), await there.read("ada")], [failures(4), failures(4)]);
  });

  suite.test("failures older than a day are forgotten", async (world) => {
    let now = 1_700_000_000_000;
    const logins = byLogin(world, () => now);
    await write(logins, "old", 4);
    now += 23 * HOUR;
    await write(logins, "young", 4);
    assertEquals((await logins.read("old"))?.failures, 4);
    now += 2 * HOUR;
    let before: FailedAttempts | null | undefined;
    await logins.write("old", (found) => {
      before = found;
      return failures(1);
    });
    assertEquals(before, null);
    assertEquals([await logins.read("old"), await logins.read("young")], [failures(1), failures(4)]);
  });

  suite.test("while another writer holds the database nothing is written, and everything can be read", async (world) => {
    const logins = byLogin(world);
    await write(logins, "ada", 1);
    await world.opened.another().transaction(async () => {
      assertEquals(await write(logins, "ada", 2), false);
      assertEquals(await logins.clear("ada"), false);
      assertEquals(await logins.clear("bob"), true, "nothing is left of what never was");
      assertEquals(await logins.writeAll(new Map([["bob", failures(1)], ["ada", null]])), false);
      assertEquals([await logins.read("ada"), await logins.read("bob")], [failures(1), null]);
    }, { rollback: false });
    assertEquals(await write(logins, "ada", 3), true);
    assertEquals(await logins.read("ada"), failures(3));
  });

  suite.test("failures stay when a transaction that comes after them is taken back", async (world) => {
    const logins = byLogin(world);
    await write(logins, "ada", 1);
    await world.opened.store.transaction(() => Promise.resolve(), { rollback: true });
    assertEquals(await logins.read("ada"), failures(1));
  });

  suite.test("many are written at once: what is there, and what is there no more; old ones are forgotten", async (world) => {
    let now = 50 * HOUR;
    const logins = byLogin(world, () => now);
    await write(logins, "old", 9);
    now += 25 * HOUR;
    await write(logins, "ada", 4);
    await write(logins, "bob", 1);
    const all = new Map([["ada", null], ["bob", failures(2, 7)], ["eve", failures(5, 8)]]);
    assertEquals(await logins.writeAll(all), true);
    for (const [login, expected] of all) assertEquals(await logins.read(login), expected);
    now -= 25 * HOUR;
    assertEquals(await logins.read("old"), null);
  });

  suite.test("failures by address are kept for themselves, and forgotten after a quarter of an hour", async (world) => {
    let now = 50 * HOUR;
    const addresses = world.opened.store.failedLogins("address", () => now);
    assertEquals(await write(addresses, "192.0.2.7", 3), true);
    assertEquals(await byLogin(world, () => now).read("192.0.2.7"), null);
    now += HOUR / 4;
    assertEquals(await addresses.read("192.0.2.7"), failures(3));
    now++;
    assertEquals(await addresses.read("192.0.2.7"), null);
  });
}
