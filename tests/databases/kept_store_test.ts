/** A database that stays open between imports: opened once as long as nothing else happens to it, and anew when anything does. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { KeptStore } from "../../lib/databases/kept_store.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { RunStop } from "../../lib/errors.ts";
import type { Store } from "../../lib/store/store.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld, wholeFile } from "../helpers/world.ts";

interface Kept {
  readonly scratch: Scratch;
  readonly path: string;
  readonly stores: KeptStore;
  /** Opens the database of the server. */
  open(): Store;
}

/** Beside another connection, as the main thread of a server has one: what closes is never the last. */
function withKept(test: (kept: Kept) => Promise<void> | void): Promise<void> {
  return withScratch(async (scratch) => {
    const path = await copyWorld(scratch);
    const server = openOwnStore(path, { busyTimeoutSeconds: 0 });
    const identity = await server.identity();
    await server.model();
    const stores = new KeptStore();
    try {
      await test({ scratch, path, stores, open: () => stores.open(path, { busyTimeoutSeconds: 0, identity }) });
    } finally {
      stores.close();
      await server.close();
    }
  });
}

function change(path: string, sql: string): void {
  const other = new DatabaseSync(path);
  other.exec(sql);
  other.close();
}

/** Whether the first organisation has a name. */
async function isCalled(store: Store, name: string): Promise<boolean> {
  const plan = { class: "Organization", conditions: ["name"], read: [], includeHidden: true };
  const [match] = await store.objects(await store.model()).search(plan).find([[name]]);
  return match?.kind === "one" && Number(match.object.id) === 1;
}

function rename(path: string, name: string): void {
  change(path, `UPDATE organization SET name = '${name}' WHERE id = 1`);
}

/** Times of files are told in milliseconds, and some systems keep them by larger steps. */
function aLittleLater(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

Deno.test("what was left in good order is handed out again, and knows what others have written since", () =>
  withKept(async ({ path, stores, open }) => {
    rename(path, "Before");
    const first = open();
    assert(await isCalled(first, "Before"));
    stores.leave(true);
    rename(path, "After");
    const second = open();
    assert(second === first);
    assertEquals([await isCalled(second, "Before"), await isCalled(second, "After")], [false, true]);
  }));

Deno.test("who waits for the database is interrupted by their own signal, and not by that of the one before", () =>
  withKept(async ({ path, stores, open }) => {
    const identity = await open().identity();
    stores.leave(true);
    const [one, other] = [new AbortController(), new AbortController()];
    const openWith = (interruption: AbortSignal) =>
      stores.open(path, { busyTimeoutSeconds: 0, identity, interruption });
    const first = openWith(one.signal);
    assert(first.interruption === one.signal);
    stores.leave(true);
    one.abort();
    const second = openWith(other.signal);
    assert(second === first && second.interruption === other.signal);
    await second.transaction(() => Promise.resolve(), { rollback: false });
  }));

Deno.test("it is opened anew when it was not left in good order, or not left at all, or is opened in another way", () =>
  withKept(async ({ scratch, path, stores, open }) => {
    const first = open();
    const identity = await first.identity();
    stores.leave(false);
    const second = open();
    const third = open();
    stores.leave(true);
    const patient = stores.open(path, { busyTimeoutSeconds: 1, identity });
    stores.leave(true);
    assertEquals(new Set([first, second, third, patient]).size, 4);
    const elsewhere = await copyWorld(scratch, "elsewhere.db");
    assertThrows(() => stores.open(elsewhere, { busyTimeoutSeconds: 1, identity }), RunStop);
  }));

for (
  const [what, act] of [
    ["have made an index", "CREATE INDEX other ON organization (status)"],
    ["have taken the log into the database", "PRAGMA wal_checkpoint(TRUNCATE)"],
  ] as const
) {
  Deno.test(`it is opened anew when others ${what}`, () =>
    withKept(async ({ path, stores, open }) => {
      const first = open();
      rename(path, "Renamed");
      stores.leave(true);
      await aLittleLater();
      change(path, act);
      const second = open();
      assert(second !== first);
      assert(await isCalled(second, "Renamed"));
    }));
}

Deno.test("a database of a newer version, of another model, or that is no longer ours is refused when it is next opened", () =>
  withKept(({ path, stores, open }) => {
    for (
      const [sql, back] of [
        ["PRAGMA user_version = 99", "PRAGMA user_version = 4"],
        ["PRAGMA application_id = 1", `PRAGMA application_id = ${0x43535652}`],
        [
          "UPDATE csvrecon_model SET created = created || 'x'",
          "UPDATE csvrecon_model SET created = rtrim(created, 'x')",
        ],
      ] as const
    ) {
      open();
      stores.leave(true);
      change(path, sql);
      assertEquals(assertThrows(open, RunStop).exitCode, 78, sql);
      change(path, back);
    }
  }));

Deno.test("an older copy that was put over the database is noticed: nobody goes on with what they know of the one before", () =>
  withKept(async ({ path, stores, open }) => {
    const backup = wholeFile(path);
    const first = open();
    stores.leave(true);
    await aLittleLater();
    Deno.writeFileSync(path, backup);
    const second = open();
    assert(second !== first);
    stores.leave(true);
    assert(open() === second);
  }));

Deno.test({
  name: "the loss of the log is noticed: nothing is written into a file that nobody finds again",
  // An open file cannot be removed there.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withKept(({ path, stores, open }) => {
      const first = open();
      stores.leave(true);
      for (const end of ["-wal", "-shm"]) Deno.removeSync(path + end);
      // SQLite still knows the memory of the log that is gone, and refuses to go on with another one.
      const second = openOrNull(open);
      assert(second !== first);
    }),
});

function openOrNull(open: () => Store): Store | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof RunStop) return null;
    throw error;
  }
}
