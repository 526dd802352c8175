/** A name in a column for ids: the message says that an id is expected, and which column finds by name. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";

Deno.test("a name in an external key's own column is told from an id", () =>
  withWorld(async ({ load }) => {
    const byLabel = { no_localize: "0", reconciliationkeys: "Name" };
    const { rows } = await load("Server", "Name,Organization\nweb,Demo\n", byLabel);
    assertStringIncludes(
      rows[0] ?? "",
      "No match for value 'Demo'. Some possible 'Organization' value(s): 1. " +
        "An id is expected here: a column 'Organization->Name' finds it by name",
    );
    const byCode = await load("Person", "name,first_name,org_id\nDoe,Jo,Demo\n", { reconciliationkeys: "name" });
    assertStringIncludes(byCode.rows[0] ?? "", "a column 'org_id->name' finds it by name");
  }));

Deno.test("an id that no object has, and a name in a column for names, are told as before", () =>
  withWorld(async ({ load }) => {
    const rows = [
      ...(await load("Server", "name,org_id\nweb,99\n", { reconciliationkeys: "name" })).rows,
      ...(await load("Server", "name,org_id->name\nweb,Nope\n", { reconciliationkeys: "name" })).rows,
    ];
    assertEquals(rows.filter((row) => row.includes("An id is expected")), []);
  }));
