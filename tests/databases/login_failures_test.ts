import { assertEquals } from "@std/assert";
import { createLoginFailures, prepareServedFailures } from "../../lib/databases/sqlite/sqlite_login_failures.ts";
import { countFailure, countHiddenRefusals } from "../../lib/users/login_back_off.ts";
import { withDatabase } from "./small_store.ts";

const HOUR = 60 * 60 * 1000;

Deno.test("clearing a login without failures does not write", async () => {
  await withDatabase(async (database, traced) => {
    const start = traced.length;
    await createLoginFailures(database).clear("ada");
    assertEquals(traced.slice(start).filter((sql) => !sql.startsWith("SELECT ")), []);
  });
});

Deno.test("every write is a transaction of its own", async () => {
  await withDatabase(async (database, traced) => {
    const start = traced.length;
    await createLoginFailures(database).write("ada", () => ({ failures: 1, blockedUntil: 0 }));
    const statements = traced.slice(start).filter((sql) => !sql.startsWith("PRAGMA busy_timeout"));
    assertEquals([statements[0], statements.at(-1)], ["BEGIN IMMEDIATE", "COMMIT"]);
  });
});

Deno.test("many are written in one transaction: what is there, and what is there no more; old ones are forgotten", async () => {
  await withDatabase(async (database, traced) => {
    let now = 50 * HOUR;
    const failures = createLoginFailures(database, () => now);
    await failures.write("old", () => ({ failures: 9, blockedUntil: 0 }));
    now += 25 * HOUR;
    await failures.write("ada", () => ({ failures: 4, blockedUntil: 0 }));
    await failures.write("bob", () => ({ failures: 1, blockedUntil: 0 }));
    const start = traced.length;
    const all = new Map([["ada", null], ["bob", { failures: 2, blockedUntil: 7 }], ["eve", {
      failures: 5,
      blockedUntil: 8,
    }]]);
    assertEquals(await failures.writeAll(all), true);
    const begun = traced.slice(start).filter((sql) => sql === "BEGIN IMMEDIATE").length;
    const forgets = traced.slice(start).filter((sql) => sql.includes("WHERE written < ")).length;
    assertEquals([begun, forgets], [1, 1]);
    assertEquals(await Promise.all([...all.keys()].map((login) => failures.read(login))), [...all.values()]);
    assertEquals(database.prepare("SELECT login FROM login_failure ORDER BY login").all().map((row) => row["login"]), [
      "bob",
      "eve",
    ]);
  });
});

for (const [by, table] of [["address", "address_failure"], ["client", "known_client"]] as const) {
  Deno.test(`a database that was made before there were counts by ${by} gets their table`, async () => {
    await withDatabase(async (database) => {
      database.exec(`DROP TABLE ${table}`);
      prepareServedFailures(database);
      prepareServedFailures(database);
      const failures = createLoginFailures(database, Date.now, by);
      assertEquals(await failures.write("192.0.2.7", () => ({ failures: 1, blockedUntil: 0 })), true);
      assertEquals(await failures.read("192.0.2.7"), { failures: 1, blockedUntil: 0 });
    });
  });
}

Deno.test("what hides from a user is noted for good: 10,000 failures of others do not make room for themselves there", async () => {
  await withDatabase(async (database) => {
    const failures = createLoginFailures(database, () => 20_000);
    await countHiddenRefusals("silo", 7, failures);
    database.exec("UPDATE login_failure SET written = 1");
    database.exec(
      `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 11999)
      INSERT INTO login_failure (login, failures, blocked_until, written) SELECT 'x' || n, 1, 0, 1000 + n FROM numbers`,
    );
    // Who types such a login leaves no such line.
    const typed = "x\t(objects not visible)";
    await countFailure(typed, failures, new Date(20_000));
    const kept = database.prepare("SELECT login FROM login_failure WHERE login LIKE '%(objects not visible)'").all();
    assertEquals(kept.map(({ login }) => login), ["silo\t(objects not visible)", "x (objects not visible)"]);
    assertEquals(database.prepare("SELECT count(*) AS count FROM login_failure").get()?.["count"], 10_001);
  });
});

Deno.test("no more than 10,000 are kept, the newest, by login and by address", async () => {
  await withDatabase(async (database) => {
    for (
      const [by, table, column] of [["login", "login_failure", "login"], [
        "address",
        "address_failure",
        "address",
      ], ["client", "known_client", "client"]] as const
    ) {
      database.exec(
        `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 11999)
        INSERT INTO ${table} (${column}, failures, blocked_until, written) SELECT 'x' || n, 1, 0, 1000 + n FROM numbers`,
      );
      const failures = createLoginFailures(database, () => 20_000, by);
      assertEquals(await failures.write("ada", () => ({ failures: 3, blockedUntil: 0 })), true);
      const rows = database.prepare(`SELECT count(*) AS count, min(written) AS oldest FROM ${table}`).get();
      assertEquals([rows?.["count"], rows?.["oldest"]], [10_000, 3001]);
      assertEquals(await failures.read("ada"), { failures: 3, blockedUntil: 0 });
      assertEquals(await failures.read("x11999"), { failures: 1, blockedUntil: 0 });
    }
  });
});
