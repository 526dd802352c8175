/** Uniqueness rules: held within one file and against the database, for new objects and for changed ones. */
import { assertEquals } from "@std/assert";
import { type Loading, preparedWorld, withModel } from "../helpers/loading.ts";

const withPersons = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\n");
  const persons =
    "name,first_name,org_id->name,employee_number\nAnn,A,Acme,1\nBob,B,Acme,2\nCid,C,Beta,1\nDan,D,Beta,\n";
  await load("Person", persons, { reconciliationkeys: "name" });
});

/** @param id of the person in the way, who is named */
function takenIn(organization: string, id: number): string {
  return `there is already a person in '${organization}' organization with the same employee number (Person::${id})`;
}

/** Rows of persons by their name. */
async function persons({ load }: Loading, csv: string, twins = "error"): Promise<readonly string[]> {
  return (await load("Person", csv, { reconciliationkeys: "name", twins })).rows;
}

Deno.test("a new object must not repeat what the database holds, or an earlier row", () =>
  withPersons(async (loading) => {
    const csv = "name,first_name,org_id,employee_number\nEve,E,2,1\nFay,F,3,2\nGus,G,3,2\nHal,H,2,\nIda,I,2,\n";
    assertEquals(await persons(loading, csv), [
      `rejected: ${takenIn("Acme", 2)}`,
      "created Person 6",
      `rejected: ${takenIn("Beta", 6)}`,
      "created Person 7",
      "created Person 8",
    ]);
  }));

Deno.test("text is the same without regard to case, in every alphabet (SPEC 14)", () =>
  withPersons(async (loading) => {
    const csv = "name,first_name,org_id,employee_number\nEve,E,2,x1\nFay,F,2,X1\nGus,G,2,é\nHal,H,2,É\n";
    assertEquals(await persons(loading, csv), [
      "created Person 6",
      `rejected: ${takenIn("Acme", 6)}`,
      "created Person 7",
      `rejected: ${takenIn("Acme", 7)}`,
    ]);
  }));

Deno.test("an update collides with the database, with earlier rows, but not with itself", () =>
  withPersons(async (loading) => {
    assertEquals(
      await persons(loading, "name,employee_number\nBob,1\nBob,2\nBob,3\nAnn,3\nAnn,2\nBob,1\nBob,\nAnn,1\n", "last"),
      [
        `rejected Person 3: ${takenIn("Acme", 2)}`,
        "unchanged Person 3",
        'updated Person 3 employee_number="2"->"3"',
        `rejected Person 2: ${takenIn("Acme", 3)}`,
        'updated Person 2 employee_number="1"->"2"',
        'updated Person 3 employee_number="3"->"1"',
        'updated Person 3 employee_number="1"->""',
        'updated Person 2 employee_number="2"->"1"',
      ],
    );
  }));

Deno.test("a change of one attribute of the rule is held against what stays of the others", () =>
  withPersons(async (loading) => {
    assertEquals(await persons(loading, "name,org_id\nCid,2\nDan,2\nBob,3\nCid,2\n"), [
      `rejected Person 4: ${takenIn("Acme", 2)}`,
      "updated Person 5 org_id=3->2",
      "updated Person 3 org_id=2->3",
      `rejected Person 4: ${takenIn("Acme", 2)}`,
    ]);
  }));

Deno.test("a value that an earlier row gave up is free", () =>
  withPersons(async (loading) => {
    assertEquals(await persons(loading, "name,employee_number\nAnn,9\nBob,1\n"), [
      'updated Person 2 employee_number="1"->"9"',
      'updated Person 3 employee_number="2"->"1"',
    ]);
  }));

Deno.test("a rule that only warns people says nothing", () =>
  withPersons(async ({ load }) => {
    const csv = "name,first_name,org_id,email\nAnn,A,2,other@ann.co\n";
    assertEquals((await load("Person", csv, { reconciliationkeys: "email" })).rows, ["created Person 6"]);
  }));

