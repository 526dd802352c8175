import { assert, assertEquals } from "@std/assert";
import { RememberedFailures } from "../../../lib/server/login/remembered_failures.ts";
import type { FailedAttempts, WrittenFailures } from "../../../lib/store/failed_logins.ts";

/** A database that another writer may hold. */
class LockableFailures implements WrittenFailures {
  readonly kept = new Map<string, FailedAttempts>();
  /** Transactions that wrote. */
  writes = 0;
  isLocked = false;
  /** What a transaction waits for before it ends. */
  end: Promise<void> = Promise.resolve();

  read(counted: string): Promise<FailedAttempts | null> {
    return Promise.resolve(this.kept.get(counted) ?? null);
  }

  async write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): Promise<boolean> {
    return await this.writeAll(new Map([[counted, next(await this.read(counted))]]));
  }

  clear(counted: string): Promise<boolean> {
    return this.writeAll(new Map([[counted, null]]));
  }

  async writeAll(all: ReadonlyMap<string, FailedAttempts | null>): Promise<boolean> {
    if (this.isLocked) return false;
    this.writes++;
    for (const [counted, attempts] of all) {
      if (attempts === null) this.kept.delete(counted);
      else this.kept.set(counted, attempts);
    }
    await this.end;
    return true;
  }
}

Deno.test("failures are written down at once when nobody holds the database", async () => {
  const written = new LockableFailures();
  const failures = new RememberedFailures(written);
  assert(await failures.write("a", () => ({ failures: 1, blockedUntil: 0 })));
  assertEquals(written.kept.get("a"), { failures: 1, blockedUntil: 0 });
  assert(await failures.clear("a"));
  assertEquals(written.kept.size, 0);
});

Deno.test("while somebody writes they count all the same, and are written down when the writer is through", async () => {
  const written = new LockableFailures();
  written.kept.set("good again", { failures: 3, blockedUntil: 9 });
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  assert(!await failures.write("a", () => ({ failures: 5, blockedUntil: 77 })));
  assert(!await failures.clear("good again"));
  assertEquals(await failures.read("a"), { failures: 5, blockedUntil: 77 });
  assertEquals(await failures.read("good again"), null);
  written.isLocked = false;
  while (!await failures.flush());
  assertEquals([...written.kept], [["a", { failures: 5, blockedUntil: 77 }]]);
  await failures.close();
});

Deno.test("they are tried again by themselves", async () => {
  const written = new LockableFailures();
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  await failures.write("a", () => ({ failures: 1, blockedUntil: 0 }));
  written.isLocked = false;
  for (let tries = 0; tries < 100 && written.kept.size === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assertEquals(written.kept.size, 1);
  await failures.close();
});

Deno.test("what waits is bounded: nobody fills the memory with logins while the database is held", async () => {
  const written = new LockableFailures();
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  const answers = new Set<boolean>();
  for (let login = 0; login < 10_500; login++) {
    answers.add(await failures.write(`login ${login}`, () => ({ failures: 1, blockedUntil: 0 })));
  }
  // None was written, and the last are known: who is guessed at now counts, whatever was asked for before.
  assertEquals([...answers], [false]);
  assertEquals(await failures.read("login 10499"), { failures: 1, blockedUntil: 0 });
  assertEquals(await failures.read("login 499"), null);
  written.isLocked = false;
  await failures.close();
  assertEquals([written.kept.size, written.writes], [10_000, 1]);
});

Deno.test("a failure that comes while others are written down is not forgotten with them", async () => {
  const written = new LockableFailures();
  written.isLocked = true;
  const failures = new RememberedFailures(written);
  await failures.write("a", () => ({ failures: 1, blockedUntil: 0 }));
  const { promise, resolve } = Promise.withResolvers<void>();
  Object.assign(written, { isLocked: false, end: promise });
  const flushed = failures.flush();
  const added = failures.write("a", (before) => ({ failures: (before?.failures ?? 0) + 1, blockedUntil: 0 }));
  resolve();
  assertEquals([await flushed, await added], [true, true]);
  assertEquals(await failures.read("a"), { failures: 2, blockedUntil: 0 });
  await failures.close();
  assertEquals([...written.kept], [["a", { failures: 2, blockedUntil: 0 }]]);
});
