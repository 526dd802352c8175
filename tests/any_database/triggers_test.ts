/** What triggers of a database that we did not make see of a run. */
import { assertEquals } from "@std/assert";
import { withTables } from "../helpers/loading.ts";

/** A journal in the order of what happens, and who was the last. */
const JOURNAL = `
  CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, qty INTEGER);
  CREATE TABLE journal (n INTEGER PRIMARY KEY, what TEXT);
  CREATE TRIGGER made AFTER INSERT ON item BEGIN INSERT INTO journal (what) VALUES ('made ' || new.name); END;
  CREATE TRIGGER changed AFTER UPDATE ON item BEGIN INSERT INTO journal (what) VALUES ('changed ' || new.name); END;
  INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 1);
  DELETE FROM journal;`;

Deno.test("triggers run in the order of the file, be rows created or updated", () =>
  withTables(JOURNAL, async ({ load, query }) => {
    await load("item", "name,qty\na,2\nnew,1\nb,1\nc,2\nnewer,1\n", { reconciliationkeys: "name" });
    assertEquals(query("SELECT what FROM journal ORDER BY n"), ["changed a", "made new", "changed c", "made newer"]);
  }));
