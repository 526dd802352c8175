/** How SQLite searches: by which indexes, and with how many statements. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { StoredValue } from "../../lib/model/model.ts";
import type { SearchPlan } from "../../lib/store/objects.ts";
import { queryPlan, withWorld, type World } from "./small_store.ts";

type PlanParts = Pick<SearchPlan, "class" | "conditions">;

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
    "INDEX search_contact.name,first_name,org_id (name=? AND first_name=? AND org_id=?)",
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
  // There is an index on the external key too, but a person may have many links, and a role many persons.
  [
    { class: "lnkPersonToTeam", conditions: ["role", "person_id"] },
    ["x", 1],
    "INDEX search_lnkpersontoteam.role,person_id (role=? AND person_id=?)",
  ],
  [
    { class: "lnkPersonToTeam", conditions: ["person_id", "team_id"] },
    [1, 2],
    "INDEX unique_lnkPersonToTeam.no_duplicate (team_id=? AND person_id=?)",
  ],
];

for (const [plan, key, expected] of USED_INDEXES) {
  Deno.test(`a search of ${plan.class} by ${plan.conditions.join(", ")} uses ${expected}`, async () => {
    await withWorld(async (world) => {
      await world.store.search({ read: [], includeHidden: false, ...plan }).find([key]);
      const used = lastPlan(world, key).replace("COVERING ", "");
      assertStringIncludes(used, `SEARCH t USING ${expected}`);
    });
  });
}

Deno.test("what no attribute can hold is not searched for", async () => {
  await withWorld(async ({ store, traced }) => {
    const search = store.search({ class: "Contact", conditions: ["name"], read: [], includeHidden: false });
    const tooLong = ["x".repeat(511)];
    assertEquals(await search.find([tooLong, tooLong]), [{ kind: "none" }, { kind: "none" }]);
    assertEquals(traced, traced.filter((sql) => !sql.includes("group_concat")));
  });
});

/** More than a row has that comes along with others. */
const LONG = "log ".repeat(5000);

Deno.test("objects with long texts are read one by one, each when it is asked for, and short ones together", async () => {
  await withWorld(async ({ store, traced, add }) => {
    for (const login of ["a", "b", "c"]) add("Account", { login, log: login === "b" ? "short" : LONG + login });
    const search = store.search({
      class: "Account",
      conditions: ["login"],
      read: ["log", "login"],
      includeHidden: false,
    });
    await search.find([["makes an index"]]);
    traced.length = 0;
    const objects = (await search.find([["a"], ["b"], ["c"]])).map((match) =>
      match.kind === "one" ? match.object : null
    );
    assertEquals(traced.length, 1);
    assertEquals(objects.map((object) => object?.values), [null, ["short", "b"], null]);
    const values = objects.map((object) => object === null ? null : search.valuesOf(object));
    assertEquals(await Promise.all(values), [[LONG + "a", "a"], ["short", "b"], [LONG + "c", "c"]]);
    assertEquals(traced.length, 3);
  });
});

Deno.test("several matches are counted only when somebody asks", async () => {
  await withWorld(async ({ store, traced, add }) => {
    for (let index = 0; index < 10; index++) add("Team", { name: index < 8 ? "Many" : "Two" });
    const search = store.search({ class: "Team", conditions: ["name"], read: [], includeHidden: false });
    const counting = () => traced.filter((sql) => sql.includes("COUNT(*)")).length;
    traced.length = 0;
    const matches = await search.find([["Many"], ["Two"], ["None"]]);
    assertEquals(matches.map(({ kind }) => kind), ["several", "several", "none"]);
    assertEquals(counting(), 0);
    const counts = matches.map((match) => match.kind === "several" ? match.count() : 0);
    assertEquals(await Promise.all(counts), [8, 2, 0]);
    assertEquals(counting(), 2);
  });
});
