import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { describeClass, describeModel } from "../../lib/model/file/describe_model.ts";
import { classOf } from "../../lib/model/look_up.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { LIBRARY_TEXT } from "./changed_model.ts";

const reading = readModel(LIBRARY_TEXT);
assert(reading.ok);
const { model } = reading;

Deno.test("a model is shown with one line for each class", () => {
  assertEquals(describeModel(model, "FR FR").slice(0, 8), [
    "Model library, in EN GB, FR FR",
    "",
    "Class            Label                Parent        Abstract  Default keys",
    "Author           Auteur                                       name",
    "Genre            Genre                                        name",
    "Item             Document                           yes       title",
    "Book             Livre                Item                    isbn",
    "Film             Film                 Item                    title",
  ]);
  assertEquals(describeModel(model, "FR FR").length, 3 + model.classes.size);
});

Deno.test("a class is shown with its facts and one line for each attribute", () => {
  assertEquals(describeClass(model, classOf(model, "Genre"), "EN GB"), [
    "Genre (Genre)",
    "Default reconciliation keys: name",
    "Friendly name: {name}",
    "Unique: name",
    "",
    "Attribute               Label         Kind            Required  Default  Values",
    "name                    Name          string          yes                up to 80 characters",
    "parent_id               Parent        external key                       -> Genre, no loops",
    "parent_name             Parent->Name  external field                     parent_id->name",
    "friendlyname            Full name     friendly name",
    "parent_id_friendlyname  Parent        external field                     parent_id->friendlyname",
  ]);
});

Deno.test("a class is shown in the language asked for", () => {
  const lines = describeClass(model, classOf(model, "Book"), "FR FR");
  assertEquals(lines[0], "Book (Livre), a subclass of Item");
  const status = lines.find((line) => line.startsWith("status ")) ?? "";
  assertStringIncludes(status, "Etat");
  assertStringIncludes(status, "on_shelf (En rayon), lent (Prêté), lost (Perdu)");
});

Deno.test("lists, link sets, decimals and languages say what they hold", () => {
  const shown = (code: string, attribute: string) =>
    describeClass(model, classOf(model, code), "EN GB").find((line) => line.startsWith(`${attribute} `))?.split(/ {2,}/)
      .at(-1);
  assertEquals(shown("Book", "authors"), "Author objects, by author_id of Authorship");
  assertEquals(shown("Book", "loans"), "Loan objects, by their item_id: no column");
  assertEquals(shown("Book", "price"), "8 digits, 2 of them decimals");
  assertEquals(shown("UserLocal", "language"), "EN GB, FR FR");
});
