/** Cells of link sets that add links or take some away, and leave the others (SPEC 17: `links`). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { preparedModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { links, named, set } from "./linked_classes.ts";
import { Random } from "../torture/random.ts";

const MODEL = {
  name: "keepers",
  languages: ["EN US"],
  classes: {
    Device: named({ size: { kind: "integer" }, keepers: set("Keeping", "device", "person") }),
    Person: named({
      devices: set("Keeping", "person", "device"),
      knows: set("Known", "who", "whom"),
      known_by: set("Known", "whom", "who"),
    }),
    Keeping: links("device", "person", "Device", "Person", { role: { kind: "string" } }),
    Known: links("who", "whom", "Person", "Person"),
  },
};

/** Device L1 with Ann, an owner, and Bob. */
const withKeepers = preparedModel(MODEL, async (loading) => {
  await loading.load("Person", "name\nAnn\nBob\nCid\n");
  await loading.load("Device", "name,keepers\nL1,person->name:Ann;role:owner|person->name:Bob\nL2,\n");
});

const KEPT = "SELECT device, person, role FROM keeping ORDER BY device, person";

Deno.test("links=add: what the cell names comes or changes, the rest stays, and an empty cell does nothing", () =>
  withKeepers(async ({ load, print, query }) => {
    const csv = "name,keepers\nL1,person->name:Cid|person->name:Bob;role:user\nL2,\n";
    const { run, rows } = await load("Device", csv, { links: "add" });
    assertExit(run, 0);
    assertEquals(rows.map((row) => row.split(" ").slice(0, 3).join(" ")), ["updated Device 1", "unchanged Device 2"]);
    assertEquals(query(KEPT), ["1 1 owner", "1 2 user", "1 3 "]);
    assertEquals((await load("Device", csv, { links: "add" })).rows, ["unchanged Device 1", "unchanged Device 2"]);
    assertStringIncludes((await print("Device", csv, { links: "add" })).stdout, "#Links: add\n");
  }));

Deno.test("links=remove: what the cell names goes, the rest stays; what is not there is no mistake", () =>
  withKeepers(async ({ load, query }) => {
    const csv = "name,keepers\nL1,person->name:Bob|person->name:Cid\nL2,person->name:Ann\n";
    const { rows } = await load("Device", csv, { links: "remove" });
    assertEquals(rows.map((row) => row.split(" ").slice(0, 3).join(" ")), ["updated Device 1", "unchanged Device 2"]);
    assertEquals(query(KEPT), ["1 1 owner"]);
    assertEquals((await load("Device", csv, { links: "remove" })).rows, ["unchanged Device 1", "unchanged Device 2"]);
    const made = await load("Device", "name,keepers\nL3,person->name:Ann\n", { links: "remove" });
    assertEquals(made.rows, ["created Device 3"]);
    assertEquals(query(KEPT), ["1 1 owner"]);
  }));

Deno.test("links=remove with more than the partner takes only the link that is so", () =>
  withKeepers(async ({ load, query }) => {
    const { rows } = await load("Device", "name,keepers\nL1,person->name:Ann;role:user\n", { links: "remove" });
    assertStringIncludes(
      rows[0] ?? "",
      "The link to Person::1 (person) has role 'owner', not 'user': it stays. Leave role out to remove it whatever it has",
    );
    assertEquals(query(KEPT), ["1 1 owner", "1 2 "]);
    await load("Device", "name,keepers\nL1,person->name:Ann;role:owner\n", { links: "remove" });
    assertEquals(query(KEPT), ["1 2 "]);
  }));

Deno.test("a partner that is not found is a mistake, whatever becomes of the link", () =>
  withKeepers(async ({ load, query }) => {
    for (const mode of ["add", "remove"]) {
      const { rows } = await load("Device", "name,keepers\nL1,person->name:Nobody\n", { links: mode });
      assertStringIncludes(rows[0] ?? "", "Found no match: ext_key = person, reconciliation = name=Nobody");
    }
    assertEquals(query(KEPT), ["1 1 owner", "1 2 "]);
  }));

