import { assert, assertEquals } from "@std/assert";
import { RememberedFailures } from "../../../lib/server/login/remembered_failures.ts";
import type { FailedAttempts, LoginFailures } from "../../../lib/store/login_failures.ts";

/** A database that another writer may hold. */
class LockableFailures implements LoginFailures {
  readonly kept = new Map<string, FailedAttempts>();
  isLocked = false;

  read(counted: string): FailedAttempts | null {
    return this.kept.get(counted) ?? null;
  }

  write(counted: string, failures: number, blockedUntil: number): boolean {
    if (!this.isLocked) this.kept.set(counted, { failures, blockedUntil });
    return !this.isLocked;
  }

  clear(counted: string): boolean {
    if (!this.isLocked) this.kept.delete(counted);
    return !this.isLocked;
  }
}

Deno.test("failures are written down at once when nobody holds the database", () => {
  const written = new LockableFailures();
  const failures = new RememberedFailures(written);
  assert(failures.write("a", 1, 0));
  assertEquals(written.kept.get("a"), { failures: 1, blockedUntil: 0 });
  assert(failures.clear("a"));
  assertEquals(written.kept.size, 0);
});

Deno.test("while somebody writes they count all the same, and are written down when the writer is through", async () => {
  const written = new LockableFailures();
  written.kept.set("good again", { failures: 3, blockedUntil: 9 });
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  assert(!failures.write("a", 5, 77));
  assert(!failures.clear("good again"));
  assertEquals(failures.read("a"), { failures: 5, blockedUntil: 77 });
  assertEquals(failures.read("good again"), null);
  written.isLocked = false;
  while (!failures.flush()) await Promise.resolve();
  assertEquals([...written.kept], [["a", { failures: 5, blockedUntil: 77 }]]);
  failures.close();
});

Deno.test("they are tried again by themselves", async () => {
  const written = new LockableFailures();
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  failures.write("a", 1, 0);
  written.isLocked = false;
  for (let tries = 0; tries < 100 && written.kept.size === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assertEquals(written.kept.size, 1);
  failures.close();
});

Deno.test("what waits is bounded: nobody fills the memory with logins while the database is held", () => {
  const written = new LockableFailures();
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  for (let login = 0; login < 10_500; login++) failures.write(`login ${login}`, 1, 0);
  assertEquals(failures.read("login 9999"), { failures: 1, blockedUntil: 0 });
  assertEquals(failures.read("login 10499"), null);
  written.isLocked = false;
  failures.close();
  assertEquals(written.kept.size, 10_000);
});
