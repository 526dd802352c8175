import { assertEquals } from "@std/assert";
import { rowsOf, withWorld } from "./small_store.ts";

Deno.test("a view shows every attribute that may be shown under its code, in the model's order", async () => {
  await withWorld(async ({ database, store, add }) => {
    add("Organization", { name: "Top", status: "inactive" });
    add("Organization", { name: "Sub", status: null, parent_id: 1 });
    assertEquals(await store.settled(), []);
    assertEquals(rowsOf(database, "view_Organization"), [
      {
        id: 1,
        name: "Top",
        code: "",
        status: "inactive",
        parent_id: 0,
        parent_name: null,
        friendlyname: "Top",
        obsolescence_flag: "yes",
        obsolescence_date: "2024-02-29",
      },
      {
        id: 2,
        name: "Sub",
        code: "",
        status: null,
        parent_id: 1,
        parent_name: "Top",
        friendlyname: "Sub",
        obsolescence_flag: "no",
        obsolescence_date: null,
      },
    ]);
    assertEquals(Object.keys(rowsOf(database, "view_Organization")[0] ?? {}).slice(0, 3), ["id", "name", "code"]);
  });
});

Deno.test("a view of a parent class gives each object the friendly name of its real class", async () => {
  await withWorld(async ({ database, store, add }) => {
    add("Organization", { name: "Top" });
    add("Person", { name: "Doe", first_name: "Jo", org_id: 1 });
    add("Team", { name: "Red", org_id: 1 });
    const columns = "id, finalclass, friendlyname, org_id_friendlyname";
    assertEquals(await store.settled(), []);
    assertEquals(rowsOf(database, "view_Contact", columns), [
      { id: 1, finalclass: "Person", friendlyname: "Jo Doe", org_id_friendlyname: "Top" },
      { id: 2, finalclass: "Team", friendlyname: "Red", org_id_friendlyname: "Top" },
    ]);
    assertEquals(rowsOf(database, "view_Person", "id").length, 1);
    assertEquals(rowsOf(database, "view_Team", "id"), [{ id: 2 }]);
  });
});

Deno.test("a view shows decimals with all their digits, and nothing for none", async () => {
  await withWorld(async ({ database, store, add }) => {
    add("Team", { name: "A", budget: 1.5 });
    add("Team", { name: "B", budget: 2 });
    add("Team", { name: "C", budget: -0.005 });
    add("Team", { name: "D", budget: null });
    assertEquals(await store.settled(), []);
    assertEquals(rowsOf(database, "view_Team", "budget").map(({ budget }) => budget), ["1.50", "2.00", "-0.01", null]);
  });
});

Deno.test("a view shows external fields of external fields, and no password", async () => {
  await withWorld(async ({ database, store, add }) => {
    add("Organization", { name: "Top" });
    add("Person", { name: "Doe", first_name: "Jo", org_id: 1 });
    add("Account", { login: "jo", contactid: 1 });
    add("Account", { login: "nobody", contactid: null });
    assertEquals(await store.settled(), []);
    const rows = rowsOf(database, "view_Account");
    assertEquals(Object.keys(rows[0] ?? {}).includes("password"), false);
    assertEquals(rows.map((row) => [row["contactid"], row["contact_id"], row["org_id"], row["org_id_friendlyname"]]), [
      [1, 1, 1, "Top"],
      [0, 0, 0, null],
    ]);
  });
});

Deno.test("a view of a link class names its objects after both ends", async () => {
  await withWorld(async ({ database, store, add }) => {
    add("Person", { name: "Doe", first_name: "Jo" });
    add("Team", { name: "Red" });
    add("lnkPersonToTeam", { person_id: 1, team_id: 2 });
    assertEquals(await store.settled(), []);
    assertEquals(rowsOf(database, "view_lnkPersonToTeam", "friendlyname"), [{ friendlyname: "Jo Doe / Red" }]);
  });
});

Deno.test("a subclass's attribute is shown from its own column", async () => {
  await withWorld(async ({ database, store, add }) => {
    add("Brand", { name: "Dell", level: 3 });
    add("Product", { name: "R7", level: "high", brand_id: 1 });
    assertEquals(await store.settled(), []);
    assertEquals(rowsOf(database, "view_Brand", "id, level"), [{ id: 1, level: 3 }]);
    assertEquals(rowsOf(database, "view_Product", "id, level, brand_id"), [{ id: 2, level: "high", brand_id: 1 }]);
  });
});

Deno.test("a friendly name has no blank at its end where its last piece is empty", async () => {
  await withWorld(async ({ database, store, add }) => {
    const person = add("Person", { name: "Doe ", first_name: "Jo" });
    assertEquals(await store.settled(), []);
    assertEquals(rowsOf(database, "view_Person", "id, name, friendlyname"), [
      { id: person, name: "Doe ", friendlyname: "Jo Doe" },
    ]);
  });
});
