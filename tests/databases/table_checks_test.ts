import { assertThrows } from "@std/assert";
import type { Database } from "../../lib/databases/sqlite/database.ts";
import { withDatabase } from "./small_store.ts";

function insert(database: Database, table: string, values: Readonly<Record<string, string | number | null>>): void {
  const columns = Object.keys(values).map((name) => `"${name}"`).join(", ");
  const marks = Object.keys(values).map(() => "?").join(", ");
  database.prepare(`INSERT INTO "${table}" (${columns}) VALUES (${marks})`).run(...Object.values(values));
}

const PERSON = {
  finalclass: "Person",
  name: "Doe",
  status: "active",
  email: "",
  first_name: "Jo",
  employee_number: "",
};
const PRODUCT = { finalclass: "Product", name: "P", origin: "own", level__Product: "" };
const ACCOUNT = { finalclass: "Account", login: "ada", password: "hash", language: "EN US" };

/** Values that a table must refuse, in place of those of a good row. */
const BAD_ROWS: readonly (readonly [string, string, Readonly<Record<string, string | number | null>>, RegExp])[] = [
  ["an abstract class", "contact", { ...PERSON, finalclass: "Contact" }, /CHECK/],
  ["an unknown class", "contact", { ...PERSON, finalclass: "person" }, /CHECK/],
  ["no class", "contact", { ...PERSON, finalclass: null }, /NOT NULL/],
  ["mandatory text that is empty", "contact", { ...PERSON, name: "" }, /CHECK/],
  ["mandatory text of a subclass that is empty", "contact", { ...PERSON, first_name: "" }, /CHECK/],
  ["mandatory text of a subclass that is null", "contact", { ...PERSON, first_name: null }, /CHECK/],
  ["optional text that is null", "contact", { ...PERSON, email: null }, /NOT NULL/],
  ["optional text of a subclass that is null", "contact", { ...PERSON, employee_number: null }, /CHECK/],
  ["an unknown enum value", "contact", { ...PERSON, status: "Active" }, /CHECK/],
  ["a mandatory enum without value", "contact", { ...PERSON, status: null }, /NOT NULL/],
  ["an external key to nothing", "contact", { ...PERSON, org_id: 9 }, /FOREIGN KEY/],
  ["an enum value of a sibling class", "typology", { ...PRODUCT, origin: "near" }, /CHECK/],
  ["a mandatory enum of a subclass without value", "typology", { ...PRODUCT, origin: null }, /CHECK/],
  ["a mandatory external key that is null", "lnkpersontoteam", { finalclass: "lnkPersonToTeam", role: "" }, /NOT NULL/],
  ["an unknown language", "account", { ...ACCOUNT, language: "XX XX" }, /CHECK/],
  ["a boolean that is neither yes nor no", "account", { ...ACCOUNT, enabled: "1" }, /CHECK/],
  ["a mandatory password that is null", "account", { ...ACCOUNT, password: null }, /NOT NULL/],
];

Deno.test("good rows pass the checks of their tables", async () => {
  await withDatabase((database) => {
    insert(database, "contact", PERSON);
    insert(database, "contact", { finalclass: "Team", name: "T", status: "inactive", email: "" });
    insert(database, "typology", PRODUCT);
    insert(database, "typology", { finalclass: "Brand", name: "B", origin: null });
    insert(database, "account", { ...ACCOUNT, enabled: null });
  });
});

for (const [what, table, values, error] of BAD_ROWS) {
  Deno.test(`a table refuses ${what}`, async () => {
    await withDatabase((database) => {
      const thrown = assertThrows(() => insert(database, table, values), Error, "constraint failed");
      if (!error.test(thrown.message)) throw thrown;
    });
  });
}

Deno.test("a unique index refuses what a uniqueness rule refuses, in any case", async () => {
  await withDatabase((database) => {
    insert(database, "typology", { finalclass: "Brand", name: "Dell" });
    assertThrows(() => insert(database, "typology", { finalclass: "Brand", name: "DELL" }), Error, "UNIQUE");
    // Another class, and so another rule.
    insert(database, "typology", { ...PRODUCT, name: "Dell" });
  });
});

Deno.test("a uniqueness rule holds for objects only in which its condition is not empty", async () => {
  await withDatabase((database) => {
    insert(database, "organization", { finalclass: "Organization", name: "O", code: "" });
    const person = { ...PERSON, org_id: 1 };
    insert(database, "contact", person);
    insert(database, "contact", person);
    insert(database, "contact", { ...person, employee_number: "a1" });
    assertThrows(() => insert(database, "contact", { ...person, employee_number: "A1" }), Error, "UNIQUE");
  });
});

Deno.test("an object that others refer to cannot be deleted, and the id of a deleted one is never used again", async () => {
  await withDatabase((database) => {
    insert(database, "organization", { finalclass: "Organization", name: "O", code: "" });
    insert(database, "contact", { ...PERSON, org_id: 1 });
    assertThrows(() => database.exec("DELETE FROM organization"), Error, "FOREIGN KEY");
    database.exec("DELETE FROM contact");
    insert(database, "contact", PERSON);
    const id = database.prepare("SELECT id FROM contact").get()?.["id"];
    if (id !== 2) throw new Error(`the new object has id ${id}`);
  });
});
