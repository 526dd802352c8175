import { assertEquals, assertStringIncludes } from "@std/assert";
import { queryPlan, withWorld } from "./small_store.ts";

Deno.test("examples of very many objects are read from an index on the friendly name", async () => {
  await withWorld(async ({ database, store, traced, add }) => {
    for (let index = 0; index <= 10_000; index++) {
      add("Person", { name: `Last${index}`, first_name: `First${index % 7}` });
    }
    const { rows } = await store.examples("Person", ["friendlyname"], 2);
    assertEquals(rows, [["First0 Last0"], ["First0 Last1001"]]);
    const sql = traced.findLast((statement) => statement.includes("ORDER BY rtrim(")) ?? "";
    const plan = queryPlan(database, sql, [3]);
    assertStringIncludes(plan, "SCAN t USING INDEX search_contact.friendlyname(Person)");
    assertEquals(plan.includes("ORDER BY"), false);
  });
});
