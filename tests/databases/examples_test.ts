import { assertEquals, assertStringIncludes } from "@std/assert";
import { queryPlan, withWorld } from "./small_store.ts";

Deno.test("examples are the first objects by friendly name, whatever its case, with the values asked for", async () => {
  await withWorld(({ store, add }) => {
    for (const name of ["b", "C", "A", "d"]) add("Organization", { name, code: `code ${name}` });
    assertEquals(store.examples("Organization", ["name", "id", "code"], 3), {
      rows: [["A", 3, "code A"], ["b", 1, "code b"], ["C", 2, "code C"]],
      more: true,
      hidden: false,
    });
    assertEquals(store.examples("Organization", ["name"], 4), {
      rows: [["A"], ["b"], ["C"], ["d"]],
      more: false,
      hidden: false,
    });
  });
});

Deno.test("examples of a class without objects are none", async () => {
  await withWorld(({ store, add }) => {
    add("Brand", { name: "Dell" });
    assertEquals(store.examples("Product", ["name"], 3), { rows: [], more: false, hidden: false });
  });
});

Deno.test("examples of a parent class go by the friendly names of the real classes", async () => {
  await withWorld(({ store, add }) => {
    add("Team", { name: "Bo" });
    add("Person", { name: "Aa", first_name: "Zoe" });
    add("Person", { name: "Zz", first_name: "Al" });
    assertEquals(store.examples("Contact", ["friendlyname"], 3).rows, [["Al Zz"], ["Bo"], ["Zoe Aa"]]);
  });
});

Deno.test("examples leave out what the user may not see, and tell that there is something", async () => {
  await withWorld(({ store, add }) => {
    add("Organization", { name: "Seen" });
    add("Organization", { name: "Hidden" });
    add("Person", { name: "P", first_name: "P", org_id: 1 });
    store.limitTo([1]);
    assertEquals(store.examples("Organization", ["name"], 3), { rows: [["Seen"]], more: false, hidden: true });
    assertEquals(store.examples("Person", ["name"], 3), { rows: [["P"]], more: false, hidden: false });
    store.limitTo([]);
    assertEquals(store.examples("Organization", ["name"], 3), { rows: [], more: false, hidden: true });
  });
});

Deno.test("examples of very many objects are read from an index on the friendly name", async () => {
  await withWorld(({ database, store, traced, add }) => {
    const objects = Array.from({ length: 10_001 }, (_, index) => ({
      id: store.nextId("Contact"),
      values: [`Last${index}`, `First${index % 7}`, "active", "", ""],
    }));
    store.create({
      class: "Person",
      attributes: ["name", "first_name", "status", "email", "employee_number"],
      objects,
    });
    assertEquals(store.examples("Person", ["friendlyname"], 2).rows, [["First0 Last0"], ["First0 Last1001"]]);
    const sql = traced.findLast((statement) => statement.includes("ORDER BY rtrim(")) ?? "";
    const plan = queryPlan(database, sql, [3]);
    assertStringIncludes(plan, "SCAN t USING INDEX search_contact.friendlyname(Person)");
    assertEquals(plan.includes("ORDER BY"), false);
    add("Person", { name: "A", first_name: "A" });
    assertEquals(store.examples("Person", ["friendlyname"], 1).rows, [["A A"]]);
  });
});
