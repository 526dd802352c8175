/** The store does what it does by what its layout tells, and looks up no name by itself. */
import { assertEquals } from "@std/assert";
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { StoredValue } from "../../lib/model/model.ts";
import type { FoundObject } from "../../lib/store/objects.ts";
import type { Database } from "../../lib/databases/sqlite/database.ts";
import type { PlanParts, Run } from "../store/suite.ts";
import { withToldLayout } from "./told_layout.ts";

/** An organisation with one below it, a team and a person who is in it. */
interface Objects {
  readonly top: ObjectId;
  readonly below: ObjectId;
  readonly team: ObjectId;
  readonly jo: ObjectId;
  readonly link: ObjectId;
}

function add(run: Run): Objects {
  const top = run.add("Organization", { name: "Top" });
  const below = run.add("Organization", { name: "Below", parent_id: top });
  const team = run.add("Team", { name: "Red", org_id: below, budget: 5 });
  const jo = run.add("Person", { name: "Doe", first_name: "Jo", org_id: top, email: "jo@top" });
  // Its key is made of its attributes.
  const { id: link } = run.create("lnkPersonToTeam", { team_id: team, person_id: jo }, keyOf(team, jo));
  return { top, below, team, jo, link };
}

function keyOf(...key: readonly ObjectId[]): ObjectId {
  return JSON.stringify(key) as ObjectId;
}

function inRun(what: string, use: (run: Run, objects: Objects, database: Database) => Promise<void>): void {
  Deno.test(`a told layout: ${what}`, () => withToldLayout((run, database) => use(run, add(run), database)));
}

function rows(database: Database, sql: string): unknown[][] {
  return database.prepare(sql).all().map((row) => Object.values(row));
}

inRun("objects are created in its tables, with a class only where a column tells it", async (run, _, database) => {
  assertEquals(await run.objects.settled(), []);
  assertEquals(rows(database, `SELECT * FROM "All firms"`), [[1, "Top", "", null, null], [2, "Below", "", null, 1]]);
  assertEquals(rows(database, `SELECT nr, "what it is", called, firm, first, money, "gone since" FROM people`), [
    [1, "Team", "Red", 2, null, 5, null],
    [2, "Person", "Doe", 1, "Jo", null, null],
  ]);
  assertEquals(rows(database, `SELECT * FROM "in team"`), [[1, 2, ""]]);
});

/** What a search finds, when it is one object. */
async function found(run: Run, plan: PlanParts, key: readonly StoredValue[]): Promise<FoundObject | null> {
  const match = await run.find(plan, key);
  return match?.kind === "one" ? match.object : null;
}

inRun("searches find objects by id, column, external field and friendly name", async (run, { top, team, jo, link }) => {
  const persons = { class: "Contact", read: ["finalclass", "name", "org_name", "friendlyname"] };
  const person = { id: jo, class: "Person", values: ["Person", "Doe", "Top", "Jo Doe"] };
  assertEquals(await found(run, { ...persons, conditions: ["id"] }, [jo]), person);
  assertEquals(await found(run, { ...persons, conditions: ["friendlyname"] }, ["jo doe"]), person);
  assertEquals(await run.ids({ class: "Contact", conditions: ["finalclass"] }, ["Team"]), [team]);
  const organization = { id: top, class: "Organization", values: ["no", null] };
  const read = ["obsolescence_flag", "obsolescence_date"];
  assertEquals(await found(run, { class: "Organization", conditions: ["name"], read }, ["Top"]), organization);
  const links = { class: "lnkPersonToTeam", read: ["friendlyname", "team_id"] };
  const linked = { id: link, class: "lnkPersonToTeam", values: ["Jo Doe / Red", team] };
  assertEquals(await found(run, { ...links, conditions: ["id"] }, [link]), linked);
  assertEquals(await found(run, { ...links, conditions: ["team_name", "person_id"] }, ["red", jo]), linked);
});

inRun("an object with a long text is read by its key", async (run, { link }) => {
  const role = "x".repeat(10_000);
  run.update("lnkPersonToTeam", link, { role: ["", role] });
  assertEquals(await run.all("lnkPersonToTeam", "role"), [role]);
});

inRun("case counts where a column says so, and nowhere else", async (run, { top, jo }) => {
  assertEquals(await run.ids({ class: "Person", conditions: ["email"] }, ["JO@TOP"]), [jo]);
  assertEquals(await run.ids({ class: "Organization", conditions: ["name"] }, ["TOP"]), []);
  assertEquals(await run.ids({ class: "Person", conditions: ["org_name"] }, ["TOP"]), []);
  assertEquals(await run.ids({ class: "Person", conditions: ["org_name"] }, ["Top"]), [jo]);
  assertEquals(await run.ids({ class: "Organization", conditions: ["name"] }, ["Top"]), [top]);
});

