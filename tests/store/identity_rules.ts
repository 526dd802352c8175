/** Which database it is, and what model it carries. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { NOW, type Suite } from "./suite.ts";

/** As the file of a model is, comments and all left out. */
const TINY = JSON.stringify({
  name: "tiny",
  languages: ["EN US"],
  classes: { Thing: { labels: "Thing", attributes: { name: { kind: "string", labels: "Name", null: false } } } },
});

export function identityRules(suite: Suite): void {
  suite.test("a database is the same whoever opens it and whatever is written to it", async (world) => {
    const identity = await world.opened.store.identity();
    assert(identity !== "");
    await world.run((run) => Promise.resolve(run.add("Brand", { name: "A" })));
    assertEquals(await world.opened.store.identity(), identity);
    assertEquals(await world.opened.another().identity(), identity);
  });

  suite.test("another database with the same content is another", async (world) => {
    const identity = await world.opened.store.identity();
    const parts = { model: world.model, modelText: '{"name":"small"}', now: NOW, ownRules: [], fill: () => {} };
    await suite.database.open(parts, async ({ store }) => assert(await store.identity() !== identity));
  });

  suite.test("a store carries the model that it was made with", async (world) => {
    const model = await world.opened.store.model();
    assertEquals([model.name, model.classes.get("Thing")?.attributes.has("name")], ["tiny", true]);
  }, { modelText: TINY });

  suite.test("a store whose model cannot be read is refused with 78", async (world) => {
    const stop = await assertRejects(() => world.opened.store.model(), RunStop);
    assertEquals(stop.exitCode, 78);
  }, { modelText: "{]" });
}
