import { assertEquals } from "@std/assert";
import { createLoginFailures } from "../../lib/store/login_failures.ts";
import { withDatabase } from "./small_store.ts";

const HOUR = 60 * 60 * 1000;

Deno.test("failures are kept for each login until they are cleared", async () => {
  await withDatabase((database) => {
    const failures = createLoginFailures(database);
    assertEquals(failures.read("ada"), null);
    failures.write("ada", () => ({ failures: 4, blockedUntil: 0 }));
    failures.write("bob", () => ({ failures: 1, blockedUntil: 0 }));
    failures.write("ada", () => ({ failures: 5, blockedUntil: 17_000_000_000_000 }));
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
    failures.write("old", () => ({ failures: 4, blockedUntil: 0 }));
    now += 23 * HOUR;
    failures.write("young", () => ({ failures: 4, blockedUntil: 0 }));
    assertEquals(failures.read("old")?.failures, 4);
    now += 2 * HOUR;
    failures.write("new", () => ({ failures: 1, blockedUntil: 0 }));
    assertEquals(["old", "young", "new"].map((login) => failures.read(login)?.failures), [undefined, 4, 1]);
  });
});

Deno.test("every write is a transaction of its own", async () => {
  await withDatabase((database, traced) => {
    const start = traced.length;
    createLoginFailures(database).write("ada", () => ({ failures: 1, blockedUntil: 0 }));
    const statements = traced.slice(start);
    assertEquals([statements[0], statements.at(-1)], ["BEGIN IMMEDIATE", "COMMIT"]);
  });
});
