import { assert, assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { openDatabase } from "../../lib/databases/sqlite/database.ts";
import { storedModel } from "../../lib/databases/sqlite/stored_model.ts";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";

/** The lines with which a model is refused. @param set what becomes of it, in SQL */
function refusalOf(set: string): Promise<string[]> {
  return withScratch(async (scratch) => {
    const database = openDatabase(await copyWorld(scratch), { busyTimeoutSeconds: 0 });
    database.exec(set);
    const stop = await assertRejects(() => storedModel(database), RunStop);
    database.close();
    assertEquals(stop.exitCode, 78);
    return stop.messages.map((message) => message.text.replace(scratch.folder, ""));
  });
}

Deno.test("the model of a database is that of its file", () =>
  withScratch(async (scratch) => {
    const database = openDatabase(await copyWorld(scratch), { busyTimeoutSeconds: 0 });
    assertEquals((await storedModel(database)).name, "itop");
    database.close();
  }));

Deno.test("a model is read once as long as its text stays the same, and again when it does not", () =>
  withScratch(async (scratch) => {
    const database = openDatabase(await copyWorld(scratch), { busyTimeoutSeconds: 0 });
    const model = await storedModel(database);
    assert(await storedModel(database) === model);
    database.exec("UPDATE csvrecon_model SET text = json_set(text, '$.name', 'other')");
    assertEquals((await storedModel(database)).name, "other");
    database.close();
  }));

Deno.test("a model that was spoilt in the database is refused with its mistakes by their place", async () => {
  const heading = "Database holds no usable model: '/world.db'";
  assertEquals(await refusalOf("DELETE FROM csvrecon_model"), [heading]);
  assertEquals((await refusalOf("UPDATE csvrecon_model SET text = '{]'"))[0], heading);
  const [first, mistake] = await refusalOf("UPDATE csvrecon_model SET text = json_remove(text, '$.classes')");
  assertEquals(first, heading);
  assertEquals(mistake?.startsWith("$"), true, mistake);
  for (
    const spoilt of [
      "json_set(text, '$.classes', json('{}'))",
      "json_set(text, '$.profiles[1].bulk_write', json('[\"Nowhere\"]'))",
      "json_set(text, '$.organizations.class', 'Nowhere')",
      "json_set(text, '$.classes.Person.attributes.location_id.target', 'Nowhere')",
    ]
  ) {
    const [first, mistake] = await refusalOf(`UPDATE csvrecon_model SET text = ${spoilt}`);
    assertEquals([first, mistake?.startsWith("$")], [heading, true], `${spoilt}: ${mistake}`);
  }
});
