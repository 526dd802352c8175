import { assertEquals } from "@std/assert";
import type { ClassCode } from "../../lib/model/model.ts";
import { withWorld, type World } from "./small_store.ts";

/** Organisations 1 Top > 2 Middle > 3 Bottom, and 4 Other; a person and an account of each, and of none. */
function organizations({ add }: World): void {
  add("Organization", { name: "Top" });
  add("Organization", { name: "Middle", parent_id: 1 });
  add("Organization", { name: "Bottom", parent_id: 2 });
  add("Organization", { name: "Other" });
  for (const org_id of [1, 2, 3, 4, null]) {
    const contactid = add("Person", { name: "Doe", first_name: `Of${org_id}`, org_id });
    add("Account", { login: `of${org_id}`, contactid });
  }
}

function visibleIds({ store }: World, code: ClassCode, includeHidden = false): number[] {
  return store.search({ class: code, conditions: [], read: [], includeHidden }).all([]).map(({ id }) => id);
}

Deno.test("without a limit every object is visible", async () => {
  await withWorld((world) => {
    organizations(world);
    assertEquals(visibleIds(world, "Person"), [1, 2, 3, 4, 5]);
  });
});

Deno.test("a limit hides the objects of other organisations, not those below nor those of none", async () => {
  await withWorld((world) => {
    organizations(world);
    world.store.limitTo([2]);
    assertEquals(visibleIds(world, "Organization"), [2, 3]);
    assertEquals(visibleIds(world, "Person"), [2, 3, 5]);
    assertEquals(visibleIds(world, "Contact"), [2, 3, 5]);
    // An account's organisation is an external field.
    assertEquals(visibleIds(world, "Account"), [2, 3, 5]);
  });
});

Deno.test("classes without organisation are not limited", async () => {
  await withWorld((world) => {
    world.add("Brand", { name: "Dell" });
    world.store.limitTo([]);
    assertEquals(visibleIds(world, "Brand"), [1]);
    assertEquals(visibleIds(world, "Typology"), [1]);
  });
});

Deno.test("hidden objects are found when the search asks for them", async () => {
  await withWorld((world) => {
    organizations(world);
    world.store.limitTo([4]);
    assertEquals(visibleIds(world, "Person"), [4, 5]);
    assertEquals(visibleIds(world, "Person", true), [1, 2, 3, 4, 5]);
  });
});

Deno.test("a limit holds for searches that were asked before, and may be lifted", async () => {
  await withWorld((world) => {
    organizations(world);
    const search = world.store.search({ class: "Person", conditions: ["name"], read: [], includeHidden: false });
    const count = () => {
      const [match] = search.find([["Doe"]]);
      return match?.kind === "several" ? match.count() : match?.kind;
    };
    assertEquals(count(), 5);
    world.store.limitTo([1]);
    assertEquals(count(), 4);
    world.store.limitTo([4]);
    assertEquals(count(), 2);
    world.store.limitTo(null);
    assertEquals(count(), 5);
  });
});

Deno.test("an organisation that the run makes below a visible one is visible", async () => {
  await withWorld((world) => {
    organizations(world);
    world.store.limitTo([2]);
    const below = world.add("Organization", { name: "New", parent_id: 3 });
    const further = world.add("Organization", { name: "Newer", parent_id: below });
    world.add("Organization", { name: "Elsewhere", parent_id: 4 });
    assertEquals(visibleIds(world, "Organization"), [2, 3, below, further]);
  });
});

Deno.test("an organisation that the run moves comes into sight, or goes out of it, with those below it", async () => {
  await withWorld((world) => {
    organizations(world);
    world.store.limitTo([4]);
    const move = (oldValue: number | null, newValue: number | null) =>
      world.store.update([{ class: "Organization", id: 2, changes: [{ attribute: "parent_id", oldValue, newValue }] }]);
    move(1, 4);
    assertEquals(visibleIds(world, "Organization"), [2, 3, 4]);
    move(4, null);
    assertEquals(visibleIds(world, "Organization"), [4]);
  });
});

Deno.test("the visible organisations are no part of the database", async () => {
  await withWorld((world) => {
    organizations(world);
    world.store.limitTo([4]);
    const rows = world.database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%visible%'").all();
    assertEquals(rows.length, 0);
  });
});
