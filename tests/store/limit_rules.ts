/** Which objects a limited user sees. */
import { assertEquals } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { Run, Suite } from "./suite.ts";

/** Organisations Top > Middle > Bottom, and Other; a person and an account of each, and of none. */
function organizations(run: Run) {
  const top = run.add("Organization", { name: "Top" });
  const middle = run.add("Organization", { name: "Middle", parent_id: top });
  const bottom = run.add("Organization", { name: "Bottom", parent_id: middle });
  const other = run.add("Organization", { name: "Other" });
  for (const [name, org_id] of Object.entries({ top, middle, bottom, other, none: null })) {
    const contactid = run.add("Person", { name: "Doe", first_name: name, org_id });
    run.add("Account", { login: name, contactid });
  }
  return { top, middle, bottom, other };
}

/** What is to be seen of a class, by the names. */
export async function seen(run: Run, code: string, name: string, includeHidden = false): Promise<unknown[]> {
  const found = await run.search({ class: code, read: [name], includeHidden }).all([]);
  return found.map(({ values }) => values?.[0]);
}

const seenOrganizations = (run: Run) => seen(run, "Organization", "name");

function move(run: Run, id: ObjectId, from: ObjectId | null, to: ObjectId | null): void {
  run.update("Organization", id, { parent_id: [from, to] });
}

export function limitRules(suite: Suite): void {
  suite.inRun("without a limit every object is visible", async (run) => {
    organizations(run);
    assertEquals(await seen(run, "Person", "first_name"), ["top", "middle", "bottom", "other", "none"]);
  });

  suite.inRun("a limit hides the objects of other organisations, not those below nor those of none", async (run) => {
    const { middle } = organizations(run);
    await run.objects.limitTo([middle]);
    assertEquals(await seenOrganizations(run), ["Middle", "Bottom"]);
    assertEquals(await seen(run, "Person", "first_name"), ["middle", "bottom", "none"]);
    assertEquals(await seen(run, "Contact", "friendlyname"), ["middle Doe", "bottom Doe", "none Doe"]);
    // An account's organisation is an external field.
    assertEquals(await seen(run, "Account", "login"), ["middle", "bottom", "none"]);
  });

  suite.inRun("classes without organisation are not limited", async (run) => {
    run.add("Brand", { name: "Dell" });
    await run.objects.limitTo([]);
    assertEquals(await seen(run, "Brand", "name"), ["Dell"]);
    assertEquals(await seen(run, "Typology", "name"), ["Dell"]);
  });

  suite.inRun("hidden objects are found when the search asks for them", async (run) => {
    const { other } = organizations(run);
    await run.objects.limitTo([other]);
    assertEquals(await seen(run, "Person", "first_name"), ["other", "none"]);
    assertEquals(await seen(run, "Person", "first_name", true), ["top", "middle", "bottom", "other", "none"]);
  });

  suite.inRun("a limit holds for searches that were asked before, and may be lifted", async (run) => {
    const { top, other } = organizations(run);
    const search = run.search({ class: "Person", conditions: ["name"] });
    const count = async () => {
      const [match] = await search.find([["Doe"]]);
      return match?.kind === "several" ? await match.count() : match?.kind;
    };
    assertEquals(await count(), 5);
    await run.objects.limitTo([top]);
    assertEquals(await count(), 4);
    await run.objects.limitTo([other]);
    assertEquals(await count(), 2);
    await run.objects.limitTo(null);
    assertEquals(await count(), 5);
  });

  suite.test("a limit holds outside of runs too", async (world) => {
    const { store } = world.opened;
    const { middle, other } = await world.run((run) => Promise.resolve(organizations(run)));
    const seenBy = async (limit?: readonly ObjectId[] | null) => {
      const plan = { class: "Person", conditions: [], read: ["first_name"], includeHidden: false };
      return (await store.objects(world.model, limit).search(plan).all([])).map(({ values }) => values?.[0]);
    };
    assertEquals(await seenBy([middle]), ["middle", "bottom", "none"]);
    assertEquals(await seenBy([other]), ["other", "none"]);
    for (const nobody of [null, undefined]) {
      assertEquals(await seenBy(nobody), ["top", "middle", "bottom", "other", "none"]);
    }
  });

  suite.inRun("a link is seen when both of its ends are", async (run) => {
    const { top, other } = organizations(run);
    const person = run.add("Person", { name: "Roe", first_name: "Al", org_id: top });
    for (const [name, org_id] of Object.entries({ near: top, far: other })) {
      const team_id = run.add("Team", { name, org_id });
      run.add("lnkPersonToTeam", { person_id: person, team_id });
    }
    assertEquals(await seen(run, "lnkPersonToTeam", "team_name"), ["near", "far"]);
    await run.objects.limitTo([top]);
    assertEquals(await seen(run, "lnkPersonToTeam", "team_name"), ["near"]);
    await run.objects.limitTo([other]);
    assertEquals(await seen(run, "lnkPersonToTeam", "team_name"), []);
  });

  suite.inRun("an organisation that the run makes below a visible one is visible", async (run) => {
    const { middle, bottom, other } = organizations(run);
    await run.objects.limitTo([middle]);
    const below = run.add("Organization", { name: "New", parent_id: bottom });
    run.add("Organization", { name: "Newer", parent_id: below });
    run.add("Organization", { name: "Elsewhere", parent_id: other });
    assertEquals(await seenOrganizations(run), ["Middle", "Bottom", "New", "Newer"]);
  });

  suite.inRun(
    "an organisation that the run moves comes into sight, or goes out of it, with those below it",
    async (run) => {
      const { top, middle, other } = organizations(run);
      await run.objects.limitTo([other]);
      move(run, middle, top, other);
      assertEquals(await seenOrganizations(run), ["Middle", "Bottom", "Other"]);
      move(run, middle, other, null);
      assertEquals(await seenOrganizations(run), ["Other"]);
    },
  );

  suite.inRun("organisations that are made and moved in one breath are seen where they end", async (run) => {
    const { middle, bottom, other } = organizations(run);
    await run.objects.limitTo([other]);
    const inNew = run.add("Organization", { name: "In", parent_id: bottom });
    run.add("Organization", { name: "Deeper", parent_id: inNew });
    move(run, inNew, bottom, other);
    const out = run.add("Organization", { name: "Out", parent_id: other });
    move(run, out, other, middle);
    assertEquals(await seenOrganizations(run), ["Other", "In", "Deeper"]);
  });

  suite.test("the limits of a user are no part of the database", async (world) => {
    await world.run(async (run) => {
      const { other } = organizations(run);
      await run.objects.limitTo([other]);
      assertEquals(await seenOrganizations(run), ["Other"]);
    });
    await world.run(async (run) => assertEquals((await seenOrganizations(run)).length, 4));
    const outside = world.opened.store.objects(world.model).search({
      class: "Organization",
      conditions: [],
      read: [],
      includeHidden: false,
    });
    assertEquals((await outside.all([])).length, 4);
  });
}
