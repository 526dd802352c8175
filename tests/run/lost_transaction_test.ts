/** A trigger of somebody else may take back more than its row: that ends the run, in words that say who did it. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { withWorld } from "../helpers/loading.ts";

const ALL_OR_NOTHING = `CREATE TRIGGER all_or_nothing BEFORE INSERT ON contact WHEN NEW.name = 'Bob'
  BEGIN SELECT RAISE(ROLLBACK, 'No Bobs, and nobody beside them'); END`;

for (const simulate of ["0", "1"]) {
  Deno.test(`a trigger that takes back the whole transaction ends the run with 73 and a sentence (simulate=${simulate})`, () =>
    withWorld(async (loading) => {
      const opened = new DatabaseSync(loading.database);
      opened.exec(ALL_OR_NOTHING);
      opened.close();
      const before = loading.objects("Person", "name");
      const changes = loading.query("SELECT COUNT(*) FROM change");
      const csv = "name,first_name,org_id\nAnn,A,1\nBob,B,1\nCid,C,1\n";
      const run = await loading.print("Person", csv, { reconciliationkeys: "name,first_name", simulate });
      assertEquals(run.exitCode, 73);
      const words = "Database took back the whole transaction: " +
        `'${loading.database}' (a trigger said: 'No Bobs, and nobody beside them')`;
      assertEquals(run.stderr.includes(words), true, run.stderr);
      assertEquals(run.stderr.includes("RAISE(ABORT"), true, run.stderr);
      assertEquals(loading.objects("Person", "name"), before);
      assertEquals(loading.query("SELECT COUNT(*) FROM change"), changes);
    }));
}
