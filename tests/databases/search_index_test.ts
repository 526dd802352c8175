import { assertEquals } from "@std/assert";
import type { SearchPlan } from "../../lib/store/objects.ts";
import { openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { atomic, type Database } from "../../lib/databases/sqlite/database.ts";
import { createObjectStore } from "../../lib/databases/sqlite/sqlite_objects.ts";
import { SMALL_MODEL } from "./small_model.ts";
import { FACTS, withDatabase, withWorld } from "./small_store.ts";

function searchIndexes(database: Database): unknown[] {
  return database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'search%' ORDER BY name")
    .all()
    .map(({ name }) => name);
}

const BY_EMAIL: SearchPlan = { class: "Person", conditions: ["email"], read: [], includeHidden: false };

Deno.test("an index is made when a search is first asked, and once", async () => {
  await withWorld(({ database, store }) => {
    const search = store.search(BY_EMAIL);
    assertEquals(searchIndexes(database), []);
    search.find([["x"]]);
    assertEquals(searchIndexes(database), ["search_contact.email"]);
    store.search({ ...BY_EMAIL, class: "Team" }).find([["x"]]);
    store.search({ ...BY_EMAIL, conditions: ["org_id", "email"] }).find([[1, "x"]]);
    assertEquals(searchIndexes(database), ["search_contact.email"]);
  });
});

Deno.test("enumerations, real classes and other objects' attributes get no index", async () => {
  await withWorld(({ database, store }) => {
    for (const code of ["status", "finalclass", "org_name", "id"]) {
      store.search({ ...BY_EMAIL, conditions: [code] }).find([["x"]]);
    }
    store.search({ ...BY_EMAIL, class: "lnkPersonToTeam", conditions: ["friendlyname"] }).find([["x"]]);
    assertEquals(searchIndexes(database), []);
  });
});

Deno.test("the unique index of one class does not serve another", async () => {
  await withWorld(({ database, store }) => {
    store.search({ ...BY_EMAIL, class: "Brand", conditions: ["name"] }).find([["x"]]);
    assertEquals(searchIndexes(database), []);
    store.search({ ...BY_EMAIL, class: "Product", conditions: ["name"] }).find([["x"]]);
    assertEquals(searchIndexes(database), ["search_typology.name"]);
  });
});

Deno.test("a store without a change log makes no index and writes nothing", async () => {
  await withDatabase((database, traced) => {
    const start = traced.length;
    const store = createObjectStore(database, SMALL_MODEL, null);
    store.search(BY_EMAIL).find([["x"]]);
    store.search({ ...BY_EMAIL, conditions: ["friendlyname"] }).all(["x"]);
    store.examples("Person", ["name"], 3);
    assertEquals(traced.slice(start).filter((sql) => !sql.startsWith("SELECT ")), []);
  });
});

Deno.test("a rolled back run leaves no index", async () => {
  await withDatabase(async (database) => {
    await atomic(database, () => {
      const store = createObjectStore(database, SMALL_MODEL, openChangeLog(database, FACTS));
      store.search(BY_EMAIL).find([["x"]]);
      assertEquals(searchIndexes(database), ["search_contact.email"]);
    }, { rollback: true });
    assertEquals(searchIndexes(database), []);
  });
});
