import { assertEquals } from "@std/assert";
import { openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { objectId } from "../helpers/object_id.ts";
import { FACTS, NO_ROWS, rowsOf, withDatabase } from "./small_store.ts";

const CHANGE = { operation: "update", class: "Team", attribute: "name", oldValue: "a", newValue: "b" } as const;

Deno.test("a run that changed something is one row with all its facts", async () => {
  await withDatabase((database) => {
    const log = openChangeLog(database, FACTS);
    log.addObjects("create", "Team", [objectId(1)]);
    const counts = { created: 1, updated: 2, unchanged: 3, inError: 4 };
    assertEquals(log.finish(counts, { size: 120, sha256: "ab12" }), 1);
    assertEquals(rowsOf(database, "change"), [{
      id: 1,
      date: "2024-02-29T23:30:00.000Z",
      user_id: 1,
      user: "Ada Byron",
      comment: "nightly",
      origin: "csvrecon import",
      input_name: "persons.csv",
      input_size: 120,
      input_sha256: "ab12",
      parameters: '{"class":"Person"}',
      created: 1,
      updated: 2,
      unchanged: 3,
      in_error: 4,
      deleted: 0,
      undoes: null,
      pruned: 0,
      feed: null,
      gone: null,
    }]);
    assertEquals(rowsOf(database, "change_op"), [{
      id: 1,
      change: 1,
      class: "Team",
      object_id: 1,
      operation: "create",
      attribute: null,
      old_value: null,
      new_value: null,
    }]);
  });
});

Deno.test("a run that changed nothing and had no row in error leaves no trace", async () => {
  await withDatabase((database, traced) => {
    const start = traced.length;
    assertEquals(openChangeLog(database, FACTS).finish({ ...NO_ROWS, unchanged: 9 }, { size: 1, sha256: "" }), null);
    assertEquals(traced.slice(start), []);
  });
});

Deno.test("a run that only had rows in error is a row without operations", async () => {
  await withDatabase((database) => {
    assertEquals(openChangeLog(database, FACTS).finish({ ...NO_ROWS, inError: 2 }, null), 1);
    assertEquals(rowsOf(database, "change", "in_error, input_size"), [{ in_error: 2, input_size: null }]);
    assertEquals(rowsOf(database, "change_op"), []);
  });
});

for (const count of [1, 63, 64, 65, 511, 512, 513, 1500]) {
  const ids = Array.from({ length: count }, (_, index) => objectId(index + 1));

  Deno.test(`${count} changed attributes are all written, in order`, async () => {
    await withDatabase((database) => {
      const log = openChangeLog(database, FACTS);
      for (const objectId of ids) log.add({ ...CHANGE, objectId });
      log.finish(NO_ROWS, null);
      assertEquals(rowsOf(database, "change_op", "object_id").map((row) => row["object_id"]), [...ids]);
    });
  });

  Deno.test(`${count} new objects are all written, in order, and between the changes around them`, async () => {
    await withDatabase((database) => {
      const log = openChangeLog(database, FACTS);
      log.add({ ...CHANGE, objectId: objectId(9001) });
      log.addObjects("create", "Team", ids);
      log.add({ ...CHANGE, objectId: objectId(9002) });
      log.finish(NO_ROWS, null);
      const rows = rowsOf(database, "change_op", "change, class, object_id, operation, attribute");
      const created = { change: 1, class: "Team", operation: "create", attribute: null };
      const changed = { change: 1, class: "Team", operation: "update", attribute: "name" };
      assertEquals(rows, [
        { ...changed, object_id: 9001 },
        ...ids.map((id) => ({ ...created, object_id: id })),
        { ...changed, object_id: 9002 },
      ]);
    });
  });
}

Deno.test("the operations of a run, and those on an object, are read by an index", async () => {
  await withDatabase((database) => {
    const plan = (where: string) =>
      database.prepare(`EXPLAIN QUERY PLAN SELECT * FROM change_op WHERE ${where}`).all().map(({ detail }) => detail);
    assertEquals(plan("change = 1"), ["SEARCH change_op USING INDEX change_op_of_change (change=?)"]);
    assertEquals(plan("class = 'Team' AND object_id = 1"), [
      "SEARCH change_op USING INDEX change_op_of_object (class=? AND object_id=?)",
    ]);
  });
});