Deno.test("a row for each link: with links=add and links=remove they add to each other", () =>
  withKeepers(async ({ load, query }) => {
    const csv =
      "name,keepers\nL2,person->name:Ann\nL2,person->name:Bob\nL2,person->name:Bob\nL4,person->name:Cid\nL4,person->name:Ann\n";
    const { rows } = await load("Device", csv, { links: "add" });
    const kinds = (all: readonly string[]) => all.map((row) => row.split(" ").slice(0, 3).join(" "));
    assertEquals(kinds(rows), [
      "updated Device 2",
      "updated Device 2",
      "unchanged Device 2",
      "created Device 3",
      "updated Device 3",
    ]);
    assertEquals(query(KEPT), ["1 1 owner", "1 2 ", "2 1 ", "2 2 ", "3 1 ", "3 3 "]);
    const gone = await load("Device", csv, { links: "remove" });
    assertEquals(kinds(gone.rows), [
      "updated Device 2",
      "updated Device 2",
      "unchanged Device 2",
      "updated Device 3",
      "updated Device 3",
    ]);
    assertEquals(query(KEPT), ["1 1 owner", "1 2 "]);
  }));

Deno.test("two rows that say otherwise of one link, or of the object itself, are twins with links=add too", () =>
  withKeepers(async ({ load, query }) => {
    const csv = "name,size,keepers\nL2,1,person->name:Ann;role:user\nL2,1,person->name:Ann;role:owner\nL2,2,\n";
    const { rows } = await load("Device", csv, { links: "add" });
    assertEquals(rows.map((row) => row.split(" ")[0]), ["updated", "rejected", "rejected"]);
    assertStringIncludes(rows[1] ?? "", "Row 0 (line 2) is this object already, with other values");
    assertEquals(query(KEPT), ["1 1 owner", "1 2 ", "2 1 user"]);
  }));

Deno.test("links that both ends of one class may name: adding and removing from either end is the same", () =>
  withKeepers(async ({ load, query }) => {
    const known = "SELECT who, whom FROM known ORDER BY who, whom";
    await load("Person", "name,knows,known_by\nAnn,whom->name:Bob,who->name:Bob\nBob,whom->name:Ann,\n", {
      links: "add",
    });
    assertEquals(query(known), ["1 2", "2 1"]);
    const self = await load("Person", "name,knows,known_by\nAnn,whom->name:Ann,\n", { links: "add" });
    assertEquals(self.rows.map((row) => row.split(" ")[0]), ["updated"]);
    assertEquals(query(known), ["1 1", "1 2", "2 1"]);
    await load("Person", "name,knows,known_by\nAnn,,who->name:Bob|who->name:Ann\n", { links: "remove" });
    assertEquals(query(known), ["1 2"]);
  }));

Deno.test("a simulation says what the real run says, and an undo gives the links back", () =>
  withKeepers(async ({ load, query, scratch, database }) => {
    const csv = "name,keepers\nL1,person->name:Ann|person->name:Bob\n";
    for (const mode of ["add", "remove"]) {
      const before = query(KEPT);
      const simulated = await load("Device", csv, { links: mode, simulate: "1" });
      assertEquals(query(KEPT), before);
      assertEquals((await load("Device", csv, { links: mode })).rows, simulated.rows);
    }
    assertEquals(query(KEPT), []);
    const [change] = query("SELECT MAX(id) FROM change");
    const undo = ["undo", `--change=${change}`, `--db=${database}`, "--auth_user=admin", "--auth_pwd=admin"];
    const undone = await scratch.run(undo);
    assertExit(undone, 0);
    assertEquals(query(KEPT), ["1 1 owner", "1 2 "]);
  }));

Deno.test("on random lists the links are those of sets: replace, union, difference", () =>
  withKeepers(async ({ load, query }) => {
    const names = ["Ann", "Bob", "Cid"];
    let links = new Set(["Ann", "Bob"]);
    const random = new Random(7);
    for (let round = 0; round < 60; round++) {
      const cell = new Set(names.filter(() => random.chance(0.5)));
      const mode = random.pick(["replace", "add", "remove"] as const);
      await load("Device", `name,keepers\nL1,${[...cell].map((name) => `person->name:${name}`).join("|")}\n`, {
        links: mode,
      });
      links = mode === "replace" ? cell : mode === "add" ? links.union(cell) : links.difference(cell);
      const stored = query(
        "SELECT p.name FROM keeping k JOIN person p ON p.id = k.person WHERE k.device = 1 ORDER BY 1",
      );
      assertEquals(stored, [...links].sort(), `round ${round}: ${mode} ${[...cell]}`);
    }
  }));