Deno.test("brands and models, also where another key finds the object", () =>
  withPersons(async ({ load }) => {
    assertEquals(
      (await load("Brand", "id,name\n1,Own\n2,own\n2,Other\n", { reconciliationkeys: "id" })).rows.map(kind),
      [
        "updated Brand 1",
        "rejected Brand 2: This brand already exists (Brand::1)",
        "updated Brand 2",
      ],
    );
    const csv = "name,brand_id,type\nm,1,PC\nM,1,Server\nm,2,PC\n";
    assertEquals((await load("Model", csv, { reconciliationkeys: "name,type", twins: "last" })).rows, [
      "created Model 37",
      "rejected: this model already exists for this brand (Model::37)",
      "updated Model 37 brand_id=1->2",
    ]);
  }));

function kind(row: string): string {
  return row.startsWith("updated") ? row.split(" ").slice(0, 3).join(" ") : row;
}

Deno.test("the rules of a subclass hold when its objects are loaded through a parent class", () =>
  withPersons(async ({ load, objects }) => {
    await load("Brand", "name\nOne\nTwo\n");
    const before = objects("Typology", "id,name");
    const csv = "id,name\n37,Two\n38,one\n37,two\n";
    assertEquals((await load("Typology", csv, { reconciliationkeys: "id" })).rows, [
      "rejected Brand 37: This brand already exists (Brand::38)",
      "rejected Brand 38: This brand already exists (Brand::37)",
      "rejected Brand 37: This brand already exists (Brand::38)",
    ]);
    assertEquals(objects("Typology", "id,name"), before);
  }));

Deno.test("the rule of one subclass does not bind another", () =>
  withPersons(async ({ load }) => {
    await load("Brand", "name\nSame\n");
    assertEquals((await load("OSFamily", "name\nSame\n")).rows, ["created OSFamily 38"]);
  }));

/** Persons of this model are unique by their badge even when it is empty, and by an enumeration with a default. */
const BADGES = {
  name: "badges",
  languages: ["EN GB"],
  classes: {
    Worker: {
      reconciliation_keys: ["name"],
      unique: [{ name: "badge", attributes: ["badge"], messages: "'{name}' bears the badge '{badge}'" }],
      attributes: { name: { kind: "string", null: false }, badge: { kind: "string" }, note: { kind: "string" } },
    },
    Lead: {
      reconciliation_keys: ["name"],
      unique: [{ name: "rank", attributes: ["rank"] }],
      attributes: {
        name: { kind: "string", null: false },
        rank: { kind: "enum", values: ["first", "second"], default: "first" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("new objects may collide by values that no column gives", () =>
  withModel(BADGES, async ({ load, objects }) => {
    assertEquals((await load("Worker", "name,note\nAnn,x\nBob,x\nAnn,y\n", { twins: "last" })).rows, [
      "created Worker 1",
      "rejected: 'Ann' bears the badge '' (Worker::1)",
      'updated Worker 1 note="x"->"y"',
    ]);
    assertEquals((await load("Lead", "name\nAnn\nBob\n")).rows, [
      "created Lead 1",
      "rejected: Another Lead has the same rank (Lead::1)",
    ]);
    assertEquals(objects("Lead", "name,rank"), ["Ann,first"]);
  }));

/** A seat is taken once by those who have a badge; whoever sits there already counts, with a badge or without. */
const SEATS = {
  name: "seats",
  languages: ["EN GB"],
  classes: {
    Guest: {
      reconciliation_keys: ["name"],
      unique: [{ name: "seat", attributes: ["seat"], unless_empty: ["badge"], messages: "'{name}' sits on '{seat}'" }],
      attributes: { name: { kind: "string", null: false }, seat: { kind: "string" }, badge: { kind: "string" } },
    },
  },
};

Deno.test("an earlier row counts that the rule itself says nothing of", () =>
  withModel(SEATS, async ({ load }) => {
    assertEquals((await load("Guest", "name,seat,badge\nAnn,1,\nBob,1,x\nCid,2,y\nDan,3,\n")).rows, [
      "created Guest 1",
      "rejected: 'Ann' sits on '1' (Guest::1)",
      "created Guest 2",
      "created Guest 3",
    ]);
    assertEquals((await load("Guest", "name,seat,badge\nAnn,4,\nCid,4,y\n")).rows, [
      'updated Guest 1 seat="1"->"4"',
      "rejected Guest 2: 'Ann' sits on '4' (Guest::1)",
    ]);
  }));
