import { assertEquals } from "@std/assert";
import type { StoredValue } from "../../lib/model/model.ts";
import { openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { atomic, type Database } from "../../lib/databases/sqlite/database.ts";
import { createObjectStore } from "../../lib/databases/sqlite/sqlite_objects.ts";
import { SMALL_MODEL } from "./small_model.ts";
import { addObject, FACTS, NO_ROWS, NOW, rowsOf, withDatabase, withWorld, type World } from "./small_store.ts";

function logged({ database, log }: World): StoredValue[][] {
  log.finish(NO_ROWS, null);
  return rowsOf(database, "change_op").map((row) => Object.values(row).slice(2));
}

Deno.test("a creation is one entry of the log, whatever its values", async () => {
  await withWorld((world) => {
    world.add("Organization", { name: "Top" });
    world.add("Account", { login: "ada" });
    assertEquals(logged(world), [
      ["Organization", 1, "create", null, null, null],
      ["Account", 1, "create", null, null, null],
    ]);
  });
});

Deno.test("many objects are created in one call, in order, whatever their number", async () => {
  for (const count of [1, 15, 16, 17, 100]) {
    await withWorld((world) => {
      const objects = Array.from({ length: count }, (_, index) => ({
        id: world.store.nextId("Typology"),
        values: [`Brand ${index}`, index],
      }));
      world.store.create({ class: "Brand", attributes: ["name", "level"], objects });
      assertEquals(
        rowsOf(world.database, "view_Brand", "id, name, level"),
        objects.map(({ id, values: [name, level] }) => ({ id, name: name ?? null, level: level ?? null })),
      );
      assertEquals(
        logged(world).map(([code, id, operation]) => [code, id, operation]),
        objects.map(({ id }) => ["Brand", id, "create"]),
      );
    });
  }
});

Deno.test("an update writes the changed attributes and logs each with its old and new value", async () => {
  await withWorld((world) => {
    world.add("Team", { name: "Red", budget: 1.5, email: "" });
    world.store.update([{
      class: "Team",
      id: 1,
      changes: [
        { attribute: "budget", oldValue: 1.5, newValue: 20 },
        { attribute: "email", oldValue: "", newValue: "red@x" },
        { attribute: "org_id", oldValue: null, newValue: null },
      ],
    }]);
    assertEquals(rowsOf(world.database, "view_Team", "budget, email, org_id"), [{
      budget: "20.00",
      email: "red@x",
      org_id: 0,
    }]);
    assertEquals(logged(world).slice(1), [
      ["Team", 1, "update", "budget", "1.50", "20.00"],
      ["Team", 1, "update", "email", "", "red@x"],
      ["Team", 1, "update", "org_id", null, null],
    ]);
  });
});

Deno.test("an update without changes writes and logs nothing", async () => {
  await withWorld((world) => {
    world.store.update([{ class: "Team", id: 1, changes: [] }]);
    assertEquals(logged(world), []);
  });
});

Deno.test("a password is logged as changed, without value", async () => {
  await withWorld((world) => {
    world.add("Account", { login: "ada" });
    const changes = [{ attribute: "password", oldValue: "hash", newValue: "other hash" }];
    world.store.update([{ class: "Account", id: 1, changes }]);
    world.store.delete("Account", [1]);
    assertEquals(logged(world).slice(1), [
      ["Account", 1, "update", "password", null, null],
      ["Account", 1, "delete", "login", "ada", null],
      ["Account", 1, "delete", "password", null, null],
      ["Account", 1, "delete", "language", "EN US", null],
    ]);
  });
});

Deno.test("a deletion logs every attribute that is not empty", async () => {
  await withWorld((world) => {
    world.add("Person", { name: "Doe", first_name: "Jo" });
    world.add("Team", { name: "Red" });
    world.add("lnkPersonToTeam", { person_id: 1, team_id: 2 });
    world.store.delete("lnkPersonToTeam", [1, 99]);
    assertEquals(rowsOf(world.database, "lnkpersontoteam"), []);
    assertEquals(logged(world).slice(3), [
      ["lnkPersonToTeam", 1, "delete", "team_id", "2", null],
      ["lnkPersonToTeam", 1, "delete", "person_id", "1", null],
    ]);
  });
});

Deno.test("a change of a link set is logged although it has no column", async () => {
  await withWorld((world) => {
    world.add("Person", { name: "Doe", first_name: "Jo" });
    world.store.log([{ class: "Person", id: 1, attribute: "team_list", oldValue: "", newValue: "'team_id:2'" }]);
    assertEquals(logged(world).slice(1), [["Person", 1, "update", "team_list", "", "'team_id:2'"]]);
  });
});

Deno.test("a store without a change log logs nothing", async () => {
  await withDatabase(async (database) => {
    await atomic(database, () => {
      const store = createObjectStore(database, SMALL_MODEL, null);
      const id = addObject(store, "Organization", { name: "Top" });
      store.update([{ class: "Organization", id, changes: [{ attribute: "code", oldValue: "", newValue: "T" }] }]);
    });
    assertEquals(rowsOf(database, "view_Organization", "name, code"), [{ name: "Top", code: "T" }]);
    assertEquals(rowsOf(database, "change"), []);
  });
});

Deno.test("the date since when an object is obsolete follows its status, and is not logged", async () => {
  await withWorld((world) => {
    const { database, store } = world;
    world.add("Team", { name: "Red", status: "inactive" });
    world.add("Team", { name: "Blue", status: "active" });
    const dates = () => rowsOf(database, "view_Team", "obsolescence_date").map((row) => row["obsolescence_date"]);
    assertEquals(dates(), ["2024-02-29", null]);
    const set = (id: number, attribute: string, oldValue: string, newValue: string) =>
      store.update([{ class: "Team", id, changes: [{ attribute, oldValue, newValue }] }]);
    set(1, "email", "", "red@x");
    assertEquals(dates(), ["2024-02-29", null]);
    set(1, "status", "inactive", "active");
    set(2, "status", "active", "inactive");
    assertEquals(dates(), [null, "2024-02-29"]);
    assertEquals(logged(world).slice(2).map((entry) => entry[3]), ["email", "status", "status"]);
  });
});

async function run<T>(database: Database, work: (store: ReturnType<typeof createObjectStore>) => T): Promise<T> {
  return await atomic(
    database,
    () => work(createObjectStore(database, SMALL_MODEL, openChangeLog(database, FACTS), { now: NOW })),
  );
}

Deno.test("ids are handed out in order for each root class, and the run knows which were there before", async () => {
  await withDatabase(async (database) => {
    await run(database, (store) => {
      assertEquals(store.lastIdBefore("Contact"), 0);
      assertEquals([store.nextId("Contact"), store.nextId("Contact"), store.nextId("Typology")], [1, 2, 1]);
      assertEquals(store.lastIdBefore("Contact"), 0);
      const attributes = ["name", "status", "email"];
      store.create({ class: "Team", attributes, objects: [{ id: 2, values: ["Red", "active", ""] }] });
    });
    await run(database, (store) => {
      assertEquals(store.lastIdBefore("Contact"), 2);
      assertEquals(store.nextId("Contact"), 3);
      assertEquals(store.nextId("Typology"), 1);
    });
  });
});

Deno.test("an id that was given is not handed out afterwards", async () => {
  await withDatabase(async (database) => {
    await run(database, (store) => {
      store.create({ class: "Brand", attributes: ["name"], objects: [{ id: 7, values: ["Dell"] }] });
      assertEquals(store.nextId("Typology"), 8);
      assertEquals(store.lastIdBefore("Typology"), 0);
    });
  });
});

Deno.test("the id of a deleted object is never used again", async () => {
  await withDatabase(async (database) => {
    await run(database, (store) => {
      addObject(store, "Brand", { name: "A" });
      addObject(store, "Brand", { name: "B" });
      store.delete("Brand", [2]);
      assertEquals(store.nextId("Typology"), 3);
    });
    await run(database, (store) => assertEquals(store.nextId("Typology"), 3));
  });
});
