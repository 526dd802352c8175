/** What feeds remember of hidden objects is neither told nor set back by a limited user's undo. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { LIMITED, withTwins } from "./twins.ts";

const MEMORY = "SELECT feed, object_id, added, missed_since FROM csvrecon_feed_object ORDER BY feed, object_id";
const LAST = "SELECT MAX(id) FROM change";

for (const output of ["summary", "details", "json"]) {
  Deno.test(`two databases whose feeds remember other hidden objects tell the same of their undo: ${output}`, () =>
    withTwins(async (twins) => {
      await twins.each(async ({ load }, which) => {
        const hidden = ["Dark,3\nDim,4\n", "Dark,3\n"][which] ?? "";
        await load("Place", `name,org\n${hidden}Open,1\n`, { source: "unchanged" });
        await load("Place", `name,org\n${hidden}`, { source: "out of sight" });
        await load("Place", `name,org,code\n${hidden.replaceAll("\n", ",\n")}Open,1,new\n`, { source: "partly" });
      });
      const [last, before] = [Number(twins.query(LAST)[0]), twins.query(MEMORY)];
      for (const change of [last - 2, last - 1]) {
        const run = await twins.sameUndo(change, { output });
        assertExit(run, 64);
        assertStringIncludes(run.stderr, `the change log has no run ${change}`);
      }
      const partly = await twins.sameUndo(last, { output });
      assertExit(partly, 1);
      assertEquals(twins.query("SELECT code FROM place WHERE name = 'Open'"), ["c1"]);
      assertEquals(twins.query(MEMORY), before);
    }));
}

Deno.test("what a limited user's own run has made its feed remember, their undo takes back", () =>
  withTwins(async (twins) => {
    const before = twins.query(MEMORY);
    await twins.same("Place", "name,org\nOpen,1\nNew,1\n", { ...LIMITED, source: "own" });
    assertExit(await twins.sameUndo(Number(twins.query(LAST)[0])), 0);
    assertEquals(twins.query(MEMORY), before);
  }));
