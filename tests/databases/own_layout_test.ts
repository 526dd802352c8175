/** Which table and which column of a database of ours holds what. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ownLayout } from "../../lib/databases/sql/own_layout.ts";
import { DELETION_MODEL } from "../store/deletion_model.ts";
import { modelClass, modelOf, SMALL_MODEL } from "../store/small_model.ts";

Deno.test("a table holds a root class and all below it", () => {
  const { tableOf, tables } = ownLayout(SMALL_MODEL);
  assertEquals(tables.map(({ name }) => name), ["organization", "contact", "lnkpersontoteam", "typology", "account"]);
  for (const code of ["Contact", "Person", "Team"]) assert(tableOf(code) === tables[1]);
  const { key, classes, classColumn, obsolescenceDate } = tableOf("Person");
  assertEquals({ key, classes, classColumn, obsolescenceDate }, {
    key: ["id"],
    classes: ["Person", "Team"],
    classColumn: "finalclass",
    obsolescenceDate: "obsolescence_date",
  });
  assertEquals(tableOf("Brand").obsolescenceDate, null);
});

Deno.test("a column tells what it holds for each concrete class", () => {
  const column = ownLayout(DELETION_MODEL).columnOf("Tool", "part_of_id");
  assertEquals(column.references, { table: "thing", onDelete: "cascade" });
  assertEquals([...column.attributes.keys()], ["Tool"]);
  const note = ownLayout(DELETION_MODEL).columnOf("Thing", "note");
  assertEquals([...note.attributes.keys()], ["Tool", "Toy"]);
  assertEquals([note.ignoresCase, note.emptyIsText, note.references], [true, true, null]);
  const weight = ownLayout(DELETION_MODEL).columnOf("Box", "weight");
  assertEquals([weight.ignoresCase, weight.emptyIsText], [false, false]);
});

Deno.test("an attribute that is computed has no column", () => {
  assertThrows(() => ownLayout(SMALL_MODEL).columnOf("Person", "friendlyname"), Error, "Person.friendlyname");
});

Deno.test("a model has one layout, and tables that nobody asks for are not worked out", () => {
  const asked: string[] = [];
  const watched = (code: string) => {
    const made = modelClass(code, { attributes: [] });
    return {
      ...made,
      get attributes() {
        asked.push(code);
        return made.attributes;
      },
    };
  };
  const model = modelOf([watched("Book"), watched("Film")]);
  assert(ownLayout(model) === ownLayout(model));
  assert(ownLayout(model).tableOf("Film") === ownLayout(model).tableOf("Film"));
  assertEquals(new Set(asked), new Set(["Film"]));
});

Deno.test("subclasses share a column when they agree in what it holds, and have two when they do not", () => {
  assertEquals(ownLayout(SMALL_MODEL).columnOf("Brand", "origin").name, "origin");
  assertEquals(ownLayout(SMALL_MODEL).columnOf("Product", "origin").name, "origin");
  assertEquals(ownLayout(SMALL_MODEL).columnOf("Brand", "level").name, "level");
  assertEquals(ownLayout(SMALL_MODEL).columnOf("Product", "level").name, "level__Product");
  assertEquals(ownLayout(SMALL_MODEL).tableOf("Product").columns.map(({ name }) => name), [
    "name",
    "origin",
    "level",
    "level__Product",
    "brand_id",
  ]);
});

Deno.test("whole numbers and decimals do not share a column", () => {
  const team = SMALL_MODEL.classes.get("Team")?.attributes;
  const [seats, budget] = [team?.get("seats"), team?.get("budget")];
  assert(seats !== undefined && budget !== undefined);
  const child = { root: "Thing", parent: "Thing" };
  const model = modelOf([
    modelClass("Thing", { attributes: [], abstract: true, concreteClasses: ["Hall", "Box"] }),
    modelClass("Hall", { ...child, attributes: [{ ...seats, code: "size" }] }),
    modelClass("Box", { ...child, attributes: [{ ...budget, code: "size" }] }),
  ]);
  assertEquals(["Hall", "Box"].map((code) => ownLayout(model).columnOf(code, "size").name), ["size", "size__Box"]);
});

Deno.test("a column whose name only differs in case from another one gets a name of its own", () => {
  const text = SMALL_MODEL.classes.get("Brand")?.attributes.get("name");
  assert(text !== undefined);
  const root = { root: "Thing", attributes: [text] };
  const model = modelOf([
    modelClass("Thing", { ...root, abstract: true, concreteClasses: ["Book"] }),
    modelClass("Book", {
      ...root,
      parent: "Thing",
      attributes: [text, { ...text, code: "NAME" }, { ...text, code: "FinalClass" }],
    }),
  ]);
  assertEquals(ownLayout(model).columnOf("Book", "NAME").name, "NAME__Book");
  assertEquals(ownLayout(model).columnOf("Book", "FinalClass").name, "FinalClass__Book");
});
