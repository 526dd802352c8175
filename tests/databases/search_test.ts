import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { StoredValue } from "../../lib/model/model.ts";
import type { Match, SearchPlan } from "../../lib/store/objects.ts";
import { queryPlan, withWorld, type World } from "./small_store.ts";

type PlanParts = Partial<SearchPlan> & Pick<SearchPlan, "class" | "conditions">;

function find({ store }: World, plan: PlanParts, key: readonly StoredValue[]): Match | undefined {
  return store.search({ read: [], includeHidden: false, ...plan }).find([key])[0];
}

function idsOf({ store }: World, plan: PlanParts, key: readonly StoredValue[]): number[] {
  return store.search({ read: [], includeHidden: false, ...plan }).all(key).map(({ id }) => id);
}

/** Organisations Top and Sub; persons Jo Doe (of Top), Al Roe (of Sub, led by Jo), Jo Doe again, of none; team Doe. */
function people(world: World): void {
  world.add("Organization", { name: "Top" });
  world.add("Organization", { name: "Sub", parent_id: 1, status: "inactive" });
  world.add("Person", { name: "Doe", first_name: "Jo", org_id: 1, email: "jo@top", employee_number: "1" });
  world.add("Person", { name: "Roe", first_name: "Al", org_id: 2, manager_id: 1 });
  world.add("Person", { name: "Doe", first_name: "Jo", org_id: null });
  world.add("Team", { name: "Doe", budget: 2.5, seats: 7 });
}

Deno.test("one key gives one answer: none, one or several", async () => {
  await withWorld((world) => {
    people(world);
    const search = world.store.search({
      class: "Contact",
      conditions: ["name"],
      read: ["finalclass"],
      includeHidden: false,
    });
    const one = { kind: "one", object: { id: 2, class: "Person", values: ["Person"] } } as const;
    const [none, roe, doe, again] = search.find([["Nobody"], ["Roe"], ["Doe"], ["Roe"]]);
    assertEquals([none, roe, again], [{ kind: "none" }, one, one]);
    assert(doe?.kind === "several");
    assertEquals(doe.count(), 3);
    assertEquals(search.find([]), []);
  });
});

Deno.test("text is found whatever its case, codes only as they are", async () => {
  await withWorld((world) => {
    people(world);
    assertEquals(idsOf(world, { class: "Contact", conditions: ["email"] }, ["JO@Top"]), [1]);
    assertEquals(idsOf(world, { class: "Contact", conditions: ["finalclass"] }, ["Team"]), [4]);
    assertEquals(idsOf(world, { class: "Contact", conditions: ["finalclass"] }, ["team"]), []);
    assertEquals(idsOf(world, { class: "Organization", conditions: ["status"] }, ["Inactive"]), []);
    assertEquals(idsOf(world, { class: "Organization", conditions: ["name"] }, ["TOP"]), [1]);
  });
});

Deno.test("accents count", async () => {
  await withWorld((world) => {
    world.add("Organization", { name: "Café" });
    assertEquals(idsOf(world, { class: "Organization", conditions: ["name"] }, ["café"]), [1]);
    assertEquals(idsOf(world, { class: "Organization", conditions: ["name"] }, ["Cafe"]), []);
  });
});

Deno.test("null finds the objects without a value", async () => {
  await withWorld((world) => {
    people(world);
    assertEquals(idsOf(world, { class: "Person", conditions: ["org_id"] }, [null]), [3]);
    assertEquals(idsOf(world, { class: "Organization", conditions: ["parent_name"] }, [null]), [1]);
    assertEquals(idsOf(world, { class: "Organization", conditions: ["id"] }, [null]), []);
  });
});

Deno.test("a class finds objects of its subclasses and of no other class", async () => {
  await withWorld((world) => {
    people(world);
    assertEquals(idsOf(world, { class: "Contact", conditions: ["name"] }, ["Doe"]), [1, 3, 4]);
    assertEquals(idsOf(world, { class: "Person", conditions: ["name"] }, ["Doe"]), [1, 3]);
    assertEquals(idsOf(world, { class: "Team", conditions: ["id"] }, [1]), []);
  });
});

Deno.test("all conditions must hold", async () => {
  await withWorld((world) => {
    people(world);
    assertEquals(idsOf(world, { class: "Person", conditions: ["name", "org_id"] }, ["Doe", 1]), [1]);
    assertEquals(idsOf(world, { class: "Person", conditions: ["name", "org_id"] }, ["Doe", 2]), []);
    assertEquals(idsOf(world, { class: "Person", conditions: ["org_id", "name"] }, [null, "doe"]), [3]);
  });
});

