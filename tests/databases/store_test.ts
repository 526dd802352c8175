/** What everybody else sees of a database: a store. Each test takes one from the door. */
import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { createStore } from "../../lib/databases/create_store.ts";
import { openOwnStore, prepareForServer } from "../../lib/databases/open_store.ts";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { DatabaseReplaced } from "../../lib/store/database_replaced.ts";
import type { ObjectStore } from "../../lib/store/objects.ts";
import type { RunFacts, Store, StoreRun } from "../../lib/store/store.ts";
import { DatabaseSync } from "node:sqlite";
import { SMALL_MODEL } from "../store/small_model.ts";
import { FACTS, NO_ROWS, NOW, withFolder } from "./small_store.ts";

const NEW = { model: SMALL_MODEL, modelText: '{"name":"small"}', now: NOW };
const NO_WAIT = { busyTimeoutSeconds: 0 };
const KEPT = { rollback: false };
const RUN: RunFacts = { ...FACTS, simulate: false };

function addOrganization(objects: ObjectStore, name: string): void {
  const attributes = ["name", "code", "status"];
  objects.create({
    class: "Organization",
    attributes,
    id: objects.newId("Organization"),
    values: [name, "", "active"],
  });
}

async function withStore(use: (store: Store, path: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const path = join(folder, "small.db");
    await createStore(path, NEW, () => {});
    const store = openOwnStore(path, NO_WAIT);
    try {
      await use(store, path);
    } finally {
      await store.close();
    }
  });
}

function query(path: string, sql: string): unknown[] {
  const database = new DatabaseSync(path);
  try {
    return database.prepare(sql).all().map((row) => Object.values(row).join(" "));
  } finally {
    database.close();
  }
}

async function finished({ objects, finish }: StoreRun): Promise<number | null> {
  assertEquals(await objects.settled(), []);
  return await finish({ ...NO_ROWS, created: 1 }, null);
}

Deno.test("a new store that refuses what is to fill it is not made", () =>
  withFolder(async (folder) => {
    const fill = (objects: ObjectStore) => addOrganization(objects, "");
    const path = join(folder, "small.db");
    await assertRejects(
      () => createStore(path, NEW, fill),
      Error,
      "a new database refuses Organization: CHECK constraint",
    );
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

Deno.test("objects outside of a run are seen as they are when they are asked for, and searches make no index", () =>
  withStore(async (store, path) => {
    const indexes = "SELECT name FROM sqlite_schema WHERE type = 'index'";
    const before = query(path, indexes);
    const plan = { class: "Organization", conditions: ["code"], read: ["name"], includeHidden: true };
    const search = store.objects(SMALL_MODEL).search(plan);
    assertEquals(await search.all([""]), []);
    await store.transaction(async (transaction) => {
      const run = await transaction.run(SMALL_MODEL, RUN);
      addOrganization(run.objects, "A");
      await finished(run);
    }, KEPT);
    assertEquals((await search.all([""])).map(({ values }) => values), [["A"]]);
    assertEquals(query(path, indexes), before);
  }));

Deno.test("a store is told from all others: another file, the same file with another content, none", () =>
  withFolder(async (folder) => {
    const [path, other] = [join(folder, "small.db"), join(folder, "other.db")];
    await createStore(path, NEW, () => {});
    await createStore(other, { ...NEW, now: new Date(NOW.getTime() + 1) }, () => {});
    const store = openOwnStore(path, NO_WAIT);
    const identity = await store.identity();
    await openOwnStore(path, { ...NO_WAIT, identity }).close();
    const elsewhere = openOwnStore(other, NO_WAIT);
    assert(await elsewhere.identity() !== identity);
    await elsewhere.close();
    await store.close();

    const replaced = () => openOwnStore(path, { ...NO_WAIT, identity });
    Deno.writeFileSync(path, Deno.readFileSync(other));
    assertStringIncludes(assertThrows(replaced, DatabaseReplaced).message, "Another file has taken the place");
    Deno.renameSync(other, path);
    const before = Deno.readFileSync(path);
    assertEquals(assertThrows(replaced, DatabaseReplaced).exitCode, EXIT.databaseNotUsable);
    assertEquals(Deno.readFileSync(path), before);
    Deno.removeSync(path);
    assertStringIncludes(assertThrows(replaced, DatabaseReplaced).message, "could not be found");
  }));

Deno.test({
  name: "an open store whose file is replaced, or gone, tells so when it is asked who it is",
  // An open file cannot be replaced there.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withStore(async (store, path) => {
      await store.identity();
      Deno.renameSync(path, `${path}.away`);
      await assertRejects(async () => await store.identity(), DatabaseReplaced, "could not be found");
      await createStore(path, NEW, () => {});
      await assertRejects(async () => await store.identity(), DatabaseReplaced, "Another file has taken the place");
    }),
});

Deno.test("what a server needs and an older database lacks is made", () =>
  withStore(async (store, path) => {
    query(path, "DROP TABLE address_failure");
    const failures = store.failedLogins("address", () => NOW.getTime());
    await assertRejects(async () => await failures.read("192.0.2.7"), Error, "no such table");
    await prepareForServer(path, NO_WAIT);
    assertEquals(await failures.write("192.0.2.7", () => ({ failures: 1, blockedUntil: 0 })), true);
    assertEquals(await failures.read("192.0.2.7"), { failures: 1, blockedUntil: 0 });
    assertEquals(await store.failedLogins("login", () => NOW.getTime()).read("192.0.2.7"), null);
  }));

Deno.test("a store is called as it was named, and says where files may be made beside it", () =>
  withStore((store, path) => {
    assertEquals([store.name, store.folder], [path, path.replace(/[/\\]small\.db$/, "")]);
    assertThrows(() => openOwnStore(`${path}.none`, NO_WAIT), RunStop, "could not be found");
    return Promise.resolve();
  }));