inRun("text that may be null is empty text in a friendly name", async (run, { jo }) => {
  run.update("Person", jo, { first_name: ["Jo", null] });
  assertEquals(await run.all("Person", "friendlyname"), [" Doe"]);
});

inRun("updates write its columns, and the date only where one is kept", async (run, { top, jo, link }, database) => {
  run.update("Person", jo, { status: ["active", "inactive"], name: ["Doe", "Roe"] });
  run.update("Organization", top, { status: [null, "inactive"] });
  run.update("lnkPersonToTeam", link, { role: ["", "head"] });
  assertEquals(await run.objects.settled(), []);
  assertEquals(rows(database, `SELECT called, "gone since" FROM people WHERE nr = 2`), [["Roe", "2024-02-29"]]);
  assertEquals(rows(database, `SELECT title, state FROM "All firms" WHERE "firm no" = 1`), [["Top", "inactive"]]);
  assertEquals(rows(database, `SELECT "as" FROM "in team"`), [["head"]]);
  assertEquals(await run.all("Person", "obsolescence_date"), ["2024-02-29"]);
});

inRun(
  "what deletions do to others is what it tells of references",
  async (run, { below, team, jo, link }, database) => {
    assertEquals(await run.objects.consequencesOf("Organization", [below]), [
      { class: "Team", id: team, emptied: "org_id" },
    ]);
    assertEquals(await run.objects.consequencesOf("Person", [jo]), [{
      class: "lnkPersonToTeam",
      id: link,
      emptied: null,
    }]);
    run.objects.delete("Organization", [below]);
    run.objects.delete("Person", [jo]);
    assertEquals(await run.objects.settled(), []);
    assertEquals(rows(database, `SELECT nr, firm FROM people`), [[1, null]]);
    assertEquals(rows(database, `SELECT * FROM "in team"`), []);
  },
);

inRun("an object whose key has several columns is deleted alone", async (run, { team, jo, link }, database) => {
  const other = run.add("Person", { name: "Roe", first_name: "Ann" });
  run.create("lnkPersonToTeam", { team_id: team, person_id: other }, keyOf(team, other));
  run.objects.delete("lnkPersonToTeam", [link]);
  assertEquals(await run.objects.settled(), []);
  assertEquals(rows(database, `SELECT team, member FROM "in team"`), [[team, other]]);
  assertEquals(await run.all("lnkPersonToTeam", "friendlyname"), ["Ann Roe / Red"]);
  assertEquals(await run.ids({ class: "Person", conditions: ["id"] }, [jo]), [jo]);
});

inRun("many objects whose key has several columns are deleted together", async (run, { team, link }, database) => {
  const others = ["Roe", "Poe", "Moe"].map((name) => {
    const other = run.add("Person", { name, first_name: "Ann" });
    run.create("lnkPersonToTeam", { team_id: team, person_id: other }, keyOf(team, other));
    return keyOf(team, other);
  });
  assertEquals(await run.objects.deleteMany("lnkPersonToTeam", [link, ...others.slice(1)]), null);
  assertEquals(await run.ids({ class: "lnkPersonToTeam" }), others.slice(0, 1));
  assertEquals(rows(database, `SELECT count(*) FROM "in team"`), [[1]]);
});

inRun("a user with limits sees those of the organisations, new ones too", async (run, { below, team, jo }) => {
  await run.objects.limitTo([below]);
  assertEquals(await run.ids({ class: "Contact" }), [team]);
  assertEquals(await run.ids({ class: "lnkPersonToTeam" }), []);
  const lowest = run.add("Organization", { name: "Lowest", parent_id: below });
  run.update("Person", jo, { org_id: [null, lowest] });
  assertEquals(await run.ids({ class: "Contact" }), [team, jo]);
});

inRun("examples and the indexes of searches are made of its names", async (run, { team, jo }, database) => {
  const { rows: examples } = await run.objects.examples("Contact", ["id", "name"], 9);
  assertEquals(examples, [[jo, "Doe"], [team, "Red"]]);
  await run.ids({ class: "Person", conditions: ["email"] }, ["x"]);
  await run.ids({ class: "Person", conditions: ["org_id"] }, [1]);
  const indexes = rows(database, "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'search%'");
  assertEquals(indexes.flat(), ["search_people.mail", "search_people.firm"]);
});
