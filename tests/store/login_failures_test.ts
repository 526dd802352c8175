import { assertEquals } from "@std/assert";
import { createLoginFailures, prepareAddressFailures } from "../../lib/store/login_failures.ts";
import { withDatabase } from "./small_store.ts";

const HOUR = 60 * 60 * 1000;

Deno.test("failures are kept for each login until they are cleared", async () => {
  await withDatabase((database) => {
    const failures = createLoginFailures(database);
    assertEquals(failures.read("ada"), null);
    failures.write("ada", 4, 0);
    failures.write("bob", 1, 0);
    failures.write("ada", 5, 17_000_000_000_000);
    assertEquals(failures.read("ada"), { failures: 5, blockedUntil: 17_000_000_000_000 });
    failures.clear("ada");
    assertEquals(failures.read("ada"), null);
    assertEquals(failures.read("bob"), { failures: 1, blockedUntil: 0 });
  });
});

Deno.test("clearing a login without failures does not write", async () => {
  await withDatabase((database, traced) => {
    const start = traced.length;
    createLoginFailures(database).clear("ada");
    assertEquals(traced.slice(start).filter((sql) => !sql.startsWith("SELECT ")), []);
  });
});

Deno.test("failures older than a day are forgotten with the next write", async () => {
  await withDatabase((database) => {
    let now = 1_700_000_000_000;
    const failures = createLoginFailures(database, () => now);
    failures.write("old", 4, 0);
    now += 23 * HOUR;
    failures.write("young", 4, 0);
    assertEquals(failures.read("old")?.failures, 4);
    now += 2 * HOUR;
    failures.write("new", 1, 0);
    assertEquals(["old", "young", "new"].map((login) => failures.read(login)?.failures), [undefined, 4, 1]);
  });
});

Deno.test("every write is a transaction of its own", async () => {
  await withDatabase((database, traced) => {
    const start = traced.length;
    createLoginFailures(database).write("ada", 1, 0);
    const statements = traced.slice(start).filter((sql) => !sql.startsWith("PRAGMA busy_timeout"));
    assertEquals([statements[0], statements.at(-1)], ["BEGIN IMMEDIATE", "COMMIT"]);
  });
});

Deno.test("failures by address are kept for themselves, and forgotten after a quarter of an hour", async () => {
  await withDatabase((database) => {
    prepareAddressFailures(database);
    let now = 50 * HOUR;
    const byAddress = createLoginFailures(database, () => now, "address");
    byAddress.write("192.0.2.7", 3, 0);
    assertEquals(createLoginFailures(database, () => now).read("192.0.2.7"), null);
    now += HOUR / 4;
    assertEquals(byAddress.read("192.0.2.7"), { failures: 3, blockedUntil: 0 });
    now++;
    assertEquals(byAddress.read("192.0.2.7"), null);
  });
});

Deno.test("a database that was made before addresses were counted gets their table", async () => {
  await withDatabase((database) => {
    database.exec("DROP TABLE address_failure");
    prepareAddressFailures(database);
    prepareAddressFailures(database);
    const failures = createLoginFailures(database, Date.now, "address");
    assertEquals(failures.write("192.0.2.7", 1, 0), true);
    assertEquals(failures.read("192.0.2.7"), { failures: 1, blockedUntil: 0 });
  });
});
