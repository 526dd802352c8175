import { assertEquals } from "@std/assert";
import type { SearchPlan } from "../../lib/store/objects.ts";
import { openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { atomic, type Database } from "../../lib/databases/sqlite/database.ts";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { createObjectStore } from "../../lib/databases/sqlite/sqlite_objects.ts";
import { SMALL_MODEL } from "../store/small_model.ts";
import { FACTS, withDatabase, withWorld } from "./small_store.ts";

function searchIndexes(database: Database): unknown[] {
  return database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'search%' ORDER BY name")
    .all()
    .map(({ name }) => name);
}

const BY_EMAIL: SearchPlan = { class: "Person", conditions: ["email"], read: [], includeHidden: false };

Deno.test("an index is made when a search is first asked, and once", async () => {
  await withWorld(async ({ database, store }) => {
    const search = store.search(BY_EMAIL);
    assertEquals(searchIndexes(database), []);
    await search.find([["x"]]);
    assertEquals(searchIndexes(database), ["search_contact.email"]);
    await store.search({ ...BY_EMAIL, class: "Team" }).find([["x"]]);
    await store.search({ ...BY_EMAIL, conditions: ["status", "email"] }).find([["active", "x"]]);
    assertEquals(searchIndexes(database), ["search_contact.email"]);
  });
});

Deno.test("what a text belongs to is in its index, which serves who knows the text alone too", async () => {
  await withWorld(async ({ database, store }) => {
    await store.search(BY_EMAIL).find([["x"]]);
    const byBoth = { ...BY_EMAIL, conditions: ["org_id", "email"] };
    await store.search(byBoth).find([[1, "x"]]);
    assertEquals(searchIndexes(database), ["search_contact.email", "search_contact.email,org_id"]);
    database.exec('DROP INDEX "search_contact.email"');
    await createObjectStore(database, ownMapping(SMALL_MODEL), openChangeLog(database, FACTS)).search(BY_EMAIL).find([[
      "x",
    ]]);
    assertEquals(searchIndexes(database), ["search_contact.email,org_id"]);
  });
});

Deno.test("enumerations, real classes and other objects' attributes get no index", async () => {
  await withWorld(async ({ database, store }) => {
    for (const code of ["status", "finalclass", "org_name", "id"]) {
      await store.search({ ...BY_EMAIL, conditions: [code] }).find([["x"]]);
    }
    await store.search({ ...BY_EMAIL, class: "lnkPersonToTeam", conditions: ["friendlyname"] }).find([["x"]]);
    assertEquals(searchIndexes(database), []);
  });
});

Deno.test("the unique index of one class does not serve another", async () => {
  await withWorld(async ({ database, store }) => {
    await store.search({ ...BY_EMAIL, class: "Brand", conditions: ["name"] }).find([["x"]]);
    assertEquals(searchIndexes(database), []);
    await store.search({ ...BY_EMAIL, class: "Product", conditions: ["name"] }).find([["x"]]);
    assertEquals(searchIndexes(database), ["search_typology.name"]);
  });
});

Deno.test("a store without a change log makes no index and writes nothing", async () => {
  await withDatabase(async (database, traced) => {
    const start = traced.length;
    const store = createObjectStore(database, ownMapping(SMALL_MODEL), null);
    await store.search(BY_EMAIL).find([["x"]]);
    await store.search({ ...BY_EMAIL, conditions: ["friendlyname"] }).all(["x"]);
    await store.examples("Person", ["name"], 3);
    assertEquals(traced.slice(start).filter((sql) => !sql.startsWith("SELECT ")), []);
  });
});

Deno.test("a rolled back run leaves no index", async () => {
  await withDatabase(async (database) => {
    await atomic(database, async () => {
      const store = createObjectStore(database, ownMapping(SMALL_MODEL), openChangeLog(database, FACTS));
      await store.search(BY_EMAIL).find([["x"]]);
      assertEquals(searchIndexes(database), ["search_contact.email"]);
    }, { rollback: true });
    assertEquals(searchIndexes(database), []);
  });
});

Deno.test("an index that was made within writes that were taken back is made again", async () => {
  await withWorld(async ({ database, store, add }) => {
    const search = store.search(BY_EMAIL);
    const work = async () => {
      await search.find([["x"]]);
      add("Brand", { name: "" });
    };
    for (let round = 0; round < 2; round++) {
      assertEquals((await store.together(work))?.rule, "check");
      assertEquals(searchIndexes(database), []);
    }
    await search.find([["x"]]);
    assertEquals(searchIndexes(database), ["search_contact.email"]);
    // It was there before, and stays.
    await store.together(work);
    assertEquals(searchIndexes(database), ["search_contact.email"]);
  });
});
