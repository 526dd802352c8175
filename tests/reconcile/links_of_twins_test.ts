/** The second row of a file does not take away the link that the first one made (SPEC 14: twins). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { preparedModel } from "../helpers/loading.ts";
import { links, named, set } from "./linked_classes.ts";

const MODEL = {
  name: "keepers",
  languages: ["EN US"],
  classes: {
    Device: named({ keepers: set("Keeping", "device", "person") }),
    Person: named({
      devices: set("Keeping", "person", "device"),
      knows: set("Known", "who", "whom"),
      known_by: set("Known", "whom", "who"),
    }),
    Keeping: links("device", "person", "Device", "Person"),
    Known: links("who", "whom", "Person", "Person"),
  },
};

const withPersons = preparedModel(MODEL, async (loading) => {
  await loading.load("Person", "name\nAnn\nBob\n");
});

const KEPT = "SELECT device, person FROM keeping ORDER BY id";

Deno.test("one row for each link of a device: the second one is in error, and the first one's link stays", () =>
  withPersons(async ({ load, query }) => {
    const csv = "name,keepers\nL1,person->name:Ann\nL1,person->name:Bob\n";
    for (const first of ["created Device 1", "unchanged Device 1"]) {
      const { rows } = await load("Device", csv);
      assertEquals(rows[0], first);
      assertStringIncludes(rows[1] ?? "", "Row 0 (line 2) is this object already, with other values");
      assertEquals(query(KEPT), ["1 1"]);
    }
  }));

Deno.test("the same file from the other end, and by the class of the links, loads whole", () =>
  withPersons(async ({ load, query }) => {
    await load("Device", "name\nL1\n");
    const persons = "name,devices\nAnn,device->name:L1\nBob,device->name:L1\n";
    assertEquals((await load("Person", persons)).rows.map((row) => row.split(" ")[0]), ["updated", "updated"]);
    const own = "device->name,person->name\nL1,Ann\nL1,Bob\n";
    assertEquals((await load("Keeping", own)).rows, ["unchanged Keeping 1", "unchanged Keeping 2"]);
    assertEquals(query(KEPT), ["1 1", "1 2"]);
  }));

Deno.test("another row that has the link's other end does not take it away either, and the file settles", () =>
  withPersons(async ({ load, query }) => {
    const csv = "name,knows,known_by\nAnn,whom->name:Bob,\nBob,,\n";
    const first = await load("Person", csv);
    assert(first.rows[0]?.startsWith("updated Person 1 "), first.rows[0]);
    assert(first.rows[1]?.startsWith("rejected Person 2: "), first.rows[1]);
    assertEquals(query("SELECT who, whom FROM known"), ["1 2"]);
    const again = await load("Person", csv);
    assertEquals(again.rows[0], "unchanged Person 1");
    assert(again.rows[1]?.startsWith("rejected Person 2: "), again.rows[1]);
    assertEquals(query("SELECT who, whom FROM known"), ["1 2"]);
  }));