Deno.test("friendly names are found by each object's real class, in any case", async () => {
  await withWorld((world) => {
    people(world);
    assertEquals(idsOf(world, { class: "Contact", conditions: ["friendlyname"] }, ["al roe"]), [2]);
    assertEquals(idsOf(world, { class: "Contact", conditions: ["friendlyname"] }, ["Doe"]), [4]);
    assertEquals(idsOf(world, { class: "Person", conditions: ["friendlyname"] }, ["JO DOE"]), [1, 3]);
  });
});

Deno.test("external fields, also of external fields, are found", async () => {
  await withWorld((world) => {
    people(world);
    world.add("Account", { login: "al", contactid: 2 });
    assertEquals(idsOf(world, { class: "Person", conditions: ["org_name"] }, ["sub"]), [2]);
    assertEquals(idsOf(world, { class: "Person", conditions: ["manager_id_friendlyname"] }, ["jo doe"]), [2]);
    assertEquals(idsOf(world, { class: "Account", conditions: ["org_id_friendlyname"] }, ["SUB"]), [1]);
    assertEquals(idsOf(world, { class: "Account", conditions: ["org_id"] }, [2]), [1]);
  });
});

Deno.test("numbers and ids are found", async () => {
  await withWorld((world) => {
    people(world);
    assertEquals(idsOf(world, { class: "Team", conditions: ["budget"] }, [2.5]), [4]);
    assertEquals(idsOf(world, { class: "Team", conditions: ["seats"] }, [7]), [4]);
    assertEquals(idsOf(world, { class: "Team", conditions: ["id"] }, [4]), [4]);
  });
});

Deno.test("values are read as they are stored", async () => {
  await withWorld((world) => {
    people(world);
    const read = ["name", "org_id", "org_name", "budget", "seats", "friendlyname", "obsolescence_flag"];
    assertEquals(find(world, { class: "Team", conditions: ["id"], read }, [4]), {
      kind: "one",
      object: { id: 4, class: "Team", values: ["Doe", null, null, 2.5, 7, "Doe", "no"] },
    });
    const person = { class: "Person", conditions: ["id"], read: ["manager_id", "manager_id_friendlyname"] } as const;
    assertEquals(find(world, person, [2]), {
      kind: "one",
      object: { id: 2, class: "Person", values: [1, "Jo Doe"] },
    });
  });
});

Deno.test("a search sees what was written since it was made", async () => {
  await withWorld((world) => {
    const search = world.store.search({ class: "Organization", conditions: ["name"], read: [], includeHidden: false });
    assertEquals(search.find([["New"]]), [{ kind: "none" }]);
    const id = world.add("Organization", { name: "New" });
    assertEquals(search.find([["new"]])[0]?.kind, "one");
    const changes = [{ attribute: "name", oldValue: "New", newValue: "Other" }];
    world.store.update([{ class: "Organization", id, changes }]);
    assertEquals(search.find([["New"], ["Other"]]).map(({ kind }) => kind), ["none", "one"]);
  });
});

/** How SQLite executes the last search for single objects. */
function lastPlan({ database, traced }: World, key: readonly StoredValue[]): string {
  return queryPlan(
    database,
    traced.findLast((sql) => sql.includes("group_concat")) ?? "",
    [JSON.stringify([key]), 2],
  );
}

/** What is searched, and the index that SQLite must use. */
const USED_INDEXES: readonly (readonly [PlanParts, readonly StoredValue[], string])[] = [
  [{ class: "Person", conditions: ["id"] }, [1], "INTEGER PRIMARY KEY (rowid=?)"],
  [{ class: "Person", conditions: ["email"] }, ["x"], "INDEX search_contact.email (email=?)"],
  [{ class: "Contact", conditions: ["email"] }, ["x"], "INDEX search_contact.email (email=?)"],
  [
    { class: "Person", conditions: ["name", "org_id", "first_name"] },
    ["x", 1, "y"],
    "INDEX search_contact.name,first_name (name=? AND first_name=?)",
  ],
  [{ class: "Person", conditions: ["org_id"] }, [1], "INDEX search_contact.org_id (org_id=?)"],
  [{ class: "Team", conditions: ["seats"] }, [7], "INDEX search_contact.seats (seats=?)"],
  [{ class: "Brand", conditions: ["name"] }, ["x"], "INDEX unique_Brand.no_duplicate (name=?)"],
  [{ class: "Product", conditions: ["level"] }, ["x"], "INDEX search_typology.level__Product (level__Product=?)"],
  [{ class: "Organization", conditions: ["friendlyname"] }, ["x"], "INDEX search_organization.name (name=?)"],
  [
    { class: "Person", conditions: ["friendlyname"] },
    ["x"],
    "INDEX search_contact.friendlyname(Person) (<expr>=?)",
  ],
  [
    { class: "Contact", conditions: ["friendlyname", "org_id"] },
    ["x", 1],
    "INDEX search_contact.friendlyname(Contact) (<expr>=?)",
  ],
  [{ class: "lnkPersonToTeam", conditions: ["person_id"] }, [1], "INDEX link_lnkpersontoteam.person_id (person_id=?)"],
  // There is an index on the external key too, but a person may have many links.
  [
    { class: "lnkPersonToTeam", conditions: ["role", "person_id"] },
    ["x", 1],
    "INDEX search_lnkpersontoteam.role (role=?)",
  ],
  [
    { class: "lnkPersonToTeam", conditions: ["person_id", "team_id"] },
    [1, 2],
    "INDEX unique_lnkPersonToTeam.no_duplicate (team_id=? AND person_id=?)",
  ],
];

