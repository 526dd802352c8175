/** What only SQLite's own store promises of its objects. */
import { assertEquals } from "@std/assert";
import { atomic, type Database } from "../../lib/databases/sqlite/database.ts";
import { openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { createObjectStore } from "../../lib/databases/sqlite/sqlite_objects.ts";
import type { ObjectStore } from "../../lib/store/objects.ts";
import { objectId } from "../helpers/object_id.ts";
import { SMALL_MODEL } from "../store/small_model.ts";
import { addObject, FACTS, NOW, rowsOf, withDatabase, withWorld } from "./small_store.ts";

function run(database: Database, work: (store: ObjectStore) => void): Promise<void> {
  return atomic(database, async () => {
    const log = openChangeLog(database, FACTS);
    const store = createObjectStore(database, ownMapping(SMALL_MODEL), log, { now: NOW });
    work(store);
    assertEquals(await store.settled(), []);
  });
}

Deno.test("ids are numbers, handed out in order for each root class", async () => {
  await withDatabase(async (database) => {
    await run(database, (store) => {
      const ids = [store.newId("Team"), store.newId("Person"), store.newId("Contact"), store.newId("Brand")];
      assertEquals(ids, [1, 2, 3, 1].map(objectId));
      const attributes = ["name", "status", "email"];
      store.create({ class: "Team", attributes, id: objectId(2), values: ["Red", "active", ""] });
    });
    await run(database, (store) => {
      assertEquals([store.newId("Contact"), store.newId("Typology")], [3, 1].map(objectId));
    });
  });
});

Deno.test("ids go on after the largest one that was given, or deleted", async () => {
  await withDatabase(async (database) => {
    await run(database, (store) => {
      store.create({ class: "Brand", attributes: ["name"], id: objectId(7), values: ["Dell"] });
      store.delete("Brand", [objectId(7)]);
    });
    await run(database, (store) => assertEquals(store.newId("Typology"), objectId(8)));
  });
});

Deno.test("a store without a change log logs nothing", async () => {
  await withDatabase(async (database) => {
    await atomic(database, async () => {
      const store = createObjectStore(database, ownMapping(SMALL_MODEL), null);
      const id = addObject(store, "Organization", { name: "Top" });
      store.update({ class: "Organization", id, changes: [{ attribute: "code", oldValue: "", newValue: "T" }] });
      assertEquals(await store.settled(), []);
    });
    assertEquals(rowsOf(database, "view_Organization", "name, code"), [{ name: "Top", code: "T" }]);
    assertEquals(rowsOf(database, "change"), []);
  });
});

Deno.test("the visible organisations are no part of the database", async () => {
  await withWorld(async ({ database, store, add }) => {
    await store.limitTo([add("Organization", { name: "Top" })]);
    const rows = database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%visible%'").all();
    assertEquals(rows.length, 0);
  });
});

/** The statements of a run's writes, until everything is settled. */
async function statementsOf(work: (add: (name: string) => void, store: ObjectStore) => void): Promise<string[]> {
  return await withWorld(async ({ store, traced, add }) => {
    add("Brand", { name: "known" });
    await store.settled();
    traced.length = 0;
    work((name) => add("Brand", { name }), store);
    await store.settled();
    return traced.filter((sql) => /SAVEPOINT|RELEASE|ROLLBACK|typology/.test(sql)).map((sql) =>
      sql.split(" ", 2).join(" ")
    );
  });
}

Deno.test("what is not refused is written with few statements, and nothing before it is asked for", async () => {
  const attributes = ["name"];
  const statements = await statementsOf((_, store) => {
    for (let index = 0; index < 8; index++) {
      store.create({ class: "Brand", attributes, id: store.newId("Brand"), values: [`${index}`] });
    }
  });
  assertEquals(statements, ["SAVEPOINT writes", "INSERT INTO", "RELEASE writes"]);
});

Deno.test("one write alone is written alone", async () => {
  assertEquals(await statementsOf((add) => add("A")), ["SAVEPOINT writes", "INSERT INTO", "RELEASE writes"]);
});
