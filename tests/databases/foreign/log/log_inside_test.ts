import { assertEquals, assertThrows } from "@std/assert";
import { EXIT, RunStop } from "../../../../lib/errors.ts";
import { change, commit, FACTS, isThere, rowsIn, UPDATE, withDatabase } from "./logged_database.ts";

const TABLES = "SELECT name FROM sqlite_schema WHERE sql IS NOT NULL";
const ENTRIES =
  "SELECT class, object_key, operation, attribute, old_value, new_value FROM csvrecon_change_op ORDER BY id";

Deno.test("a log inside the database is two tables, committed with the rows", async () => {
  await withDatabase("inside", (opened, path) => {
    commit(opened);
    assertEquals(rowsIn(path, TABLES).map(({ name }) => name), ["part", "csvrecon_change", "csvrecon_change_op"]);
    assertEquals(rowsIn(path, "SELECT created, state FROM csvrecon_change"), [{ created: 1, state: "done" }]);
    assertEquals(rowsIn(path, ENTRIES).map((row) => Object.values(row)), [
      ["part", '["P1"]', "update", "price", "1.5", "1.75"],
      ["part", '["P3"]', "create", null, null, null],
    ]);
    assertEquals(isThere(opened.logFile), false);
  });
});

Deno.test("a run that is simulated or taken back leaves no tables, and neither does a part of one", async () => {
  await withDatabase("inside", async (opened, path) => {
    const { database, logs } = opened;
    for (const rollback of [true, false]) {
      const log = change(opened, rollback);
      database.exec("ROLLBACK");
      log.takenBack();
    }
    database.exec("BEGIN IMMEDIATE; SAVEPOINT part");
    const log = logs.begin(false);
    await log.part(() => {
      log.openRun(FACTS).add(UPDATE);
      return Promise.reject(new Error("no"));
    }).catch(() => {});
    database.exec("ROLLBACK TO part");
    log.openRun(FACTS).finish({ created: 0, updated: 0, unchanged: 0, inError: 1 }, null);
    database.exec("ROLLBACK");
    assertEquals(rowsIn(path, TABLES), [{ name: "part" }]);
  });
});

Deno.test("tables of others that have the names of the log's are not written to", async () => {
  await withDatabase("inside", (opened) => {
    opened.database.exec("CREATE TABLE csvrecon_change (mine)");
    opened.database.exec("BEGIN IMMEDIATE");
    const stop = assertThrows(() => opened.logs.begin(false).openRun(FACTS).begin(), RunStop);
    assertEquals(stop.exitCode, EXIT.databaseNotUsable);
  });
});

Deno.test("without a log nothing is made, and nothing is known", async () => {
  await withDatabase("none", async (opened, path) => {
    commit(opened);
    assertEquals(rowsIn(path, TABLES), [{ name: "part" }]);
    assertEquals(isThere(opened.logFile), false);
    assertEquals(await opened.logs.loggedRuns().runs(null, 10), []);
    const feed = () =>
      opened.logs.begin(false).openFeed(
        opened.logs.begin(false).openRun(FACTS),
        { source: "a", class: "part" },
        new Date(),
      );
    assertEquals(assertThrows(feed, RunStop).exitCode, EXIT.usage);
  });
});