for (const [plan, key, expected] of USED_INDEXES) {
  Deno.test(`a search of ${plan.class} by ${plan.conditions.join(", ")} uses ${expected}`, async () => {
    await withWorld((world) => {
      find(world, plan, key);
      const used = lastPlan(world, key).replace("COVERING ", "");
      assertStringIncludes(used, `SEARCH t USING ${expected}`);
    });
  });
}

Deno.test("what no attribute can hold is not searched for, and the other keys find theirs", async () => {
  await withWorld((world) => {
    people(world);
    const plan = { class: "Contact", conditions: ["name"], read: [], includeHidden: false } as const;
    const tooLong = ["x".repeat(511)];
    const matches = world.store.search(plan).find([["Roe"], tooLong, ["Doe"]]);
    assertEquals(matches.map(({ kind }) => kind), ["one", "none", "several"]);
    world.traced.length = 0;
    assertEquals(world.store.search(plan).find([tooLong, tooLong]), [{ kind: "none" }, { kind: "none" }]);
    assertEquals(world.traced, []);
  });
});

Deno.test("a search reads more values than an SQL function takes", async () => {
  await withWorld((world) => {
    people(world);
    const read = Array.from({ length: 250 }, (_, index) => index % 2 === 0 ? "name" : "first_name");
    const match = find(world, { class: "Person", conditions: ["name"], read }, ["Roe"]);
    assertEquals(match, {
      kind: "one",
      object: { id: 2, class: "Person", values: read.map((code) => code === "name" ? "Roe" : "Al") },
    });
  });
});

/** More than a row has that comes along with others. */
const LONG = "log ".repeat(5000);

Deno.test("objects with long texts are read one by one, each when it is asked for, and short ones together", async () => {
  await withWorld((world) => {
    for (const login of ["a", "b", "c"]) world.add("Account", { login, log: login === "b" ? "short" : LONG + login });
    const search = world.store.search({
      class: "Account",
      conditions: ["login"],
      read: ["log", "login"],
      includeHidden: false,
    });
    search.find([["makes an index"]]);
    world.traced.length = 0;
    const objects = search.find([["a"], ["b"], ["c"]]).map((match) => match.kind === "one" ? match.object : null);
    assertEquals(world.traced.length, 1);
    assertEquals(objects.map((object) => object?.values), [[LONG + "a", "a"], ["short", "b"], [LONG + "c", "c"]]);
    assertEquals(world.traced.length, 3);
    assertEquals(objects[2]?.values, [LONG + "c", "c"]);
    assertEquals(world.traced.length, 3, "the last object is remembered");
    world.store.update([{
      class: "Account",
      id: 3,
      changes: [{ attribute: "log", oldValue: LONG + "c", newValue: LONG + "d" }],
    }]);
    const [again] = search.find([["c"]]);
    assertEquals(again?.kind === "one" && again.object.values, [LONG + "d", "c"]);
    assertEquals(search.all(["A"]).map(({ id, values }) => [id, values]), [[1, [LONG + "a", "a"]]]);
  });
});

Deno.test("more values than an SQL function takes are read from a long object too", async () => {
  await withWorld((world) => {
    world.add("Account", { login: "a", log: LONG });
    const read = Array.from({ length: 250 }, (_, index) => index === 120 ? "log" : "login");
    const match = find(world, { class: "Account", conditions: ["login"], read }, ["a"]);
    assertEquals(match?.kind === "one" && match.object.values, read.map((code) => code === "log" ? LONG : "a"));
  });
});

Deno.test("several matches are counted only when somebody asks", async () => {
  await withWorld((world) => {
    for (let index = 0; index < 10; index++) world.add("Team", { name: index < 8 ? "Many" : "Two" });
    const search = world.store.search({ class: "Team", conditions: ["name"], read: [], includeHidden: false });
    const counting = () => world.traced.filter((sql) => sql.includes("COUNT(*)")).length;
    world.traced.length = 0;
    const matches = search.find([["Many"], ["Two"], ["None"]]);
    assertEquals(matches.map(({ kind }) => kind), ["several", "several", "none"]);
    assertEquals(counting(), 0);
    assertEquals(matches.map((match) => match.kind === "several" ? match.count() : 0), [8, 2, 0]);
    assertEquals(counting(), 2);
  });
});
