import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { schemaStatements } from "../../lib/databases/sql/schema.ts";
import { reservedTableNames } from "../../lib/databases/sql/system_tables.ts";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { isReservedName } from "../../lib/model/reserved_names.ts";
import { modelClass, modelOf, SMALL_MODEL } from "../store/small_model.ts";
import { withDatabase } from "./small_store.ts";

const STATEMENTS = schemaStatements(ownMapping(SMALL_MODEL));

function tableStatement(name: string): string {
  return STATEMENTS.find((statement) => statement.startsWith(`CREATE TABLE "${name}"`)) ?? "";
}

Deno.test("there is one table for each root class, in lower case, and one view for each class", async () => {
  await withDatabase((database) => {
    const names = (type: string) =>
      database.prepare("SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name").all(
        type,
      )
        .map(({ name }) => name);
    assertEquals(names("table"), [
      "account",
      "address_failure",
      "change",
      "change_op",
      "contact",
      "csvrecon_feed",
      "csvrecon_feed_change",
      "csvrecon_feed_object",
      "csvrecon_model",
      "csvrecon_searched",
      "csvrecon_spelling",
      "csvrecon_unfolded",
      "known_client",
      "lnkpersontoteam",
      "login_failure",
      "organization",
      "typology",
    ]);
    assertEquals(names("view"), [...SMALL_MODEL.classes.keys()].map((code) => `view_${code}`).sort());
  });
});

Deno.test("a table begins with id and finalclass, also when its class has no subclasses", () => {
  assertStringIncludes(
    tableStatement("account"),
    `"id" INTEGER PRIMARY KEY AUTOINCREMENT,\n  "finalclass" TEXT NOT NULL CHECK ("finalclass" IN ('Account')),`,
  );
});

Deno.test("names and codes in statements are quoted, whatever they hold", async () => {
  const text = SMALL_MODEL.classes.get("Brand")?.attributes.get("name");
  const status = SMALL_MODEL.classes.get("Organization")?.attributes.get("status");
  assert(text !== undefined && status?.kind === "enum");
  const odd = { ...status, code: 'sta"tus', values: [{ code: "it's", labels: new Map() }] };
  const model = modelOf([modelClass("O'Dd", { attributes: [text, odd] })]);
  await withDatabase((database) => {
    database.exec(`INSERT INTO "o'dd" (finalclass, name, "sta""tus") VALUES ('O''Dd', 'a', 'it''s')`);
    assertEquals({ ...database.prepare(`SELECT * FROM "view_O'Dd"`).get() }, { id: 1, name: "a", 'sta"tus': "it's" });
  }, model);
});

Deno.test("an index serves each external key of a link class, unless a uniqueness rule begins with it", () => {
  const links = STATEMENTS.filter((statement) =>
    statement.includes("INDEX") && statement.includes('"lnkpersontoteam"')
  );
  assertEquals(links, [
    'CREATE UNIQUE INDEX "unique_lnkPersonToTeam.no_duplicate" ON "lnkpersontoteam" ("team_id", "person_id")',
    'CREATE INDEX "link_lnkpersontoteam.person_id" ON "lnkpersontoteam" ("person_id")',
  ]);
});

Deno.test("classes whose tables would bear a name of ours, or the same name, are refused together", () => {
  const attributes = [...SMALL_MODEL.classes.get("Brand")?.attributes.values() ?? []];
  const plain = (code: string) => modelClass(code, { attributes });
  const model = modelOf([plain("Change"), plain("Book"), plain("BOOK"), plain("sqlite_x"), plain("view_book")]);
  const stop = assertThrows(() => schemaStatements(ownMapping(model)), RunStop, "");
  assertEquals(stop.exitCode, 78);
  assertEquals(
    stop.messages.map(({ text }) => /^Class (\w+) cannot be stored: its table '(\w+)'/.exec(text)?.slice(1)),
    [["Change", "change"], ["BOOK", "book"], ["sqlite_x", "sqlite_x"], ["view_book", "view_book"]],
  );
  assertEquals([...reservedTableNames].sort(), [
    "address_failure",
    "change",
    "change_op",
    "csvrecon_feed",
    "csvrecon_feed_change",
    "csvrecon_feed_object",
    "csvrecon_model",
    "csvrecon_searched",
    "csvrecon_spelling",
    "csvrecon_unfolded",
    "known_client",
    "login_failure",
  ]);
});

Deno.test("a model's checks refuse every name that is a table, index or view of ours", () => {
  assertEquals([...reservedTableNames].filter((name) => !isReservedName(name)), []);
  assert(["view_Person", "search_person.name", "SQLITE_x"].every(isReservedName));
});

Deno.test("a subclass may have a name that no root class may have", () => {
  const attributes = [...SMALL_MODEL.classes.get("Brand")?.attributes.values() ?? []];
  const model = modelOf([
    modelClass("Ticket", { attributes, abstract: true, concreteClasses: ["Change"] }),
    modelClass("Change", { attributes, parent: "Ticket", root: "Ticket" }),
  ]);
  assert(schemaStatements(ownMapping(model)).some((statement) => statement.startsWith('CREATE VIEW "view_Change"')));
});

Deno.test("friendly names that refer to each other in a circle are refused", () => {
  const person = SMALL_MODEL.classes.get("Person");
  assert(person !== undefined);
  const circular = { ...person, friendlyName: [{ attribute: "manager_id_friendlyname" }] };
  const model = { ...SMALL_MODEL, classes: new Map(SMALL_MODEL.classes).set("Person", circular) };
  const stop = assertThrows(() => schemaStatements(ownMapping(model)), RunStop, "refers to itself");
  assertEquals(stop.exitCode, 78);
});
